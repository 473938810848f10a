// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/attemptfacts.h"

#include "devserver/model/attempttimes.h"
#include "ui/core/callsteps.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using Row = AttemptModel::Row;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AttemptFacts", text);
}

} // namespace

QString attemptTitle(const Row &row, int retries)
{
    if (row.kind == Row::Kind::Same)
        return tr("Attempts %1–%2 · %3")
            .arg(QString::number(row.first + 1), QString::number(row.first + row.count), row.name);
    QString words = attemptWords(row, retries);
    words[0] = words[0].toUpper();
    return tr("%1 · %2").arg(words, row.name);
}

QString attemptWords(const Row &row, int retries)
{
    const QString number = QString::number(row.attempt.attempt + 1);
    if (row.attempt.cycle == 0)
        return tr("attempt %1").arg(number);
    return retries == 1
               ? tr("attempt %1 after the retry").arg(number)
               : tr("attempt %1 after retry %2").arg(number, QString::number(row.attempt.cycle));
}

QString countingNote()
{
    return tr("\"attempt\" counts from 0");
}

std::vector<AttemptInstant> attemptInstants(const devserver::Attempt &attempt)
{
    const devserver::AttemptTimes times = devserver::timesOf(attempt);
    std::vector<AttemptInstant> instants{{tr("Started"), attempt.sentAt}};
    const auto add = [&instants](const QString &word, const auto &at) {
        if (at)
            instants.push_back({word, *at});
    };
    add(tr("Connected"), times.connectedAt);
    add(tr("First byte"), times.firstByteAt);
    add(tr("Answered"), times.respondedAt);
    add(tr("Recorded"), times.recordedAt);
    return instants;
}

SubjectFacts attemptFacts(const Row &row, devserver::TimePoint now, TimeStyle style)
{
    const devserver::Attempt &attempt = row.attempt;
    const TimeStyle exact = style == TimeStyle::Relative ? TimeStyle::Absolute : style;
    SubjectFacts facts;
    FactSection section;
    const auto add = [&](const QString &label, const QString &value) {
        if (!value.isEmpty())
            section.facts.push_back({.label = label, .value = value, .link = {}});
    };
    if (row.kind == Row::Kind::Next) {
        facts.word = tr("Next attempt");
        facts.token = Token::StateBackoff;
        if (row.job != devserver::JobState::AppOffline) {
            add(tr("Starts"), formatCountdown(row.due, now));
            add(tr("Due"), formatTimeExactly(row.due, exact));
        }
    } else {
        facts.word =
            row.kind == Row::Kind::Same ? tr("Same error") : attemptWord(attempt, row.fate.kind);
        facts.token = attemptToken(attempt);
        if (!row.error.isEmpty())
            facts.sentence =
                row.message.isEmpty() ? row.error : QString(row.error + u": "_s + row.message);
        add(tr("Started"), formatTimeExactly(attempt.sentAt, exact));
        if (row.kind == Row::Kind::Attempt) {
            if (row.previousEnd)
                add(tr("Waited before"), formatDuration(attempt.sentAt - *row.previousEnd));
            if (attempt.step.isEmpty() && attempt.finishedAt && hasBrokenOff(attempt))
                add(tr("Step"), tr("not known, the call broke off"));
            add(tr("Duration"), callDuration(attempt, now));
            add(tr("HTTP status"),
                attempt.httpStatus > 0 ? QString::number(attempt.httpStatus) : QString());
            add(tr("Another attempt"), AttemptModel::decided(row));
        }
    }
    if (!section.facts.empty())
        facts.sections.push_back(std::move(section));
    return facts;
}

} // namespace console

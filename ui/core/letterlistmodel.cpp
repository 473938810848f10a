// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/letterlistmodel.h"

#include "ui/core/errorcell.h"
#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/letterfilter.h"
#include "ui/core/letterwords.h"
#include "ui/core/timecell.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::LetterState;
using devserver::RunId;
using devserver::api::LetterSummary;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LetterColumns", text);
}

ColumnSpec column(const char *id, const QString &title, int chars, bool isRight = false)
{
    return {.id = id,
            .title = title,
            .chars = chars,
            .isShown = true,
            .isSortable = false,
            .isRight = isRight,
            .whyUnsorted = tr("%1. Dead letters are listed newest first").arg(title)};
}

/// Where it is narrow, what the row of the group beside the list says already gives way first: the
/// function, the error. Why it is here (and a refused retry) stays, and how often it was tried,
/// which is said nowhere else (ui.md 11).
std::vector<ColumnSpec> letterColumns(const devserver::api::LetterListQuery &query)
{
    const bool isOneFunction = !query.slug.isEmpty();
    const bool isOneError = !query.fingerprint.isEmpty();
    // With what their texts in sight do without, the error is read further.
    const auto growing = [](ColumnSpec spec, int mostChars) {
        spec.mostChars = mostChars;
        return spec;
    };
    const auto whole = [&growing](ColumnSpec spec, int mostChars) {
        spec.growsLive = true;
        return growing(std::move(spec), mostChars);
    };
    const auto ranked = [](ColumnSpec spec, int rank, int leastChars) {
        spec.rank = rank;
        spec.leastChars = leastChars;
        return spec;
    };
    ColumnSpec run = column("run", tr("Run ID"), 13);
    run.isShown = false; // the detail below has it
    ColumnSpec age = column("age", tr("Age"), 9, true);
    age.isShown = false;
    // Of one error the payload is what rows differ in: it takes what is left.
    const int errorChars = isOneError ? 30 : 40;
    const int payloadChars = isOneError ? 40 : 20;
    const int leastPayloadChars = isOneError ? 17 : 13; // a first name, and what it says
    return {
        withTimeWidth(ranked(column("when", tr("When"), 8), 7, 8)),
        growing(ranked(column("function", tr("Function"), 14), isOneFunction ? -1 : 6, 11),
                28), // most names
        growing(ranked(column("error", tr("Error"), errorChars), isOneError ? -2 : 5, 18),
                80), // its class, and how the message begins
        growing(ranked(column("payload", tr("Payload"), payloadChars), 1, leastPayloadChars), 80),
        ranked(column("retried", tr("Retried"), 8, true), 2, 4), // its title is the widest
        ranked(column("tries", tr("Attempts"), 8, true), 3, 4),
        whole(ranked(column("reason", tr("Reason"), 12), 4, 12), 16), // with an icon
        run,
        age,
    };
}

Cell reasonCell(const LetterSummary &letter)
{
    Cell cell{.text = letterReason(letter)};
    const bool isOpen = letter.state == LetterState::Open;
    if (letter.state == LetterState::Discarded)
        cell.icon = u"trash"_s;
    else if (letter.state == LetterState::Retrying)
        cell.icon = u"retry"_s;
    cell.iconToken = letter.state == LetterState::Retrying ? Token::StateRunning : Token::TextDim;
    cell.token = isOpen ? Token::Text : Token::TextDim;
    return cell;
}

QString tries(const LetterSummary &letter)
{
    if (letter.failedStepAttempts == 0)
        return u"–"_s;
    return tr("%1/%2")
        .arg(letter.failedStepAttempts)
        .arg(std::max(letter.maxAttempts, letter.failedStepAttempts));
}

/// How long it is dead: `5 m`, `3 h 05 m`.
QString age(std::chrono::milliseconds since)
{
    if (since < 1min)
        return tr("%1 s").arg(std::max<qint64>(0, since / 1s));
    return since < 1h ? tr("%1 m").arg(since / 1min) : formatDuration(since);
}

} // namespace

LetterListModel::LetterListModel(devserver::api::ConsoleBackend &backend, FrameClock &clock,
                                 Feed &feed, devserver::api::LetterListQuery query, QObject *parent)
    : PagedRows<LetterRows>(backend, clock, letterColumns(query), parent)
    , m_query(std::move(query))
{
    connect(&feed, &Feed::lettersChanged, this, &LetterListModel::takeLetters);
}

void LetterListModel::takeLetters(std::vector<LetterSummary> letters)
{
    std::erase_if(letters, [this](const LetterSummary &letter) {
        m_refusals.erase(letter.run);
        const auto sent = m_sent.find(letter.run);
        const bool isStillOpen = sent != m_sent.end() && letter.state == LetterState::Open
                                 && letter.cycle == sent->second.cycle;
        if (isStillOpen) // told before the engine took it
            sent->second = letter;
        return isStillOpen;
    });
    take(letters);
}

void LetterListModel::send(RunId run)
{
    const int row = rowOfKey(run);
    if (row < 0)
        return;
    setRefusal(run, {});
    const LetterSummary letter = at(row);
    LetterSummary retried = letter;
    retried.state = LetterState::Retrying;
    if (fit(retried) != Fit::No)
        return;
    m_sent.insert_or_assign(run, letter);
    removeNow(run);
}

void LetterListModel::endSending(RunId run, const QString &refusal)
{
    const auto sent = m_sent.extract(run);
    if (refusal.isEmpty())
        return;
    setRefusal(run, refusal);
    if (sent && rowOfKey(run) < 0)
        take({sent.mapped()});
}

void LetterListModel::setRefusal(RunId run, const QString &why)
{
    if (why.isEmpty())
        m_refusals.erase(run);
    else
        m_refusals.insert_or_assign(run, why);
    if (const int row = rowOfKey(run); row >= 0)
        announceChanged({row});
}

QString LetterListModel::refusal(RunId run) const
{
    const auto found = m_refusals.find(run);
    return found == m_refusals.end() ? QString() : found->second;
}

devserver::api::Reply *LetterListModel::askPage(const devserver::api::PageToken &after, int limit)
{
    devserver::api::LetterListQuery query = m_query;
    query.after = after;
    query.limit = limit;
    return backend().ask(std::move(query));
}

Fit LetterListModel::fit(const LetterSummary &letter) const
{
    if (!m_query.slug.isEmpty() && m_query.slug != letter.slug)
        return Fit::No;
    if (!m_query.fingerprint.isEmpty() && m_query.fingerprint != letter.fingerprint)
        return Fit::No;
    return letterFits(m_query.filter, letter, now());
}

bool LetterListModel::comesBefore(const LetterSummary &a, const LetterSummary &b) const
{
    return std::tie(b.failedAt, b.run) < std::tie(a.failedAt, a.run);
}

bool LetterListModel::isMoved(const LetterSummary &before, const LetterSummary &after) const
{
    return before.failedAt != after.failedAt;
}

Cell LetterListModel::cell(int row, int column) const
{
    const LetterSummary &letter = at(row);
    const bool isGone = letter.state != LetterState::Open;
    Cell cell;
    switch (static_cast<LetterColumn>(column)) {
    case LetterColumn::When:
        return timeCell(letter.failedAt, now(), timeStyle());
    case LetterColumn::Function:
        cell.text =
            QString::fromUtf8(letter.functionName.isEmpty() ? letter.slug : letter.functionName);
        break;
    case LetterColumn::Run:
        cell.text = shortId(letter.run.toText());
        cell.isMono = true;
        cell.token = Token::TextDim;
        return cell;
    case LetterColumn::Tries:
        cell.text = tries(letter);
        cell.isRight = true;
        break;
    case LetterColumn::Retried:
        cell.text = letter.cycle == 0 ? u"–"_s : tr("%1×").arg(letter.cycle);
        cell.isRight = true;
        cell.token = letter.cycle == 0 ? Token::TextDim : Token::StateBackoff;
        return cell;
    case LetterColumn::Reason:
        if (const QString why = refusal(letter.run); !why.isEmpty()) {
            cell = {.text = why, .second = {}, .icon = u"error"_s};
            cell.iconToken = cell.token = Token::StateFailed;
            return cell;
        }
        return reasonCell(letter);
    case LetterColumn::Error:
        // In the group of one error its name stands beside it: there is room for what differs.
        cell = errorCell(m_query.fingerprint.isEmpty() || letter.errorMessage.isEmpty()
                             ? letter.errorName
                             : QByteArray(),
                         letter.errorMessage);
        break;
    case LetterColumn::Age:
        cell.text = age(now() - letter.failedAt);
        cell.isRight = true;
        cell.token = Token::TextDim;
        return cell;
    case LetterColumn::Payload:
        cell.text = QString::fromUtf8(letter.preview);
        cell.isMono = true;
        cell.token = Token::TextDim;
        return cell;
    }
    cell.token = isGone ? Token::TextDim : Token::Text;
    return cell;
}

QString LetterListModel::toolTip(int row, int column) const
{
    const LetterSummary &letter = at(row);
    switch (static_cast<LetterColumn>(column)) {
    case LetterColumn::When:
        return formatTimeExactly(letter.failedAt, timeStyle());
    case LetterColumn::Function:
        return QString::fromUtf8(letter.slug);
    case LetterColumn::Run:
        return QString::fromLatin1(letter.run.toText());
    case LetterColumn::Reason: {
        const QString why = refusal(letter.run);
        return why.isEmpty() ? letterSentence(letter) : why;
    }
    case LetterColumn::Retried:
        return letter.cycle == 0 ? tr("Never retried from here")
                                 : tr("%1 from here").arg(retriedWords(letter.cycle));
    case LetterColumn::Error:
        return letterError(letter);
    case LetterColumn::Tries:
    case LetterColumn::Payload:
        break;
    case LetterColumn::Age:
        return tr("Dead since %1").arg(formatTimeExactly(letter.failedAt, timeStyle()));
    }
    return {};
}

QString LetterListModel::filterTerm(int row, int column) const
{
    const LetterSummary &letter = at(row);
    switch (static_cast<LetterColumn>(column)) {
    case LetterColumn::Function:
        return filterTermText("fn"_ba,
                              {letter.functionName.isEmpty() ? letter.slug : letter.functionName});
    case LetterColumn::Run:
        return filterTermText("id"_ba, {letter.run.toText()});
    case LetterColumn::Tries:
        return filterTermText("attempts"_ba, {QByteArray::number(letter.failedStepAttempts)});
    case LetterColumn::Retried:
        return letter.cycle > 0 ? filterTermText("is"_ba, {"retried"_ba}) : QString();
    case LetterColumn::Error:
        return errorTerm(letter.errorName.isEmpty() ? letter.errorMessage : letter.errorName);
    case LetterColumn::When:
    case LetterColumn::Age: // of that minute
        return filterTermText("ended"_ba,
                              {QDateTime::fromMSecsSinceEpoch(devserver::toMs(letter.failedAt))
                                   .toString(u"yyyy-MM-ddTHH:mm"_s)
                                   .toLatin1()});
    case LetterColumn::Reason: {
        if (letter.state == LetterState::Discarded)
            return filterTermText("is"_ba, {"discarded"_ba});
        if (letter.state == LetterState::Retrying)
            return filterTermText("is"_ba, {"retrying"_ba});
        const QByteArray reason = letterReasonKey(letter.reason);
        return reason.isEmpty() ? QString() : filterTermText("reason"_ba, {reason});
    }
    case LetterColumn::Payload:
        break;
    }
    return {};
}

QString LetterListModel::copyText(int row, int column) const
{
    const LetterSummary &letter = at(row);
    switch (static_cast<LetterColumn>(column)) {
    case LetterColumn::When:
        return formatTimeExactly(letter.failedAt, timeStyle());
    case LetterColumn::Run:
        return QString::fromLatin1(letter.run.toText());
    case LetterColumn::Error:
        return letterError(letter);
    default:
        return {};
    }
}

std::optional<std::chrono::milliseconds>
LetterListModel::timeUntilChange(int row, devserver::TimePoint now) const
{
    // `20 m ago`, and the age, which goes on in every style.
    const std::chrono::milliseconds age = now - at(row).failedAt;
    const auto change = timeUntilTextChanges(at(row).failedAt, now);
    return change || age < 0ms ? change
                               : std::optional<std::chrono::milliseconds>(1min - age % 1min);
}

} // namespace console

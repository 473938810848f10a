// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/letterwords.h"

#include "devserver/model/job.h"
#include "ui/core/filtertext.h"
#include "ui/core/format.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Bulk;
using devserver::BulkState;
using devserver::LetterState;
using devserver::api::LetterSummary;

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("LetterWords", text, nullptr, count);
}

QString utf8(const QByteArray &text)
{
    return QString::fromUtf8(text);
}

/// Plural forms: `EnglishPlurals`, or a translation.
QString counted(int count, const char *text)
{
    return QCoreApplication::translate("LetterWords", text, nullptr, count);
}

} // namespace

QString letterReason(const LetterSummary &letter)
{
    if (letter.state == LetterState::Discarded)
        return letter.discardReason.isEmpty() ? tr("discarded")
                                              : tr("discarded: %1").arg(utf8(letter.discardReason));
    if (letter.state == LetterState::Retrying)
        return tr("retrying");
    if (letter.state == LetterState::Resolved)
        return tr("resolved");
    if (letter.reason == "attempts_exhausted")
        return tr("attempts used");
    if (letter.reason == "non_retriable")
        return tr("not retriable");
    if (letter.reason == "limit_exceeded")
        return tr("over a limit");
    return utf8(letter.reason);
}

QString letterSentence(const LetterSummary &letter)
{
    if (letter.reason == "attempts_exhausted") {
        return tr("%1 of %n attempt(s) used",
                  std::max(letter.maxAttempts, letter.failedStepAttempts))
            .arg(letter.failedStepAttempts);
    }
    if (letter.reason == "non_retriable")
        return tr("the app forbids a retry");
    if (letter.reason == "limit_exceeded")
        return tr("a limit was exceeded");
    return utf8(letter.reason);
}

QString listed(const QStringList &names)
{
    if (names.size() < 2)
        return names.join(QString());
    return tr("%1 and %2").arg(names.first(names.size() - 1).join(u", "_s), names.last());
}

bool isOver(const LetterSummary &letter, devserver::TimePoint now)
{
    return letter.state == LetterState::Discarded && letter.closedAt
           && now - *letter.closedAt > devserver::restoreWindow;
}

QString keepsSentence(const LetterSummary &letter, devserver::TimePoint now, bool hasFunction)
{
    if (letter.state == LetterState::Resolved)
        return tr("Resolved: there is nothing to retry");
    if (isOver(letter, now))
        return tr("Discarded more than 7 days ago: its steps are gone");
    if (letter.state == LetterState::Discarded)
        return tr("Discarded: restore it to retry it");
    if (letter.state == LetterState::Retrying)
        return tr("It is being retried now");
    if (!hasFunction)
        return tr("Its function is not registered: a retry waits until it is");
    constexpr qsizetype named = 4;
    QStringList steps;
    for (const QByteArray &name : letter.keptSteps.first(std::min(letter.keptSteps.size(), named)))
        steps.append(utf8(name));
    if (const auto more = static_cast<int>(letter.keptSteps.size() - steps.size()); more > 0)
        steps.append(counted(more, "%Ln more step(s)"));
    const QString next = utf8(letter.failedStepName);
    if (steps.isEmpty()) {
        return next.isEmpty() ? tr("Retry keeps nothing and starts from the beginning")
                              : tr("Retry keeps nothing and goes on at %1").arg(next);
    }
    return next.isEmpty() ? tr("Retry keeps %1 and runs the function body again").arg(listed(steps))
                          : tr("Retry keeps %1 and goes on at %2").arg(listed(steps), next);
}

QString goneFunctionText()
{
    return tr("Its function is not registered: only a retry with the same data waits for it");
}

QString letterError(const LetterSummary &letter)
{
    const QString name = utf8(letter.errorName);
    const QString message = utf8(letter.errorMessage);
    if (name.isEmpty() || message.isEmpty())
        return name + message;
    return name + u": "_s + message;
}

QString retriedWords(int cycle)
{
    return counted(cycle, "retried (once|%Ln times)");
}

QString lettersText(int count)
{
    return counted(count, "%Ln letter(s)");
}

QString bulkTitle(const Bulk &bulk)
{
    constexpr QByteArrayView ofFunction("fn:"); // the server has no words
    if (bulk.title.isEmpty())
        return lettersText(bulk.total);
    if (bulk.title.startsWith(ofFunction))
        return tr("%1 of %2").arg(lettersText(bulk.total), utf8(bulk.title.mid(ofFunction.size())));
    return utf8(bulk.title);
}

QString bulkStateWord(const Bulk &bulk)
{
    switch (bulk.state) {
    case BulkState::Running:
        return bulk.triesOneFirst && bulk.completed == 0 && bulk.failedAgain == 0
                       && bulk.waiting > 0
                   ? tr("Trying one first")
                   : tr("Running");
    case BulkState::Done:
        return tr("Done");
    case BulkState::StoppedByHand:
        return tr("Stopped");
    case BulkState::StoppedByErrors:
        return tr("Stopped by errors");
    }
    Q_UNREACHABLE();
}

QString bulkManner(const Bulk &bulk)
{
    const QString pace =
        bulk.perSecond == 0 ? tr("all at once") : tr("%1 per second").arg(bulk.perSecond);
    return bulk.triesOneFirst ? tr("one first, then %1").arg(pace) : pace;
}

QString bulkProgressText(const Bulk &bulk)
{
    const int done = bulk.completed + bulk.failedAgain + bulk.refused;
    QStringList parts = {tr("%1 of %2 done").arg(formatCount(done), formatCount(bulk.total))};
    if (bulk.failedAgain > 0)
        parts.append(tr("%1 failed again").arg(formatCount(bulk.failedAgain)));
    if (bulk.refused > 0)
        parts.append(tr("%1 refused").arg(formatCount(bulk.refused)));
    parts.append(tr("%1 left").arg(formatCount(bulk.total - done)));
    const bool triesOne = bulk.triesOneFirst && done == 0;
    parts.append(triesOne ? tr("trying one first") : bulkManner(bulk));
    return parts.join(u"  \u00b7  "_s);
}

QString bulkResult(const Bulk &bulk)
{
    QStringList parts = {tr("%1 completed").arg(formatCount(bulk.completed)),
                         tr("%1 failed again").arg(formatCount(bulk.failedAgain))};
    if (bulk.refused > 0)
        parts.append(tr("%1 refused").arg(formatCount(bulk.refused)));
    if (bulk.waiting > 0)
        parts.append(tr("%1 untouched").arg(formatCount(bulk.waiting)));
    const QString all = parts.join(u", "_s);
    if (bulk.state == BulkState::StoppedByErrors)
        return tr("Stopped, the same error came back: %1").arg(all);
    return bulk.state == BulkState::StoppedByHand ? tr("Stopped: %1").arg(all) : all;
}

QString bulkCompletedFilter(const Bulk &bulk)
{
    return bulk.completed == 0 ? QString()
                               : filterTermText("bulk-completed"_ba, {bulk.id.toText()});
}

QString bulkFailedFilter(const Bulk &bulk)
{
    if (bulk.failedAgain == 0)
        return {};
    // All states, or those that were retried or discarded since would be missing.
    return filterTermText("bulk-failed"_ba, {bulk.id.toText()}) + u' '
           + filterTermText("state"_ba, {"open"_ba, "retrying"_ba, "resolved"_ba, "discarded"_ba});
}

} // namespace console

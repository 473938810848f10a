// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the cells of the list of attempts say.

#include "ui/core/attemptmodel.h"
#include "ui/core/coarseformat.h"
#include "ui/core/format.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::AttemptOutcome;
using std::chrono::milliseconds;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Attempts", text);
}

/// \a isOver  else it still grows
Cell timeCell(const QString &text, milliseconds time, bool isOver = true)
{
    Cell cell{.text = text, .isRight = true};
    if (time >= std::chrono::minutes(1))
        cell.brief = isOver ? formatCoarsely(time) : formatCoarseElapsed(time);
    return cell;
}

} // namespace

QString attemptWord(const Attempt &attempt)
{
    switch (attempt.outcome) {
    case AttemptOutcome::Started:
        return tr("Running");
    case AttemptOutcome::Ok:
        return tr("Succeeded");
    case AttemptOutcome::RetryableError:
        return tr("Failed (will retry)");
    case AttemptOutcome::FinalError:
        return tr("Failed (final)");
    case AttemptOutcome::Discarded:
        return tr("Cancelled");
    case AttemptOutcome::Interrupted:
        return tr("Interrupted");
    case AttemptOutcome::AppOffline:
        return attempt.httpStatus > 0 ? tr("Not taken") : tr("App offline");
    }
    Q_UNREACHABLE();
}

QString attemptIcon(const Attempt &attempt)
{
    switch (attempt.outcome) {
    case AttemptOutcome::Started:
        return u"state-running"_s;
    case AttemptOutcome::Ok:
        return u"state-completed"_s;
    case AttemptOutcome::RetryableError:
    case AttemptOutcome::FinalError:
        return u"state-failed"_s;
    case AttemptOutcome::Discarded:
    case AttemptOutcome::Interrupted:
        return u"state-cancelled"_s;
    case AttemptOutcome::AppOffline:
        return u"state-offline"_s;
    }
    Q_UNREACHABLE();
}

Token attemptToken(const Attempt &attempt)
{
    switch (attempt.outcome) {
    case AttemptOutcome::Started:
        return Token::StateRunning;
    case AttemptOutcome::Ok:
        return Token::StateCompleted;
    case AttemptOutcome::RetryableError:
    case AttemptOutcome::FinalError:
        return Token::StateFailed;
    case AttemptOutcome::Discarded:
    case AttemptOutcome::Interrupted:
        return Token::StateCancelled;
    case AttemptOutcome::AppOffline:
        return Token::StateBackoff;
    }
    Q_UNREACHABLE();
}

/// Always by the clock: it is the name of that moment.
Cell AttemptModel::cycleCell(const Row &row, int column) const
{
    const TimeStyle style = m_style == TimeStyle::Relative ? TimeStyle::Absolute : m_style;
    if (column == Step)
        return {.text = tr("Retried %1").arg(formatTime(row.due, m_now, style)),
                .icon = u"retry"_s,
                .iconToken = Token::Accent,
                .token = Token::Accent};
    if (column == Result && row.count > 0)
        return {.text =
                    QCoreApplication::translate("Attempts", "%n step(s) kept", nullptr, row.count),
                .token = Token::TextDim};
    return {};
}

QString AttemptModel::Row::number() const
{
    return kind == Kind::Same ? u"#%1–#%2"_s.arg(first + 1).arg(first + count)
                              : QString(u'#' + QString::number(attempt.attempt + 1));
}

/// The number first: behind it a long name may be cut, before it the number would be.
Cell AttemptModel::stepCell(const Row &row) const
{
    const QString number = row.number();
    const bool isNamed = !m_isOneStep && !row.name.isEmpty();
    Cell cell{.text = isNamed ? row.name : number};
    if (isNamed) {
        cell.number = number;
        cell.widestNumber = m_widestNumber;
    }
    if (row.kind == Row::Kind::Next) {
        const bool isOffline = row.job == devserver::JobState::AppOffline;
        cell.icon = isOffline ? u"state-offline"_s : u"state-backoff"_s;
        cell.iconToken = Token::StateBackoff;
    } else if (row.kind == Row::Kind::Same) {
        cell.icon = row.isOpened ? u"chevron-down"_s : u"chevron-right"_s;
        cell.iconToken = Token::TextDim;
        cell.token = Token::TextDim;
    } else {
        cell.icon = attemptIcon(row.attempt);
        cell.iconToken = attemptToken(row.attempt);
    }
    return cell;
}

/// The error says more than `Failed`; whether another attempt follows is in its own column.
Cell AttemptModel::resultCell(const Row &row) const
{
    if (row.kind == Row::Kind::Next)
        return {.text = row.job == devserver::JobState::AppOffline
                            ? tr("Waits for app")
                            : formatCountdown(row.due, m_now),
                .token = Token::StateBackoff};
    if (row.kind == Row::Kind::Same)
        return {.text = tr("Same error"), .second = row.error, .token = Token::TextDim};
    const bool isFailed = attemptToken(row.attempt) == Token::StateFailed;
    if (isFailed && !row.error.isEmpty())
        return {.text = row.error, .token = Token::StateFailed};
    return {.text = attemptWord(row.attempt, row.fate.kind), .token = attemptToken(row.attempt)};
}

QString AttemptModel::spoken(const Row &row) const
{
    if (row.kind == Row::Kind::Next)
        return tr("%1, next attempt %2").arg(row.name, QString::number(row.attempt.attempt + 1));
    if (row.kind == Row::Kind::Cycle)
        return cycleCell(row, Step).text;
    if (row.kind == Row::Kind::Same)
        return (row.isOpened ? tr("%1, attempts %2 to %3, same error, shown below")
                             : tr("%1, attempts %2 to %3, same error, folded"))
            .arg(row.name, QString::number(row.first + 1), QString::number(row.first + row.count));
    const QString words = tr("%1, attempt %2, %3")
                              .arg(row.name, QString::number(row.attempt.attempt + 1),
                                   attemptWord(row.attempt, row.fate.kind));
    return row.attempt.cycle == 0 ? words
                                  : tr("%1, after retry %2").arg(words).arg(row.attempt.cycle);
}

QString AttemptModel::decided(const Row &row)
{
    const Attempt &attempt = row.attempt;
    if (row.kind != Row::Kind::Attempt)
        return {};
    if (attempt.outcome == AttemptOutcome::RetryableError)
        return retryWords(attempt, row.fate);
    if (attempt.outcome != AttemptOutcome::FinalError)
        return {};
    if (!row.isUsedUp)
        return tr("No: non-retriable");
    const bool passesOn = attempt.step.isEmpty() && attempt.attempt + 1 < attempt.maxAttempts;
    if (passesOn) // the body, what a step failed with
        return tr("No: its step failed");
    return attempt.maxAttempts == 1 ? tr("No: its only attempt is used") : tr("No: attempts used");
}

Cell AttemptModel::cell(const Row &row, int column) const
{
    const Attempt &attempt = row.attempt;
    const bool isNext = row.kind == Row::Kind::Next;
    if (row.kind == Row::Kind::Cycle)
        return cycleCell(row, column);
    if (row.kind == Row::Kind::Same && column != Step && column != Result && column != Message)
        return {};
    switch (column) {
    case Step:
        return stepCell(row);
    case Result:
        return resultCell(row);
    case Started:
        if (isNext)
            return {};
        return {.text = m_style == TimeStyle::Relative
                            ? QString(u'+' + formatDuration(attempt.sentAt - m_start))
                            : formatTime(attempt.sentAt, m_now, m_style),
                .isMono = true};
    case Waited:
        if (!row.previousEnd || isNext)
            return {};
        return timeCell(formatDuration(attempt.sentAt - *row.previousEnd),
                        attempt.sentAt - *row.previousEnd);
    case Duration:
        if (isNext)
            return {};
        if (isEndUnknown(attempt)) // no less than that
            return {.text = shortCallDuration(attempt, m_now), .isRight = true};
        return timeCell(shortCallDuration(attempt, m_now),
                        attempt.finishedAt.value_or(m_now) - attempt.sentAt,
                        attempt.finishedAt.has_value());
    case Http:
        return {.text = attempt.httpStatus > 0 ? QString::number(attempt.httpStatus) : QString(),
                .isMono = true};
    case Message:
        return {.text = row.message, .token = Token::TextDim};
    default:
        return {.text = decided(row)};
    }
}

} // namespace console

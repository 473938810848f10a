// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/attemptmodel.h"

#include "devserver/api/excerpts.h"
#include "ui/core/format.h"
#include "ui/core/inspection.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::AttemptOutcome;
using devserver::TimePoint;
using std::chrono::milliseconds;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Attempts", text);
}

bool isSame(const AttemptModel::Row &one, const AttemptModel::Row &other)
{
    return one.kind == AttemptModel::Row::Kind::Attempt && other.kind == one.kind
           && !one.attempt.error.isEmpty() && one.error == other.error
           && one.message == other.message && one.attempt.step == other.attempt.step
           && one.attempt.cycle == other.attempt.cycle;
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
        return tr("App offline");
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

QByteArray AttemptModel::Row::key() const
{
    if (kind == Kind::Next)
        return "next"_ba;
    // A line of equal errors is known by its oldest attempt: newer ones join it.
    return (kind == Kind::Same ? "same:"_ba : QByteArray()) + attempt.request.toText();
}

void AttemptModel::setInspection(const Inspection &inspection, TimePoint now)
{
    m_now = now;
    m_isOneStep = inspection.isOfStep();
    m_all.clear();
    std::optional<TimePoint> end;
    for (const Attempt *attempt : inspection.attempts()) {
        const devserver::api::ErrorExcerpt excerpt = devserver::api::excerptOf(attempt->error);
        Row row;
        row.attempt = *attempt;
        row.attempt.responseBody.clear(); // of no use here
        row.name = attempt->stepName.isEmpty() && inspection.run
                       ? tr("function") // as in the timeline
                       : QString::fromUtf8(attempt->stepName);
        row.error = QString::fromUtf8(excerpt.name);
        row.message = QString::fromUtf8(excerpt.message);
        row.previousEnd = end;
        end = attempt->finishedAt;
        m_all.push_back(std::move(row));
    }
    std::reverse(m_all.begin(), m_all.end());
    const devserver::Job *job = inspection.job();
    if (job != nullptr && job->state != devserver::JobState::Leased && job->attempt > 0) {
        Row next;
        next.kind = Row::Kind::Next;
        next.attempt.attempt = job->attempt;
        next.attempt.job = job->id;
        next.attempt.run = job->run;
        next.attempt.maxAttempts = m_all.empty() ? 0 : m_all.front().attempt.maxAttempts;
        next.due = job->runAt;
        next.job = job->state;
        next.name = m_all.empty() ? QString() : m_all.front().name;
        next.previousEnd = end;
        m_all.insert(m_all.begin(), std::move(next));
    }
    rebuild();
}

void AttemptModel::rebuild()
{
    std::vector<Row> rows;
    for (std::size_t at = 0; at < m_all.size();) {
        rows.push_back(m_all[at]);
        std::size_t end = at + 1;
        while (end < m_all.size() && isSame(m_all[at], m_all[end]))
            ++end;
        const std::size_t hidden = end - at - 1;
        if (hidden >= 2) {
            Row same = m_all[end - 1];
            same.kind = Row::Kind::Same;
            same.first = m_all[end - 1].attempt.attempt;
            same.count = static_cast<int>(hidden);
            same.isOpened = m_opened.contains(same.key());
            rows.push_back(same);
            if (same.isOpened)
                rows.insert(rows.end(), m_all.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                            m_all.begin() + static_cast<std::ptrdiff_t>(end));
        } else {
            rows.insert(rows.end(), m_all.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                        m_all.begin() + static_cast<std::ptrdiff_t>(end));
        }
        at = end;
    }
    setRows(std::move(rows));
}

void AttemptModel::setRows(std::vector<Row> rows)
{
    const auto same = [](const Row &a, const Row &b) { return a.key() == b.key(); };
    const auto head = static_cast<int>(
        std::mismatch(m_rows.begin(), m_rows.end(), rows.begin(), rows.end(), same).first
        - m_rows.begin());
    const auto most = static_cast<int>(std::min(m_rows.size(), rows.size())) - head;
    int tail = 0;
    while (tail < most
           && same(m_rows[m_rows.size() - 1 - static_cast<std::size_t>(tail)],
                   rows[rows.size() - 1 - static_cast<std::size_t>(tail)]))
        ++tail;
    const int removed = rowCount() - head - tail;
    if (removed > 0) {
        beginRemoveRows({}, head, head + removed - 1);
        m_rows.erase(m_rows.begin() + head, m_rows.begin() + head + removed);
        endRemoveRows();
    }
    const int added = static_cast<int>(rows.size()) - head - tail;
    if (added > 0) {
        beginInsertRows({}, head, head + added - 1);
        m_rows.insert(m_rows.begin() + head, rows.begin() + head, rows.begin() + head + added);
        endInsertRows();
    }
    m_rows = std::move(rows);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void AttemptModel::setNow(TimePoint now)
{
    m_now = now;
    for (int row = 0; row < rowCount(); ++row) {
        const Row &shown = this->row(row);
        if (shown.kind == Row::Kind::Next || !shown.attempt.finishedAt)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

bool AttemptModel::isTicking() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row &row) {
        return row.kind == Row::Kind::Next || !row.attempt.finishedAt;
    });
}

void AttemptModel::toggle(int row)
{
    const Row &shown = this->row(row);
    if (shown.kind != Row::Kind::Same)
        return;
    const QByteArray key = shown.key();
    if (!m_opened.erase(key))
        m_opened.insert(key);
    rebuild();
}

int AttemptModel::rowOf(const devserver::RequestId &request) const
{
    const auto known = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) {
        return row.kind == Row::Kind::Attempt && row.attempt.request == request;
    });
    return known == m_rows.end() ? -1 : static_cast<int>(known - m_rows.begin());
}

int AttemptModel::reveal(const devserver::RequestId &request)
{
    const int shown = rowOf(request);
    if (shown >= 0)
        return shown;
    const auto known = std::find_if(m_all.begin(), m_all.end(), [&](const Row &row) {
        return row.kind == Row::Kind::Attempt && row.attempt.request == request;
    });
    if (known == m_all.end())
        return -1;
    auto last = known;
    while (last + 1 != m_all.end() && isSame(*known, *(last + 1)))
        ++last;
    Row same = *last;
    same.kind = Row::Kind::Same;
    m_opened.insert(same.key());
    rebuild();
    return rowOf(request);
}

int AttemptModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AttemptModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const AttemptModel::Row *AttemptModel::previousOf(const Row &row) const
{
    if (row.kind == Row::Kind::Next)
        return nullptr;
    const auto at = std::find_if(m_all.begin(), m_all.end(), [&](const Row &known) {
        return known.kind == Row::Kind::Attempt && known.attempt.request == row.attempt.request;
    });
    if (at == m_all.end())
        return nullptr;
    const auto previous = std::find_if(at + 1, m_all.end(), [&](const Row &known) {
        return known.attempt.step == row.attempt.step;
    });
    return previous == m_all.end() ? nullptr : &*previous;
}

bool AttemptModel::hasPrevious(int row) const
{
    return previousOf(this->row(row)) != nullptr;
}

int AttemptModel::revealPrevious(int row)
{
    const Row *previous = previousOf(this->row(row));
    return previous == nullptr ? -1 : reveal(devserver::RequestId(previous->attempt.request));
}

/// The step first: which one it was is what people look for, not its number.
Cell AttemptModel::stepCell(const Row &row) const
{
    const QString number = row.kind == Row::Kind::Same
                               ? u"#%1–#%2"_s.arg(row.first + 1).arg(row.first + row.count)
                               : QString(u'#' + QString::number(row.attempt.attempt + 1));
    const bool isNamed = !m_isOneStep && !row.name.isEmpty();
    Cell cell{.text = isNamed ? row.name : number, .second = isNamed ? number : QString()};
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
                            ? tr("App offline")
                            : formatCountdown(row.due, m_now),
                .token = Token::StateBackoff};
    if (row.kind == Row::Kind::Same)
        return {.text = tr("Same error"), .second = row.error, .token = Token::TextDim};
    const bool isFailed = attemptToken(row.attempt) == Token::StateFailed;
    if (isFailed && !row.error.isEmpty())
        return {.text = row.error, .token = Token::StateFailed};
    return {.text = attemptWord(row.attempt), .token = attemptToken(row.attempt)};
}

QString AttemptModel::spoken(const Row &row) const
{
    if (row.kind == Row::Kind::Next)
        return tr("%1, next attempt %2").arg(row.name, QString::number(row.attempt.attempt + 1));
    if (row.kind == Row::Kind::Same)
        return tr("%1, attempts %2 to %3, same error")
            .arg(row.name, QString::number(row.first + 1), QString::number(row.first + row.count));
    return tr("%1, attempt %2, %3")
        .arg(row.name, QString::number(row.attempt.attempt + 1), attemptWord(row.attempt));
}

QString AttemptModel::decided(const Row &row)
{
    const Attempt &attempt = row.attempt;
    if (row.kind != Row::Kind::Attempt)
        return {};
    if (attempt.outcome == AttemptOutcome::RetryableError) {
        if (!attempt.nextAttemptAt || !attempt.finishedAt)
            return tr("Retry");
        return tr("Retry in %1")
            .arg(formatDuration(std::chrono::duration_cast<milliseconds>(*attempt.nextAttemptAt
                                                                         - *attempt.finishedAt)));
    }
    if (attempt.outcome != AttemptOutcome::FinalError)
        return {};
    return attempt.noRetry ? tr("No: non-retriable") : tr("No: attempts used");
}

Cell AttemptModel::cell(const Row &row, int column) const
{
    const Attempt &attempt = row.attempt;
    const bool isNext = row.kind == Row::Kind::Next;
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
        return {.text = formatTime(attempt.sentAt, m_now, TimeStyle::Absolute), .isMono = true};
    case Waited:
        if (!row.previousEnd || isNext)
            return {};
        return {.text = formatDuration(attempt.sentAt - *row.previousEnd), .isRight = true};
    case Duration:
        if (isNext)
            return {};
        return {.text = formatDuration(attempt.finishedAt.value_or(m_now) - attempt.sentAt),
                .isRight = true};
    case Http:
        return {.text = attempt.httpStatus > 0 ? QString::number(attempt.httpStatus) : QString(),
                .isMono = true};
    case Message:
        return {.text = row.message, .token = Token::TextDim};
    default:
        return {.text = decided(row)};
    }
}

QVariant AttemptModel::data(const QModelIndex &index, int role) const
{
    const Row &row = this->row(index.row());
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(cell(row, index.column()));
    case Qt::AccessibleTextRole:
        if (index.column() == Step)
            return spoken(row);
        return cell(row, index.column()).text;
    case Qt::DisplayRole: {
        const Cell shown = cell(row, index.column());
        return shown.second.isEmpty() ? shown.text : QString(shown.text + u' ' + shown.second);
    }
    case Qt::ToolTipRole:
        if (index.column() == Message || index.column() == Result)
            return row.message.isEmpty() ? QString() : QString(row.error + u": "_s + row.message);
        if (index.column() == Step)
            return spoken(row);
        return index.column() == Started && row.kind != Row::Kind::Next
                   ? formatTimeExactly(row.attempt.sentAt, TimeStyle::Absolute)
                   : QString();
    case RowIdRole:
        return row.key();
    default:
        return {};
    }
}

QVariant AttemptModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::vector<ColumnSpec> specs = columns();
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return specs[static_cast<std::size_t>(section)].title;
}

std::vector<ColumnSpec> AttemptModel::columns()
{
    const auto spec = [](const char *id, const QString &title, int chars, bool isRight = false) {
        return ColumnSpec{
            .id = id, .title = title, .chars = chars, .isSortable = false, .isRight = isRight};
    };
    return {
        spec("step", tr("Attempt"), 17),           spec("result", tr("Result"), 14),
        spec("started", tr("Started"), 8),         spec("waited", tr("Waited"), 7, true),
        spec("duration", tr("Duration"), 7, true), spec("http", tr("HTTP"), 4),
        spec("message", tr("Message"), 26),        spec("decided", tr("Decided"), 15),
    };
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/attemptmodel.h"

#include "devserver/api/excerpts.h"
#include "devserver/model/jsonvalue.h"
#include "ui/core/inspection.h"
#include "ui/core/timecell.h"
#include "ui/core/timelinedata.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::TimePoint;

namespace {

QString stackOf(const Attempt &attempt)
{
    const auto stack = devserver::JsonValue::of(attempt.error).find("stack");
    return stack && stack->isString() ? stack->toString() : QString();
}

bool isSame(const AttemptModel::Row &one, const AttemptModel::Row &other)
{
    return one.kind == AttemptModel::Row::Kind::Attempt && other.kind == one.kind
           && !one.attempt.error.isEmpty() && one.error == other.error
           && one.message == other.message && one.attempt.step == other.attempt.step
           && one.attempt.cycle == other.attempt.cycle
           && (one.attempt.error == other.attempt.error
               || stackOf(one.attempt) == stackOf(other.attempt));
}

} // namespace

QByteArray AttemptModel::Row::key() const
{
    if (kind == Kind::Next)
        return "next"_ba;
    if (kind == Kind::Cycle)
        return "cycle:"_ba + QByteArray::number(attempt.cycle);
    // A line of equal errors is known by its oldest attempt: newer ones join it.
    return (kind == Kind::Same ? "same:"_ba : QByteArray()) + attempt.request.toText();
}

void AttemptModel::readCycles(const Inspection &inspection)
{
    m_cycles.clear();
    if (!inspection.run)
        return;
    for (const devserver::TimelineRecord &record : inspection.run->timeline) {
        if (record.type != devserver::TimelineType::RunResumed)
            continue;
        Row divider;
        divider.kind = Row::Kind::Cycle;
        divider.due = record.at;
        divider.attempt.cycle = static_cast<int>(m_cycles.size()) + 1;
        const auto kept = devserver::JsonValue::of(record.payload).find("kept_steps");
        divider.count = kept ? static_cast<int>(kept->toInt64().value_or(0)) : 0;
        m_cycles.push_back(std::move(divider));
    }
}

void AttemptModel::setInspection(const Inspection &inspection, TimePoint now,
                                 const std::vector<devserver::RequestId> &kept)
{
    m_now = now;
    m_isOneStep = inspection.isOfStep();
    m_start = inspection.run ? inspection.run->run.queuedAt : TimePoint();
    readCycles(inspection);
    m_all.clear();
    std::optional<TimePoint> end;
    const CallSteps steps = inspection.run ? CallSteps(*inspection.run) : CallSteps();
    for (const Attempt *attempt : inspection.attempts()) {
        const devserver::api::ErrorExcerpt excerpt = devserver::api::excerptOf(attempt->error);
        Row row;
        row.attempt = *attempt;
        row.attempt.responseBody.clear(); // of no use here
        const CallSteps::Step step = steps.of(*attempt);
        row.attempt.step = step.id; // as the timeline says it
        row.attempt.stepName = step.name;
        row.name = step.name.isEmpty() && inspection.run ? functionBodyName()
                                                         : QString::fromUtf8(step.name);
        row.error = QString::fromUtf8(excerpt.name);
        row.message = QString::fromUtf8(excerpt.message);
        row.isUsedUp = inspection.isUsedUp(*attempt);
        row.fate = retryFate(*inspection.run, *attempt);
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
        next.attempt.cycle = inspection.run ? inspection.run->run.cycle : 0;
        next.attempt.maxAttempts = m_all.empty() ? 0 : m_all.front().attempt.maxAttempts;
        next.due = job->runAt;
        next.job = job->state;
        next.name = m_all.empty() ? QString() : m_all.front().name;
        next.previousEnd = end;
        m_all.insert(m_all.begin(), std::move(next));
    }
    rebuild(kept);
}

void AttemptModel::clear()
{
    m_all.clear();
    m_cycles.clear();
    m_opened.clear();
    rebuild();
}

void AttemptModel::rebuild(const std::vector<devserver::RequestId> &kept)
{
    const auto isKept = [&kept](const Row &row) {
        return std::find(kept.begin(), kept.end(), row.attempt.request) != kept.end();
    };
    std::vector<Row> rows;
    for (std::size_t at = 0; at < m_all.size();) {
        const int above = at == 0 ? 0 : m_all[at - 1].attempt.cycle;
        if (above > m_all[at].attempt.cycle && above <= static_cast<int>(m_cycles.size()))
            rows.push_back(m_cycles[static_cast<std::size_t>(above) - 1]);
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
            if (std::any_of(m_all.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                            m_all.begin() + static_cast<std::ptrdiff_t>(end), isKept))
                m_opened.insert(same.key());
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
    m_widestNumber.clear();
    for (const Row &row : rows) {
        if (row.kind != Row::Kind::Cycle && row.number().size() > m_widestNumber.size())
            m_widestNumber = row.number(); // all digits are taken to be equally wide
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
        if (isTicking(shown))
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

bool AttemptModel::isTicking() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return isTicking(row); });
}

bool AttemptModel::isTicking(const Row &row)
{
    return row.kind == Row::Kind::Next || (row.kind != Row::Kind::Cycle && !row.attempt.finishedAt);
}

int AttemptModel::newestAttempt() const
{
    const auto newest = std::find_if(m_rows.begin(), m_rows.end(),
                                     [](const Row &row) { return row.kind == Row::Kind::Attempt; });
    return newest == m_rows.end() ? -1 : static_cast<int>(newest - m_rows.begin());
}

void AttemptModel::setTimeStyle(TimeStyle style)
{
    if (style == m_style)
        return;
    m_style = style;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
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

int AttemptModel::foldAround(int row) const
{
    if (this->row(row).kind != Row::Kind::Attempt)
        return -1;
    for (int above = row - 1; above >= 0; --above) {
        const Row &line = this->row(above);
        if (line.kind == Row::Kind::Same)
            return line.isOpened && row - above <= line.count ? above : -1;
    }
    return -1;
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
    if (row.kind != Row::Kind::Attempt)
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
        const QString text =
            shown.number.isEmpty() ? shown.text : QString(shown.number + u' ' + shown.text);
        return shown.second.isEmpty() ? text : QString(text + u' ' + shown.second);
    }
    case Qt::ToolTipRole:
        if (index.column() == Message || index.column() == Result)
            return row.message.isEmpty() ? QString() : QString(row.error + u": "_s + row.message);
        if (index.column() == Step)
            return spoken(row);
        if (index.column() == Waited || index.column() == Duration)
            return cell(row, index.column()).text;
        return index.column() == Started && row.kind == Row::Kind::Attempt
                   ? formatTimeExactly(row.attempt.sentAt, m_style == TimeStyle::Utc
                                                               ? TimeStyle::Utc
                                                               : TimeStyle::Absolute)
                   : QString();
    case RowIdRole:
        return row.key();
    default:
        return {};
    }
}

Qt::ItemFlags AttemptModel::flags(const QModelIndex &index) const
{
    const bool divides = index.isValid() && row(index.row()).kind == Row::Kind::Cycle;
    return divides ? Qt::ItemFlags(Qt::ItemNeverHasChildren) : QAbstractTableModel::flags(index);
}

QVariant AttemptModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::vector<ColumnSpec> specs = columns();
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    return specs[static_cast<std::size_t>(section)].title;
}

std::vector<ColumnSpec> AttemptModel::columns()
{
    const auto spec = [](const char *id, const QString &title, int chars, bool isRight = false) {
        return ColumnSpec{.id = id,
                          .title = title,
                          .chars = chars,
                          .isSortable = false,
                          .isRight = isRight,
                          .whyUnsorted = tr("%1. The newest is on top").arg(title)};
    };
    // With what the texts of the others do without.
    const auto growing = [](ColumnSpec column, int mostChars) {
        column.mostChars = mostChars;
        return column;
    };
    const auto whole = [&growing](ColumnSpec column, int mostChars) {
        column.growsLive = true;
        return growing(std::move(column), mostChars);
    };
    return {
        whole(spec("step", tr("Attempt"), 17), 30),
        whole(spec("result", tr("Result"), 14), 14),
        whole(spec("started", tr("Started"), 9), 14),
        withDurationWidth(spec("waited", tr("Waited"), 7, true)),
        withDurationWidth(spec("duration", tr("Duration"), 7, true)),
        spec("http", tr("HTTP"), 4),
        growing(spec("message", tr("Message"), 26), 80),
        growing(spec("decided", tr("Decided"), 15), 28), // `Retried after 2 m 20 s`
    };
}

} // namespace console

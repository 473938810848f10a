// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/activitymodel.h"

#include "ui/core/feed.h"
#include "ui/core/letterwords.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Bulk;
using devserver::BulkState;

namespace {

// What it is and how it stands are read whole before the time is shown.
constexpr int leastTold = 32;     ///< `Retry 120 letters in "TimeoutError"` behind its sign
constexpr int stateChars = 17;    ///< "Stopped by errors" behind its sign
constexpr int reasonChars = 35;   ///< with "the first failed again"
constexpr int leastProgress = 11; ///< "51 of 120" behind a short bar

std::vector<ColumnSpec> activityColumns()
{
    const auto column = [](const char *id, const QString &title, int chars, bool isRight = false,
                           int leastChars = 0) {
        return ColumnSpec{.id = id,
                          .title = title,
                          .chars = chars,
                          .isShown = true,
                          .isSortable = false,
                          .isRight = isRight,
                          .leastChars = leastChars,
                          .whyUnsorted =
                              ActivityModel::tr("%1. Work is listed newest first").arg(title)};
    };
    // As wide as a reason in sight needs: the rest is for how it is done, behind what it is.
    ColumnSpec state =
        column("state", ActivityModel::tr("State"), stateChars + 1, false, stateChars);
    state.mostChars = reasonChars;
    state.growsLive = true;
    ColumnSpec left = column("left", ActivityModel::tr("Left"), 5, true, 4);
    left.rank = -1; // the progress says it as well
    // A button is never cut: the column is as wide as it needs.
    ColumnSpec action = column("action", ActivityModel::tr("Action"), 8, false, 8);
    action.mostChars = 8;
    action.growsLive = true;
    return {
        column("what", ActivityModel::tr("What"), 60, false, leastTold),
        state,
        column("progress", ActivityModel::tr("Progress"), 13, false, leastProgress),
        column("completed", ActivityModel::tr("Completed"), 9, true, 8),
        column("failed", ActivityModel::tr("Failed"), 7, true, 5),
        left,
        action,
        column("started", ActivityModel::tr("Started"), 12, false, 8),
    };
}

Cell number(int count)
{
    Cell cell{.text = formatCount(count)};
    cell.isRight = true;
    cell.token = count == 0 ? Token::TextDim : Token::Text;
    return cell;
}

} // namespace

ActivityModel::ActivityModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                             QObject *parent)
    : PagedTableModel(backend, clock, activityColumns(), parent)
{
    connect(&feed, &Feed::bulksChanged, this, [this](const std::vector<Bulk> &bulks) {
        for (const Bulk &bulk : bulks)
            m_pending.insert_or_assign(bulk.id.toText(), rowOf(bulk));
        requestFrame();
    });
}

void ActivityModel::setJob(Row job)
{
    job.id = "job-" + QByteArray::number(job.job);
    const int known = rowOf(job.id);
    if (known >= 0)
        job.startedAt = at(known).startedAt;
    m_pending.insert_or_assign(job.id, job);
    requestFrame();
}

ActivityModel::Row ActivityModel::rowOf(const Bulk &bulk)
{
    Row row;
    row.id = bulk.id.toText();
    row.startedAt = bulk.startedAt;
    row.bulk = bulk;
    row.title = tr("Retry %1").arg(bulkTitle(bulk));
    row.total = bulk.total;
    row.done = bulk.completed + bulk.failedAgain + bulk.refused;
    row.failed = bulk.failedAgain;
    // After a stop those that were retrying go on.
    row.isOver = bulk.state != BulkState::Running;
    return row;
}

int ActivityModel::running() const
{
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return !row.isOver; }));
}

int ActivityModel::rowOf(const QByteArray &id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

devserver::api::Reply *ActivityModel::askPage(const devserver::api::PageToken &after, int limit)
{
    Q_UNUSED(after)
    Q_UNUSED(limit)
    return backend().ask(devserver::api::BulksQuery{});
}

devserver::api::PageToken ActivityModel::takePage(const devserver::api::Answer &answer)
{
    const auto *page = devserver::api::answerAs<devserver::api::Bulks>(answer);
    if (page == nullptr)
        return {};
    // What came by mail meanwhile is newer.
    for (const Bulk &bulk : page->bulks)
        m_pending.try_emplace(bulk.id.toText(), rowOf(bulk));
    if (isLoaded())
        requestFrame();
    return {};
}

void ActivityModel::put(Row row)
{
    const int known = rowOf(row.id);
    if (row.isOver && m_hidden.count(row.id) != 0) {
        if (known >= 0)
            remove(known);
        return;
    }
    if (known >= 0) {
        m_rows[static_cast<std::size_t>(known)] = std::move(row);
        return;
    }
    const auto place = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &other) {
        return other.startedAt < row.startedAt
               || (other.startedAt == row.startedAt && other.id < row.id);
    });
    const auto at = static_cast<int>(place - m_rows.begin());
    beginInsertRows({}, at, at);
    m_rows.insert(place, std::move(row));
    endInsertRows();
}

void ActivityModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

QByteArrayList ActivityModel::clearFinished()
{
    QByteArrayList ids;
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (isRunning(row))
            continue;
        ids.append(at(row).id);
        m_hidden.insert(at(row).id);
        remove(row);
    }
    return ids;
}

void ActivityModel::hideFinished(const QByteArrayList &ids)
{
    m_hidden.insert(ids.begin(), ids.end());
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (!isRunning(row) && m_hidden.count(at(row).id) != 0)
            remove(row);
    }
}

void ActivityModel::flush()
{
    std::vector<QByteArray> changed;
    for (auto &[id, row] : std::exchange(m_pending, {})) {
        changed.push_back(id);
        put(std::move(row));
    }
    std::vector<int> rows;
    for (const QByteArray &id : changed) {
        if (const int row = rowOf(id); row >= 0)
            rows.push_back(row);
    }
    announceChanged(std::move(rows));
}

/// Why it stands as it does; empty: nothing failed, or it is not over.
QString ActivityModel::failureWords(const Row &row)
{
    if (!row.isOver || row.failed == 0)
        return {};
    if (!row.bulk)
        return tr("%1 failed").arg(formatCount(row.failed));
    const bool isFirst = row.bulk->triesOneFirst && row.bulk->completed == 0
                         && row.bulk->state == BulkState::StoppedByErrors;
    return isFirst ? tr("the first failed again")
                   : tr("%1 failed again").arg(formatCount(row.failed));
}

Cell ActivityModel::stateCell(const Row &row) const
{
    Cell cell;
    cell.text = row.bulk ? bulkStateWord(*row.bulk) : row.isOver ? tr("Done") : tr("Running");
    const bool isStopped = row.bulk && row.bulk->state == BulkState::StoppedByHand;
    const bool isBroken = row.bulk && row.bulk->state == BulkState::StoppedByErrors;
    if (!row.isOver) {
        cell.icon = u"state-running"_s;
        cell.iconToken = Token::StateRunning;
    } else if (isBroken) {
        cell.icon = u"state-failed"_s;
        cell.iconToken = Token::StateFailed;
    } else if (isStopped || row.done < row.total) {
        cell.text = tr("Stopped");
        cell.icon = u"state-cancelled"_s;
        cell.iconToken = Token::StateCancelled;
    } else if (row.failed > 0) { // all was tried, and some of it in vain
        cell.icon = u"warning"_s;
        cell.iconToken = Token::StateBackoff;
    } else {
        cell.icon = u"state-completed"_s;
        cell.iconToken = Token::StateCompleted;
    }
    cell.token = cell.iconToken;
    cell.second = failureWords(row);
    return cell;
}

Cell ActivityModel::cell(int row, int column) const
{
    const Row &work = at(row);
    Cell cell;
    switch (static_cast<ActivityColumn>(column)) {
    case ActivityColumn::What:
        cell.text = work.title;
        if (work.bulk)
            cell.second = bulkManner(*work.bulk);
        cell.icon = work.bulk ? u"retry"_s : work.icon;
        cell.iconToken = Token::TextDim;
        return cell;
    case ActivityColumn::State:
        return stateCell(work);
    case ActivityColumn::Progress:
        cell.fraction = work.total == 0 ? 1.0 : static_cast<double>(work.done) / work.total;
        cell.text = tr("%1 of %2").arg(formatCount(work.done), formatCount(work.total));
        cell.iconToken = stateCell(work).iconToken;
        cell.token = Token::TextDim;
        return cell;
    case ActivityColumn::Completed:
        cell = number(work.bulk ? work.bulk->completed : work.done - work.failed);
        cell.isLink = work.bulk && work.bulk->completed > 0;
        if (cell.isLink)
            cell.token = Token::Accent;
        return cell;
    case ActivityColumn::Failed:
        cell = number(work.failed);
        cell.isLink = work.failed > 0 && (work.bulk || !work.problem.isEmpty());
        if (work.failed > 0)
            cell.token = cell.isLink ? Token::Accent : Token::StateFailed;
        return cell;
    case ActivityColumn::Left:
        return number(work.total - work.done);
    case ActivityColumn::Started:
        cell.text = formatTime(work.startedAt, now(), timeStyle());
        cell.token = Token::TextDim;
        return cell;
    case ActivityColumn::Action:
        if (!work.isOver) {
            cell = {.text = tr("Stop"), .second = {}, .icon = u"stop"_s};
            cell.iconToken = cell.token = Token::Accent;
        }
        return cell;
    }
    return cell;
}

QString ActivityModel::toolTip(int row, int column) const
{
    const Row &work = at(row);
    if (static_cast<ActivityColumn>(column) == ActivityColumn::What)
        return work.bulk ? tr("%1: %2").arg(work.title, bulkManner(*work.bulk)) : work.title;
    if (static_cast<ActivityColumn>(column) == ActivityColumn::Started)
        return formatTimeExactly(work.startedAt, timeStyle());
    if (static_cast<ActivityColumn>(column) == ActivityColumn::State && work.bulk && work.isOver)
        return bulkResult(*work.bulk);
    if (static_cast<ActivityColumn>(column) == ActivityColumn::Failed && work.bulk
        && work.failed > 0)
        return tr("%1 failed again").arg(formatCount(work.failed));
    if (static_cast<ActivityColumn>(column) == ActivityColumn::Failed
        || static_cast<ActivityColumn>(column) == ActivityColumn::State)
        return work.problem;
    return {};
}

QString ActivityModel::spoken(int row, int column) const
{
    const Row &work = at(row);
    if (static_cast<ActivityColumn>(column) != ActivityColumn::What)
        return {};
    const Cell state = stateCell(work);
    const QString words =
        state.second.isEmpty() ? state.text : tr("%1: %2").arg(state.text, state.second);
    return tr("%1, %2, %3 of %4")
        .arg(work.title, words, formatCount(work.done), formatCount(work.total));
}

std::optional<std::chrono::milliseconds>
ActivityModel::timeUntilChange(int row, devserver::TimePoint now) const
{
    return timeStyle() == TimeStyle::Relative ? timeUntilTextChanges(at(row).startedAt, now)
                                              : std::nullopt;
}

} // namespace console

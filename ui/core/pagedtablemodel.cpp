// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/pagedtablemodel.h"

#include "ui/core/frameclock.h"

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;
using devserver::api::PageToken;
using devserver::api::Reply;
using std::chrono::milliseconds;

namespace {

constexpr int rowsAround = 20;
constexpr std::size_t maxRanges = 8;
constexpr milliseconds shortestTick = 1s;
constexpr milliseconds timerSlack = 100ms; ///< Qt's coarse timers are up to 5 % early

struct Range {
    int first;
    int last;
};

/// Neighbours grow together, nearest first, until there are few enough.
std::vector<Range> rangesOf(const std::vector<int> &sorted)
{
    std::vector<Range> ranges;
    for (const int row : sorted) {
        if (!ranges.empty() && row <= ranges.back().last + 1)
            ranges.back().last = row;
        else
            ranges.push_back({row, row});
    }
    while (ranges.size() > maxRanges) {
        auto nearest = ranges.begin();
        for (auto it = ranges.begin(); std::next(it) != ranges.end(); ++it) {
            if (std::next(it)->first - it->last < std::next(nearest)->first - nearest->last)
                nearest = it;
        }
        nearest->last = std::next(nearest)->last;
        ranges.erase(std::next(nearest));
    }
    return ranges;
}

} // namespace

PagedTableModel::PagedTableModel(devserver::api::ConsoleBackend &backend, FrameClock &clock,
                                 std::vector<ColumnSpec> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_backend(backend)
    , m_clock(clock)
    , m_columns(std::move(columns))
{
    m_texts.setSingleShot(true);
    m_leaving.setSingleShot(true);
    connect(&m_texts, &QTimer::timeout, this, &PagedTableModel::refreshTexts);
    connect(&m_leaving, &QTimer::timeout, this, &PagedTableModel::requestFrame);
    // After the feed, which was connected first: its mail is shown in the same frame.
    connect(&clock, &FrameClock::frame, this, [this] {
        if (!m_isLoaded)
            return;
        flush();
        scheduleTexts();
    });
}

PagedTableModel::~PagedTableModel()
{
    if (m_request)
        m_request->cancel();
}

void PagedTableModel::load()
{
    m_hasFailed = false;
    ask(m_isLoaded ? m_next : PageToken());
}

void PagedTableModel::ask(const PageToken &after)
{
    if (m_request)
        m_request->cancel();
    Reply *reply = askPage(after, pageSize);
    m_request = reply;
    const int generation = ++m_generation;
    connect(reply, &Reply::finished, this,
            [this, generation](const devserver::api::Answer &answer) {
                if (generation != m_generation)
                    return;
                // Still asking meanwhile: a view asks for more as soon as it sees rows.
                m_next = takePage(answer);
                m_request = nullptr;
                if (!std::exchange(m_isLoaded, true)) {
                    flush();
                    Q_EMIT loaded();
                }
                scheduleTexts();
                Q_EMIT askingChanged();
            });
    connect(reply, &Reply::failed, this, [this, generation](const devserver::Error &error) {
        if (generation != m_generation)
            return;
        m_request = nullptr;
        m_hasFailed = true;
        Q_EMIT askingChanged();
        Q_EMIT failed(error);
    });
    Q_EMIT askingChanged();
}

int PagedTableModel::columnOf(QByteArrayView id) const
{
    const auto found = std::find_if(m_columns.begin(), m_columns.end(),
                                    [&](const ColumnSpec &column) { return column.id == id; });
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

void PagedTableModel::hold()
{
    ++m_holds;
}

void PagedTableModel::release()
{
    Q_ASSERT(m_holds > 0);
    if (--m_holds == 0)
        requestFrame();
}

void PagedTableModel::setVisibleRows(int first, int last)
{
    m_firstVisible = first;
    m_lastVisible = last;
    scheduleTexts();
}

int PagedTableModel::lastRowInUse() const
{
    const int last = std::max(m_lastVisible, m_lastChosen ? m_lastChosen() : -1);
    return std::min(last, rowCount() - 1);
}

void PagedTableModel::setTimeStyle(TimeStyle style)
{
    if (m_timeStyle == style)
        return;
    m_timeStyle = style;
    const int last = std::min(m_lastVisible, rowCount() - 1);
    if (m_firstVisible <= last)
        Q_EMIT dataChanged(index(m_firstVisible, 0), index(last, columnCount() - 1),
                           {Qt::DisplayRole, CellDataRole});
    scheduleTexts();
}

int PagedTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant PagedTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return column.title;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((column.isRight ? Qt::AlignRight : Qt::AlignLeft)
                                   | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant PagedTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int row = index.row();
    const int column = index.column();
    const auto shown = [&] {
        const Cell made = cell(row, column);
        return made.second.isEmpty() ? made.text : QString(made.text + u' ' + made.second);
    };
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(cell(row, column));
    case Qt::DisplayRole:
        return shown();
    case Qt::ToolTipRole: {
        const QString tip = toolTip(row, column);
        return tip.isEmpty() ? QVariant() : QVariant(tip);
    }
    case Qt::AccessibleTextRole: {
        const QString words = spoken(row, column);
        return words.isEmpty() ? shown() : words;
    }
    case RowIdRole:
        return idAt(row);
    case RowDimmedRole:
        return isLeaving(row);
    case FilterTermRole:
        return filterTerm(row, column);
    case CopyTextRole: {
        const QString text = copyText(row, column);
        return text.isEmpty() ? shown() : text;
    }
    default:
        return {};
    }
}

bool PagedTableModel::canFetchMore(const QModelIndex &parent) const
{
    // Not while one is under way, or the view asks in a loop; not after a failure, for the same;
    // nor for what is just being let go.
    return !parent.isValid() && m_isLoaded && !m_hasFailed && m_request.isNull() && hasMore()
           && !m_isLettingEndGo && rowCount() < maxRows;
}

void PagedTableModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        ask(m_next);
}

void PagedTableModel::requestFrame()
{
    m_clock.request();
}

void PagedTableModel::requestFrameIn(milliseconds delay)
{
    const milliseconds wait = std::max(delay, 1ms);
    if (!m_leaving.isActive() || m_leaving.remainingTimeAsDuration() > wait)
        m_leaving.start(wait);
}

void PagedTableModel::announceChanged(std::vector<int> rows)
{
    std::erase_if(rows, [this](int row) {
        return row < m_firstVisible - rowsAround || row > m_lastVisible + rowsAround;
    });
    std::sort(rows.begin(), rows.end());
    for (const Range &range : rangesOf(rows)) {
        Q_EMIT dataChanged(index(range.first, 0), index(range.last, columnCount() - 1),
                           {Qt::DisplayRole, CellDataRole, RowDimmedRole});
    }
    if (!rows.empty())
        Q_EMIT rowsChanged();
}

void PagedTableModel::setUnseen(int count, bool mayHaveMissed)
{
    if (m_unseenCount == count && m_mayHaveMissed == mayHaveMissed)
        return;
    m_unseenCount = count;
    m_mayHaveMissed = mayHaveMissed;
    Q_EMIT unseenCountChanged(count);
}

void PagedTableModel::scheduleTexts()
{
    std::optional<milliseconds> soonest;
    const int last = std::min(m_lastVisible, rowCount() - 1);
    for (int row = std::max(m_firstVisible, 0); row <= last; ++row) {
        if (const std::optional<milliseconds> change = timeUntilChange(row, now()))
            soonest = soonest ? std::min(*soonest, *change) : *change;
    }
    if (!soonest) {
        m_texts.stop();
        return;
    }
    // A tick under way is not put off: in a busy list each frame comes here.
    const milliseconds wait = std::max(*soonest, shortestTick);
    if (!m_texts.isActive() || m_texts.remainingTimeAsDuration() > wait)
        m_texts.start(wait);
}

/// Cell by cell: a view paints all it shows for anything larger, every second.
void PagedTableModel::refreshTexts()
{
    const TimePoint before = std::exchange(m_refreshedAt, now());
    const int last = std::min(m_lastVisible, rowCount() - 1);
    for (int row = std::max(m_firstVisible, 0); row <= last; ++row) {
        for (const int column : columnsReadOtherwise(row, before)) {
            const QModelIndex changed = index(row, column);
            Q_EMIT dataChanged(changed, changed, {Qt::DisplayRole, CellDataRole});
        }
    }
    scheduleTexts();
}

std::vector<int> PagedTableModel::columnsReadOtherwise(int row, TimePoint before)
{
    std::vector<int> columns;
    const TimePoint at = now();
    m_writtenFor = before;
    const std::optional<milliseconds> change = timeUntilChange(row, before);
    const bool isDue = at < before || (change && *change <= at - before + timerSlack);
    for (int column = 0; isDue && column < columnCount(); ++column) {
        m_writtenFor = before;
        const Cell old = cell(row, column);
        m_writtenFor = at;
        const Cell fresh = cell(row, column);
        if (old.text != fresh.text || old.second != fresh.second)
            columns.push_back(column);
    }
    m_writtenFor.reset();
    return columns;
}

} // namespace console

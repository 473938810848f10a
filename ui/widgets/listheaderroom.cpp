// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Which columns of a ListHeader have room.
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractScrollArea>
#include <QFontMetrics>
#include <QScrollBar>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace console {

namespace {

constexpr int nameChars = 28;         // of a name that is read whole
constexpr int toldChars = 10;         // of a message behind its class
constexpr std::size_t fewColumns = 4; // of which none goes for a message

} // namespace

/// What decides whether there is room for \a column at all: what is read whole keeps room to grow,
/// or others would come and go with its texts.
int ListHeader::reservedFor(int column) const
{
    if (m_chosen.contains(column) && !m_squeezed.contains(column))
        return widthOf(column);
    const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
    const int usual = spec.leastChars * fontMetrics().averageCharWidth() + 2 * RowDelegate::padding;
    return isReadWhole(column) ? std::max(leastWidthOf(column), usual) : leastWidthOf(column);
}

/// Where the sign of hidden columns stands, beside the last title, in so much \a width.
int ListHeader::signLack(int last, int width, std::size_t hidden) const
{
    const ColumnSpec &spec = m_columns[static_cast<std::size_t>(last)];
    const int sign = signWidth(shortSign(static_cast<qsizetype>(hidden)));
    if (spec.isRight) // its cells keep off it, too
        return sign - RowDelegate::padding;
    const int need = titleWidth(spec) + RowDelegate::padding + sign;
    return std::max(0, need - width);
}

/// The same, but a name, a class or a time in it is read whole.
int ListHeader::namedFor(int column) const
{
    const int most = nameChars * fontMetrics().averageCharWidth() + 2 * RowDelegate::padding;
    const int reserved = reservedFor(column);
    return m_chosen.contains(column) ? reserved
                                     : std::max(reserved, std::min(grownWidths(column).lead, most));
}

/// The same, but some of what stands behind a class is read.
int ListHeader::toldFor(int column) const
{
    const CellWidths grown = grownWidths(column);
    const int reserved = reservedFor(column);
    const int told = grown.lead + toldChars * fontMetrics().averageCharWidth();
    return m_chosen.contains(column) ? reserved : std::max(reserved, std::min(grown.whole, told));
}

/// Those that stand there by default give way by rank, as if they were alone: what somebody ticks
/// is shown, and pushes nothing out. An id gives way before a name is cut; and where other columns
/// give way, one more does before nothing is read of a message.
std::set<int> ListHeader::withoutRoom(const std::vector<int> &wanted, int room) const
{
    std::vector<int> shown;
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(shown),
                 [this](int column) { return !m_asked.contains(column); });
    const auto rank = [this](int column) {
        return m_columns[static_cast<std::size_t>(column)].rank;
    };
    std::set<int> waiting;
    const auto need = [&](const auto &of) {
        const int last = shown.back();
        int total = waiting.empty() ? 0 : signLack(last, leastWidthOf(last), waiting.size());
        for (const int column : shown)
            total += of(column);
        return total;
    };
    const auto isId = [this](int column) {
        return m_columns[static_cast<std::size_t>(column)].isId && !m_chosen.contains(column);
    };
    if (shown.empty())
        return waiting; // somebody asked for each
    const bool hasOthers = !std::all_of(shown.begin(), shown.end(), isId);
    if (hasOthers && need([this](int column) { return namedFor(column); }) > room) {
        std::copy_if(shown.begin(), shown.end(), std::inserter(waiting, waiting.end()), isId);
        std::erase_if(shown, isId);
    }
    // The widest one has what people read; unless it is said elsewhere, too.
    const auto kept = [&] { return rank(widestColumn(shown)) < 0 ? -1 : widestColumn(shown); };
    const auto giveWay = [&] {
        const auto first = std::min_element(shown.rbegin(), shown.rend(), [&](int a, int b) {
            return a != kept() && (b == kept() || rank(a) < rank(b));
        });
        waiting.insert(*first);
        shown.erase(std::next(first).base());
    };
    const std::size_t named = shown.size();
    while (shown.size() > 2 && need([this](int column) { return reservedFor(column); }) > room)
        giveWay();
    const auto told = [&](int column) {
        return column == kept() ? toldFor(column) : reservedFor(column);
    };
    while (shown.size() < named && shown.size() > fewColumns && need(told) > room)
        giveWay();
    return waiting;
}

void ListHeader::fillWidth()
{
    m_isCutLive = false;
    const std::vector<int> wanted = wantedColumns();
    m_squeezed.clear();
    if (!wanted.empty())
        m_waiting = withoutRoom(wanted, room());
    // A width that somebody chose gives way before its column does.
    std::copy_if(m_waiting.begin(), m_waiting.end(), std::inserter(m_squeezed, m_squeezed.end()),
                 [this](int column) { return m_chosen.contains(column); });
    if (!m_squeezed.empty())
        m_waiting = withoutRoom(wanted, room());
    shareWidth(wanted);
}

/// Among the columns that are there: none comes or goes while one reads. Where that is too little,
/// the end of the longest text that should not be is cut until nobody does.
void ListHeader::fillWidthLive()
{
    const std::vector<int> wanted = wantedColumns();
    const auto lack = [&] {
        int least = -room();
        for (const int column : wanted)
            least += m_waiting.contains(column) ? 0 : leastWidthOf(column);
        return least;
    };
    const int lacking = lack();
    m_isCutLive = lacking > 0;
    if (m_isCutLive) {
        const auto rank = [this](const auto &grown) { // what is hidden has nothing to give
            return std::tuple(!isSectionHidden(grown.first), isReadWhole(grown.first),
                              grown.second.whole);
        };
        const auto widest =
            std::max_element(m_grown.begin(), m_grown.end(),
                             [&rank](const auto &a, const auto &b) { return rank(a) < rank(b); });
        if (widest == m_grown.end())
            return;
        widest->second.whole -= lacking;
        if (lack() > 0) {
            widest->second.whole += lacking;
            return;
        }
    }
    shareWidth(wanted);
}

void ListHeader::shareWidth(std::vector<int> shown)
{
    m_sharedRoom = room();
    if (m_columns.empty() || shown.empty())
        return;
    std::erase_if(shown, [this](int column) { return m_waiting.contains(column); });
    m_isOwnResize = true;
    for (const int column : m_waiting)
        setSectionHidden(column, true);
    for (const int column : shown)
        setSectionHidden(column, false);
    share(shown, m_sharedRoom);
    m_isOwnResize = false;
    m_isRoomEnough = length() <= m_sharedRoom;
    stretchLast();
    showSign();
}

int ListHeader::room() const
{
    const auto *view = qobject_cast<const QAbstractScrollArea *>(parentWidget());
    if (view == nullptr || view->verticalScrollBarPolicy() == Qt::ScrollBarAlwaysOff)
        return viewport()->width();
    return view->contentsRect().width() - view->verticalScrollBar()->sizeHint().width();
}

bool ListHeader::hasOtherRoom() const
{
    return room() != m_sharedRoom;
}

/// Over the place of a scroll bar that is not there.
bool ListHeader::stretchLast()
{
    const int last = lastShown();
    if (last < 0 || (!m_isRoomEnough && length() >= viewport()->width()))
        return false;
    m_isOwnResize = true;
    resizeSection(last, sectionSize(last) + viewport()->width() - length());
    m_isOwnResize = false;
    return true;
}

} // namespace console

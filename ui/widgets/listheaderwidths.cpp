// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// How the columns of a ListHeader share the width.
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemView>
#include <QFontMetrics>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int shortChars = 10;     // columns that are not shrunk
constexpr int mostLeastChars = 20; // more than that no column needs to be of use
constexpr int steadyPercent = 21;  // of the room that a column of one width takes at most
constexpr int shortPercent = 10;   // of a short one

int usualMost(const ColumnSpec &spec, const QFontMetrics &metrics)
{
    return spec.mostChars * metrics.averageCharWidth() + 2 * RowDelegate::padding;
}

int sumOf(const std::map<int, int> &widths)
{
    return std::accumulate(widths.begin(), widths.end(), 0,
                           [](int sum, const auto &each) { return sum + each.second; });
}

} // namespace

int ListHeader::widthOf(int column) const
{
    if (const auto chosen = m_chosen.find(column); chosen != m_chosen.end())
        return chosen->second;
    if (isSteady(column))
        return steadyWidthOf(column);
    const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
    const int usual = std::max(titleWidth(spec), spec.chars * fontMetrics().averageCharWidth())
                      + 2 * RowDelegate::padding;
    return std::max(usual, grownWidths(column).whole);
}

/// In the font of the cells.
void ListHeader::measureSteady()
{
    m_steady.clear();
    const QFont cellFont = parentWidget()->font();
    for (int column = 0; column < static_cast<int>(m_columns.size()); ++column) {
        const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
        if (spec.usualCells.empty())
            continue;
        int least = titleWidth(spec) + 2 * RowDelegate::padding;
        for (const Cell &cell : spec.leastCells)
            least = std::max(least, RowDelegate::widthsOf(cellFont, cell).whole);
        std::vector<int> &widths = m_steady[column] = {least};
        for (const Cell &cell : spec.usualCells)
            widths.push_back(std::max(least, RowDelegate::widthsOf(cellFont, cell).whole));
        std::sort(widths.begin(), widths.end());
    }
}

/// By the room alone. What the texts in sight lack is said in their shorter form; with what lies
/// between two of the forms nobody could read more.
int ListHeader::steadyWidthOf(int column) const
{
    const std::vector<int> &widths = m_steady.at(column);
    const bool isShort = m_columns[static_cast<std::size_t>(column)].chars <= shortChars;
    const int most = room() * (isShort ? shortPercent : steadyPercent) / 100;
    const auto wider = std::upper_bound(widths.begin(), widths.end(), most);
    return wider == widths.begin() ? widths.front() : *std::prev(wider);
}

int ListHeader::titleWidth(const ColumnSpec &spec) const
{
    QFont bolder = font(); // as titles are painted
    bolder.setWeight(QFont::Medium);
    return QFontMetrics(bolder).horizontalAdvance(spec.title) + 1;
}

CellWidths ListHeader::grownWidths(int column) const
{
    const auto grown = m_grown.find(column);
    return grown == m_grown.end() ? CellWidths() : grown->second;
}

std::vector<int> ListHeader::growingColumns(Growth growth) const
{
    std::vector<int> columns;
    for (int column = 0; column < static_cast<int>(m_columns.size()); ++column) {
        const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
        if (spec.mostChars == 0 || !isWanted(column))
            continue;
        const bool canGrow = grownWidths(column).whole < mostWidthOf(column);
        const bool isLive = canGrow && (spec.growsLive || spec.hasSecondsOfAll);
        const bool isSettled = canGrow && spec.hasSecondsOfAll && hasRoomForSeconds(column);
        if (growth == Growth::All || (growth == Growth::Live && isLive)
            || (growth == Growth::Settled && isSettled))
            columns.push_back(column);
    }
    return columns;
}

int ListHeader::measuredChars(int column) const
{
    return 2 * m_columns[static_cast<std::size_t>(column)].mostChars;
}

ListHeader::Widest ListHeader::widestOf(const std::vector<int> &columns,
                                        std::pair<int, int> rows) const
{
    Widest widest;
    const int end = model() == nullptr ? 0 : std::min(model()->rowCount(), rows.second + 1);
    for (const int column : columns) {
        CellWidths &here = widest[column];
        for (int row = rows.first; row < end; ++row) {
            const CellWidths cell = RowDelegate::widthsOf(
                parentWidget()->font(), model()->index(row, column), measuredChars(column));
            here.lead = std::max(here.lead, cell.lead);
            here.whole = std::max(here.whole, cell.whole);
        }
    }
    return widest;
}

/// In a font whose letters are wider than its average says, what is read whole may need more. It
/// has that where there is room.
int ListHeader::mostWidthOf(int column) const
{
    const int usual = usualMost(m_columns[static_cast<std::size_t>(column)], fontMetrics());
    return isReadWhole(column) ? usual * 4 / 3 : usual;
}

CellWidths ListHeader::boundedWidths(int column, const CellWidths &widest) const
{
    const int most = mostWidthOf(column);
    return {.lead = std::min(widest.lead, most), .whole = std::min(widest.whole, most)};
}

bool ListHeader::note(int column, const CellWidths &widest)
{
    const CellWidths here = boundedWidths(column, widest);
    const auto growTo = [&here](CellWidths *widths) {
        const CellWidths before = *widths;
        *widths = {.lead = std::max(before.lead, here.lead),
                   .whole = std::max(before.whole, here.whole)};
        return widths->lead != before.lead || widths->whole != before.whole;
    };
    return growTo(&m_grown[column]);
}

void ListHeader::shareRoom(const Widest &widest)
{
    for (const auto &[column, width] : widest) {
        m_grown.erase(column);
        note(column, width);
    }
    shareMore({});
}

void ListHeader::shareMore(const Widest &widest)
{
    for (const auto &[column, width] : widest)
        note(column, width);
    fillWidth();
    if (auto *view = qobject_cast<QAbstractItemView *>(parentWidget()))
        view->viewport()->update(); // what stood behind the texts may have no room any more
}

void ListHeader::growLive(const Widest &widest)
{
    bool hasMore = false;
    bool hasRoom = true;
    for (const auto &[column, width] : widest) {
        if (!note(column, width))
            continue;
        hasMore = true;
        if (m_columns[static_cast<std::size_t>(column)].growsLive)
            hasRoom = widen(column) && hasRoom;
    }
    if (!hasRoom)
        fillWidthLive();
    auto *view = qobject_cast<QAbstractItemView *>(parentWidget());
    if (hasMore && view != nullptr)
        view->viewport()->update();
}

void ListHeader::growUnread(const Widest &widest)
{
    bool isCut = m_isCutLive;
    bool hasMore = false;
    for (const auto &[column, width] : widest) {
        if (!note(column, width))
            continue;
        hasMore = true;
        isCut = isCut || lackOf(column, sectionSize(column), &CellWidths::whole) > 0;
    }
    if (isCut)
        fillWidth();
    auto *view = qobject_cast<QAbstractItemView *>(parentWidget());
    if (hasMore && view != nullptr)
        view->viewport()->update();
}

/// Out of the column that has what is left. Nobody else gives anything.
bool ListHeader::widen(int column)
{
    std::vector<int> shown = wantedColumns();
    std::erase_if(shown, [this](int each) { return isSectionHidden(each); });
    const int fill = fillColumn(shown);
    const int need = lackOf(column, sectionSize(column), &CellWidths::whole);
    if (need <= 0)
        return true;
    const int bar = fill == lastShown() ? viewport()->width() - m_sharedRoom : 0; // may come
    if (fill == column || sectionSize(fill) - bar - need < leastWidthOf(fill))
        return false;
    m_isOwnResize = true;
    resizeSection(fill, sectionSize(fill) - need);
    resizeSection(column, sectionSize(column) + need);
    m_isOwnResize = false;
    showSign();
    return true;
}

bool ListHeader::hasRoomForSeconds(int column) const
{
    return !m_columns[static_cast<std::size_t>(column)].hasSecondsOfAll
           || sectionSize(column) >= grownWidths(column).whole;
}

void ListHeader::forgetGrowth()
{
    m_grown.clear();
    measureSteady();
    fillWidth();
}

/// Of text columns a part of the text is enough; numbers and times are not cut. What is read whole
/// needs what the texts do that were measured; not much less than is usual, so that it seldom has
/// to grow, and later texts have their room.
int ListHeader::leastWidthOf(int of) const
{
    if (m_chosen.contains(of) && !m_squeezed.contains(of))
        return widthOf(of);
    if (isSteady(of))
        return steadyWidthOf(of);
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(of)];
    const bool isShort = column.chars <= shortChars;
    const int grown = isReadWhole(of) ? grownWidths(of).whole : 0;
    const int part = grown > 0               ? column.chars * 6 / 10
                     : column.leastChars > 0 ? column.leastChars
                     : isShort               ? column.chars
                                             : std::min(column.chars, mostLeastChars) * 6 / 10;
    const int usual = std::max(titleWidth(column), part * fontMetrics().averageCharWidth())
                      + 2 * RowDelegate::padding;
    return std::max(usual, grown);
}

/// However scarce room is, if it was measured: what comes when a list is settled may be cut.
bool ListHeader::isReadWhole(int of) const
{
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(of)];
    return column.leastChars >= column.chars;
}

/// The least width, or less of texts that are known to be short. Where there is none, the first one
/// may come with the next row: of an error nothing could be read.
int ListHeader::bareWidthOf(int column) const
{
    const int least = leastWidthOf(column);
    const int grown = grownWidths(column).whole;
    if (grown <= 2 * RowDelegate::padding + 1 || isReadWhole(column) || m_chosen.contains(column))
        return least;
    const int title = titleWidth(m_columns[static_cast<std::size_t>(column)]);
    return std::min(least, std::max(grown, title + 2 * RowDelegate::padding));
}

/// Pixels that are missing in so much \a width; 0 in a width that somebody chose.
int ListHeader::lackOf(int column, int width, int CellWidths::*kind) const
{
    if (isSectionHidden(column) || m_chosen.contains(column))
        return 0;
    // Of what is read whole, what stands behind the text belongs to it.
    const CellWidths grown = grownWidths(column);
    return std::max(0, (isReadWhole(column) ? grown.whole : grown.*kind) - width);
}

/// What says most comes first, of equals what lacks least: as many are whole as can be.
void ListHeader::giveWhatIsCut(int CellWidths::*kind, int *left, std::map<int, int> *widths) const
{
    std::vector<std::tuple<int, int, int>> lacks; // rank, pixels, column
    for (const auto &[column, width] : *widths) {
        if (const int pixels = lackOf(column, width, kind); pixels > 0)
            lacks.emplace_back(-m_columns[static_cast<std::size_t>(column)].rank, pixels, column);
    }
    std::sort(lacks.begin(), lacks.end());
    for (const auto &[rank, pixels, column] : lacks) {
        const int part = std::min(pixels, *left);
        (*widths)[column] += part;
        *left -= part;
    }
}

/// A column that was dragged gets or gives what one to the right of it can do without; the others
/// keep their widths, and none comes or goes. If that is not enough, the view scrolls.
void ListHeader::shareBehind(int dragged)
{
    const std::map<int, int> chosen = m_chosen;
    const int bar = m_isRoomEnough ? viewport()->width() - m_sharedRoom : 0; // behind the last one
    std::vector<int> behind;
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        if (isSectionHidden(column))
            continue;
        m_chosen[column] = sectionSize(column) - (column == lastShown() ? bar : 0);
        const bool isFree = !chosen.contains(column) && !isSteady(column)
                            && m_columns[static_cast<std::size_t>(column)].chars > shortChars;
        if (visual > visualIndex(dragged) && isFree)
            behind.push_back(column);
    }
    if (const int taker = behind.empty() ? lastShown() : widestColumn(behind); taker != dragged)
        m_chosen.erase(taker);
    shareWidth(wantedColumns());
    m_chosen = chosen;
}

int ListHeader::widestColumn(const std::vector<int> &columns) const
{
    const auto chars = [this](int at) { return m_columns[static_cast<std::size_t>(at)].chars; };
    const auto widest = std::max_element(columns.begin(), columns.end(),
                                         [&](int a, int b) { return chars(a) < chars(b); });
    return widest == columns.end() ? -1 : *widest;
}

/// Left to right.
std::vector<int> ListHeader::wantedColumns() const
{
    std::vector<int> columns;
    for (int visual = 0; visual < count(); ++visual) {
        if (isWanted(logicalIndex(visual)))
            columns.push_back(logicalIndex(visual));
    }
    return columns;
}

int ListHeader::lastShown() const
{
    for (int visual = count() - 1; visual >= 0; --visual) {
        if (!isSectionHidden(logicalIndex(visual)))
            return logicalIndex(visual);
    }
    return -1;
}

/// The one that takes what is left: the widest that nobody chose a width for.
int ListHeader::fillColumn(const std::vector<int> &shown) const
{
    std::vector<int> free;
    std::copy_if(shown.begin(), shown.end(), std::back_inserter(free), [this](int column) {
        return !m_chosen.contains(column) && !isSteady(column)
               && m_columns[static_cast<std::size_t>(column)].chars > shortChars;
    });
    return free.empty() ? shown.back() : widestColumn(free);
}

/// Each has the least it can do with. Then names and classes are read whole, before any column has
/// room to spare; what is read whole has its usual room, so that it need not grow; texts are read
/// whole; and all come nearer to their usual widths.
std::map<int, int> ListHeader::sharedWidths(const std::vector<int> &shown, int room) const
{
    std::map<int, int> widths;
    for (const int column : shown)
        widths[column] = bareWidthOf(column);
    int &last = widths[shown.back()];
    const int sign = m_waiting.empty() ? 0 : signLack(shown.back(), last, m_waiting.size());
    const bool isRight = m_columns[static_cast<std::size_t>(shown.back())].isRight;
    last += isRight ? 0 : sign; // else beside the texts, too
    int left = std::max(room - sumOf(widths) - (isRight ? sign : 0), 0);
    giveWhatIsCut(&CellWidths::lead, &left, &widths);
    const auto raise = [&](const auto &aim) { // all by the same part of what they lack
        std::map<int, int> lacks;
        for (const auto &[column, width] : widths)
            lacks[column] = std::max(aim(column) - width, 0);
        const int lacking = sumOf(lacks);
        const int given = std::min(lacking, left);
        for (const auto &[column, lack] : lacks) {
            const int part = lacking == 0 ? 0 : lack * given / lacking;
            widths[column] += part;
            left -= part;
        }
    };
    raise([this](int column) { return isReadWhole(column) ? reservedFor(column) : 0; });
    giveWhatIsCut(&CellWidths::whole, &left, &widths);
    const int fill = fillColumn(shown);
    raise([this, fill](int column) { return column == fill ? 0 : widthOf(column); });
    widths[fill] += left;
    last += isRight ? sign : 0;
    return widths;
}

/// All of \a room; if that is not enough for all of them, the view scrolls, and what was asked for
/// is read whole.
void ListHeader::share(const std::vector<int> &shown, int room)
{
    std::map<int, int> widths;
    for (const int column : shown)
        widths[column] = leastWidthOf(column);
    int &last = widths[shown.back()];
    last += m_waiting.empty() ? 0 : signLack(shown.back(), last, m_waiting.size());
    if (sumOf(widths) <= room) {
        widths = sharedWidths(shown, room);
    } else {
        const int fill = fillColumn(shown);
        for (auto &[column, width] : widths) {
            const int usual = column == fill ? widthOf(fill) / 2 : widthOf(column);
            if (column == fill || m_asked.contains(column))
                width = std::max(width, usual);
        }
    }
    for (const auto &[column, width] : widths)
        resizeSection(column, width);
}

} // namespace console

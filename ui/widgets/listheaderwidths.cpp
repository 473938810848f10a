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

constexpr int arrowRoom = 16;
constexpr int shortChars = 10;     // columns that are not shrunk
constexpr int mostLeastChars = 20; // more than that no column needs to be of use

int usualMost(const ColumnSpec &spec, const QFontMetrics &metrics)
{
    return spec.mostChars * metrics.averageCharWidth() + 2 * RowDelegate::padding;
}

int sumOf(const std::map<int, int> &widths)
{
    return std::accumulate(widths.begin(), widths.end(), 0,
                           [](int sum, const auto &each) { return sum + each.second; });
}

/// All give the same part of what they have more than \a least.
void shrink(std::map<int, int> *widths, const std::map<int, int> &least, int lacking)
{
    const int elastic = sumOf(*widths) - sumOf(least);
    if (lacking <= 0 || elastic <= 0)
        return;
    for (auto &[column, width] : *widths) {
        // Rounded up, so that the sum is never a pixel too wide.
        const int more = width - least.at(column);
        width -= (more * std::min(lacking, elastic) + elastic - 1) / elastic;
    }
}

} // namespace

int ListHeader::widthOf(int column) const
{
    const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
    const int title = titleWidth(spec) + (spec.isSortable ? arrowRoom : 0);
    const int usual =
        std::max(title, spec.chars * fontMetrics().averageCharWidth()) + 2 * RowDelegate::padding;
    return std::max(usual, grownWidths(column).whole);
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

std::vector<int> ListHeader::growingColumns(bool isLive) const
{
    std::vector<int> columns;
    for (int column = 0; column < static_cast<int>(m_columns.size()); ++column) {
        const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
        if (spec.mostChars == 0 || !isWanted(column))
            continue;
        const bool isMeasured = (spec.growsLive || spec.hasSecondsOfAll)
                                && grownWidths(column).whole < mostWidthOf(column);
        if (!isLive || isMeasured)
            columns.push_back(column);
    }
    return columns;
}

int ListHeader::measuredChars(int column) const
{
    return 2 * m_columns[static_cast<std::size_t>(column)].mostChars;
}

ListHeader::Widest ListHeader::widestOf(const std::vector<int> &columns) const
{
    constexpr int mostMeasured = 200; // rows
    Widest widest;
    const int rows = model() == nullptr ? 0 : std::min(model()->rowCount(), mostMeasured);
    for (const int column : columns) {
        CellWidths &here = widest[column];
        for (int row = 0; row < rows; ++row) {
            const CellWidths cell = RowDelegate::widthsOf(
                parentWidget()->font(), model()->index(row, column), measuredChars(column));
            here.lead = std::max(here.lead, cell.lead);
            here.whole = std::max(here.whole, cell.whole);
        }
    }
    return widest;
}

/// In a font whose letters are wider than its average says, what is never cut may need more. It has
/// that where there is room.
int ListHeader::mostWidthOf(int column) const
{
    const int usual = usualMost(m_columns[static_cast<std::size_t>(column)], fontMetrics());
    return isNeverCut(column) ? usual * 4 / 3 : usual;
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
    growTo(&m_lately[column]);
    return growTo(&m_grown[column]);
}

void ListHeader::shareRoom(const Widest &widest)
{
    for (const auto &[column, width] : widest) {
        m_grown.erase(column);
        note(column, width);
    }
    m_kept.clear();
    m_lessSince.reset();
    m_calm.stop();
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
        isCut =
            isCut || (!isSectionHidden(column) && grownWidths(column).whole > sectionSize(column));
    }
    if (giveBack(widest) || isCut)
        fillWidth();
    auto *view = qobject_cast<QAbstractItemView *>(parentWidget());
    if (hasMore && view != nullptr)
        view->viewport()->update();
}

/// Out of the column that has what is left. Nobody else gives anything.
bool ListHeader::widen(int column)
{
    if (!m_hasOwnWidths || isSectionHidden(column))
        return true;
    std::vector<int> shown = wantedColumns();
    std::erase_if(shown, [this](int each) { return isSectionHidden(each); });
    const int fill = widestColumn(shown);
    const int need = grownWidths(column).whole - sectionSize(column);
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
    m_kept.clear();
    m_lessSince.reset();
    fillWidth();
}

/// Of text columns a part of the text is enough; numbers and times are not cut. What is never cut
/// needs what its texts in sight do; not much less than is usual, so that it seldom has to grow.
int ListHeader::leastWidthOf(int of) const
{
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(of)];
    const bool isShort = column.chars <= shortChars;
    const int grown = isNeverCut(of) ? grownWidths(of).whole : 0;
    const int part = grown > 0               ? column.chars * 6 / 10
                     : column.leastChars > 0 ? column.leastChars
                     : isShort               ? column.chars
                                             : std::min(column.chars, mostLeastChars) * 6 / 10;
    const int usual = std::max(titleWidth(column), part * fontMetrics().averageCharWidth())
                      + 2 * RowDelegate::padding;
    return std::max(usual, grown);
}

/// However scarce room is.
bool ListHeader::isNeverCut(int of) const
{
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(of)];
    return column.leastChars >= column.chars;
}

/// Where so wide a text is read whole, up to the usual width.
int ListHeader::readWidthOf(int of, int grown) const
{
    if (isNeverCut(of))
        return std::max(leastWidthOf(of), grown);
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(of)];
    const int usual = column.chars * fontMetrics().averageCharWidth() + 2 * RowDelegate::padding;
    return std::max(leastWidthOf(of), std::min(grown, usual));
}

struct ListHeader::Lack {
    int rank;
    int pixels;
    int column;
};

/// What says most comes first.
std::vector<ListHeader::Lack> ListHeader::lacksOf(const std::map<int, int> &widths,
                                                  int CellWidths::*kind) const
{
    std::vector<Lack> lacks;
    for (const auto &[column, width] : widths) {
        // Of what is never cut, what stands behind the text belongs to it: a time that is waited
        // for.
        const CellWidths grown = grownWidths(column);
        const int pixels =
            readWidthOf(column, isNeverCut(column) ? grown.whole : grown.*kind) - width;
        if (pixels > 0)
            lacks.push_back({.rank = m_columns[static_cast<std::size_t>(column)].rank,
                             .pixels = pixels,
                             .column = column});
    }
    std::sort(lacks.begin(), lacks.end(), [](const Lack &a, const Lack &b) {
        return std::tuple(-a.rank, a.pixels, a.column) < std::tuple(-b.rank, b.pixels, b.column);
    });
    return lacks;
}

/// From columns that are wider than their texts in sight, each as much of its spare as it takes.
/// \returns  pixels: \a need, or 0 if there are not so many.
int ListHeader::takeSpare(int need, std::map<int, int> *widths) const
{
    const auto spareIn = [this](int column, int width) {
        const int grown = grownWidths(column).whole;
        const int title = titleWidth(m_columns[static_cast<std::size_t>(column)]);
        return grown == 0 ? 0
                          : std::max(0, width - std::max(grown, title + 2 * RowDelegate::padding));
    };
    int spare = 0;
    for (const auto &[column, width] : *widths)
        spare += spareIn(column, width);
    if (spare < need)
        return 0;
    int left = need;
    for (auto &[column, width] : *widths) {
        const int part = std::min(left, spareIn(column, width));
        width -= part;
        left -= part;
    }
    return need;
}

/// The least widths; what is in sight is read whole where that pushes no column out, beginning
/// with what says most: first the texts, then what stands behind them.
std::map<int, int> ListHeader::leastWidths(const std::vector<int> &columns, int room) const
{
    std::map<int, int> least;
    for (const int column : columns) {
        least[column] = leastWidthOf(column);
        room -= least[column];
    }
    const bool isTooMuch = room < 0;
    for (int CellWidths::*const kind : {&CellWidths::lead, &CellWidths::whole}) {
        for (const Lack &lack : lacksOf(least, kind)) {
            if (lack.pixels > room && kind == &CellWidths::lead && !isTooMuch)
                room += takeSpare(lack.pixels - room, &least);
            if (lack.pixels > room)
                continue;
            least[lack.column] += lack.pixels;
            room -= lack.pixels;
        }
    }
    return least;
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

/// What \a column needs for its texts in sight, or as many as are usual, and for its title.
int ListHeader::neededBy(int column) const
{
    const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
    const int grown = grownWidths(column).whole;
    const int usual = grown > 0 ? 0 : spec.chars * fontMetrics().averageCharWidth();
    const int title = titleWidth(spec) + (column == m_sortColumn ? arrowRoom : 0);
    return std::max(
        {grown, std::max(usual, title) + 2 * RowDelegate::padding, leastWidthOf(column)});
}

/// Pixels of \a column that its texts in sight do without.
int ListHeader::spareOf(int column, int width) const
{
    return std::max(0, width - neededBy(column));
}

/// A column whose texts are all read whole has no use for more, beside one whose texts are cut.
/// \returns  pixels for \a fill, taken from the others.
int ListHeader::lendSpare(int fill, int left, std::map<int, int> *others) const
{
    const int lacking = grownWidths(fill).whole - left;
    int spare = 0;
    for (const auto &[column, width] : *others)
        spare += spareOf(column, width);
    if (lacking <= 0 || spare == 0)
        return 0;
    int lent = 0;
    for (auto &[column, width] : *others) {
        const int part = spareOf(column, width) * std::min(lacking, spare) / spare;
        width -= part;
        lent += part;
    }
    return lent;
}

/// All of \a room; if that is not enough for all of them, the view scrolls.
void ListHeader::share(const std::vector<int> &shown, int room)
{
    const int fill = widestColumn(shown);
    const int sign = m_waiting.empty() ? 0 : signLack(shown.back(), m_waiting.size());
    std::map<int, int> floors = leastWidths(shown, room - sign);
    floors[shown.back()] += sign;
    const bool isTooMuch = sumOf(floors) > room;
    std::map<int, int> widths;
    std::map<int, int> needs;
    for (const int column : shown) {
        const int floor = floors.at(column);
        // One scrolls anyway then: what was asked for is read whole.
        const int usual = isTooMuch && !m_asked.contains(column) ? 0 : widthOf(column);
        widths[column] = std::max(floor, column == fill ? widthOf(fill) / 2 : usual);
        needs[column] = std::max(floor, widths[column] - spareOf(column, widths[column]));
    }
    if (!isTooMuch) { // no text is cut beside room that nobody needs
        for (const std::map<int, int> *least : {&std::as_const(needs), &std::as_const(floors)})
            shrink(&widths, *least, sumOf(widths) - room);
    }
    const int wanted = widths.at(fill);
    widths.erase(fill);
    int left = room - sumOf(widths);
    if (!isTooMuch)
        left += lendSpare(fill, left, &widths);
    for (const auto &[column, width] : widths)
        resizeSection(column, width);
    resizeSection(fill, std::max(left, isTooMuch ? wanted : floors.at(fill)));
}

} // namespace console

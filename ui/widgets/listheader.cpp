// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/listheader.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/rowdelegate.h"

#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int arrowSize = 12;
constexpr int usualHeight = 28;
constexpr int narrowest = 32;
constexpr int shortChars = 10;     // columns that are not shrunk
constexpr int mostLeastChars = 20; // more than that no column needs to be of use

} // namespace

ListHeader::ListHeader(Context &context, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_context(context)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setMinimumSectionSize(narrowest);
    setTextElideMode(Qt::ElideRight);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Columns"));
    connect(this, &QHeaderView::sectionClicked, this, &ListHeader::clickSection);
    connect(this, &QHeaderView::sectionResized, this, [this] {
        if (!m_isOwnResize)
            m_hasOwnWidths = false;
    });
    connect(&context.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

QSize ListHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), std::max(usualHeight, fontMetrics().height() + 10)};
}

int ListHeader::widthOf(int column) const
{
    const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
    const int title = titleWidth(spec) + (spec.isSortable ? arrowSize + 4 : 0);
    const int usual =
        std::max(title, spec.chars * fontMetrics().averageCharWidth()) + 2 * RowDelegate::padding;
    return std::max(usual, grownWidth(column));
}

int ListHeader::titleWidth(const ColumnSpec &spec) const
{
    QFont bolder = font(); // as titles are painted
    bolder.setWeight(QFont::Medium);
    return QFontMetrics(bolder).horizontalAdvance(spec.title) + 1;
}

int ListHeader::grownWidth(int column) const
{
    const auto grown = m_grown.find(column);
    return grown == m_grown.end() ? 0 : grown->second;
}

std::vector<int> ListHeader::growingColumns() const
{
    std::vector<int> columns;
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        if (m_columns[column].mostChars > 0 && isWanted(static_cast<int>(column)))
            columns.push_back(static_cast<int>(column));
    }
    return columns;
}

void ListHeader::growTo(int column, int width)
{
    const int most =
        m_columns[static_cast<std::size_t>(column)].mostChars * fontMetrics().averageCharWidth()
        + 2 * RowDelegate::padding;
    const int wanted = std::min(width, most);
    if (wanted <= grownWidth(column))
        return;
    m_grown[column] = wanted;
    fillWidth();
}

void ListHeader::forgetGrowth()
{
    m_grown.clear();
    fillWidth();
}

void ListHeader::setColumns(const std::vector<ColumnSpec> &columns)
{
    const bool isFirst = m_columns.empty();
    const bool isOther = columns != m_columns;
    m_columns = columns;
    m_grown.clear();
    if (!isFirst && isOther)
        fillWidth();
    if (!isFirst)
        return;
    resetColumns();
    if (!m_saved.isEmpty())
        restoreColumns(m_saved);
}

void ListHeader::resetColumns()
{
    m_isOwnResize = true;
    for (int column = 0; column < std::min(count(), static_cast<int>(m_columns.size())); ++column) {
        const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
        moveSection(visualIndex(column), column);
        setSectionHidden(column, !spec.isShown);
        resizeSection(column, widthOf(column));
    }
    m_waiting.clear();
    m_isOwnResize = false;
    m_hasOwnWidths = true;
    fillWidth();
    Q_EMIT columnsChosen();
}

/// Of text columns a part of the text is enough; numbers and times are not cut.
int ListHeader::leastWidthOf(int of) const
{
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(of)];
    const bool isShort = column.chars <= shortChars;
    const int part = column.leastChars > 0 ? column.leastChars
                     : isShort             ? column.chars
                                           : std::min(column.chars, mostLeastChars) * 6 / 10;
    const int usual = std::max(titleWidth(column), part * fontMetrics().averageCharWidth())
                      + 2 * RowDelegate::padding;
    const bool isWhole = column.leastChars >= column.chars; // however scarce room is
    return isWhole ? std::max(usual, grownWidth(of)) : usual;
}

/// Where what is in sight is read whole, up to the usual width.
int ListHeader::wholeWidthOf(int of) const
{
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(of)];
    const int usual = column.chars * fontMetrics().averageCharWidth() + 2 * RowDelegate::padding;
    return std::max(leastWidthOf(of), std::min(grownWidth(of), usual));
}

/// The least widths; what is in sight is read whole where that pushes no column out, beginning
/// with those that need little for it.
std::map<int, int> ListHeader::leastWidths(const std::vector<int> &columns, int room) const
{
    std::map<int, int> least;
    std::vector<std::pair<int, int>> lacks; // pixels, column
    for (const int column : columns) {
        least[column] = leastWidthOf(column);
        room -= least[column];
        lacks.emplace_back(wholeWidthOf(column) - least[column], column);
    }
    std::sort(lacks.begin(), lacks.end());
    for (const auto &[lack, column] : lacks) {
        if (lack > room)
            break;
        least[column] += lack;
        room -= lack;
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

/// Widths that people chose stay as they are.
void ListHeader::showThoseThatFit()
{
    m_isOwnResize = true;
    for (auto waiting = m_waiting.begin(); waiting != m_waiting.end();) {
        const int width = widthOf(*waiting);
        if (length() + width > viewport()->width())
            break;
        setSectionHidden(*waiting, false);
        resizeSection(*waiting, width);
        waiting = m_waiting.erase(waiting);
    }
    m_isOwnResize = false;
}

void ListHeader::fillWidth()
{
    if (!m_hasOwnWidths || m_columns.empty()) {
        showThoseThatFit();
        return;
    }
    const auto rank = [this](int column) {
        return m_columns[static_cast<std::size_t>(column)].rank;
    };
    std::vector<int> shown = wantedColumns();
    const int fill = widestColumn(shown);
    if (fill < 0)
        return;
    const int room = viewport()->width();
    const auto sum = [&](auto width) {
        int total = 0;
        for (const int column : shown)
            total += width(column);
        return total;
    };
    const auto least = [&](int column) { return leastWidthOf(column); };
    const auto wanted = [&](int column) {
        return column == fill ? std::max(least(fill), widthOf(fill) / 2) : widthOf(column);
    };
    std::set<int> waiting;
    while (sum(least) > room && shown.size() > 2) {
        const auto first = std::min_element(shown.rbegin(), shown.rend(), [&](int a, int b) {
            return a != fill && (b == fill || rank(a) < rank(b));
        });
        waiting.insert(*first);
        shown.erase(std::next(first).base());
    }
    const std::map<int, int> floors = leastWidths(shown, room);
    const auto floor = [&](int column) { return floors.at(column); };
    const int lacking = std::max(0, sum(wanted) - room);
    const int elastic = std::max(1, sum(wanted) - sum(floor));
    m_isOwnResize = true;
    for (const int column : waiting)
        setSectionHidden(column, true);
    int others = 0;
    for (const int column : shown) {
        setSectionHidden(column, false);
        // Rounded up, so that the sum is never a pixel too wide.
        const int share = (wanted(column) - floor(column)) * std::min(lacking, elastic);
        const int give = (share + elastic - 1) / elastic;
        if (column != fill) {
            resizeSection(column, wanted(column) - give);
            others += sectionSize(column);
        }
    }
    resizeSection(fill, std::max(room - others, least(fill)));
    m_waiting = std::move(waiting);
    m_isOwnResize = false;
}

void ListHeader::fitColumns()
{
    m_hasOwnWidths = true;
    fillWidth();
}

bool ListHeader::isWanted(int column) const
{
    return !isSectionHidden(column) || m_waiting.contains(column);
}

void ListHeader::setWanted(int column, bool isWanted)
{
    m_waiting.erase(column);
    m_isOwnResize = true; // Qt tells of it as a change of width
    setSectionHidden(column, !isWanted);
    m_isOwnResize = false;
    fillWidth();
    Q_EMIT columnsChosen();
}

void ListHeader::setSort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    viewport()->update();
}

void ListHeader::clickSection(int section)
{
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(section)];
    if (!column.isSortable)
        return;
    const Qt::SortOrder first = column.isAscendingFirst ? Qt::AscendingOrder : Qt::DescendingOrder;
    if (section != m_sortColumn) {
        Q_EMIT sortRequested(section, first);
    } else if (m_sortOrder == first) {
        Q_EMIT sortRequested(section, first == Qt::AscendingOrder ? Qt::DescendingOrder
                                                                  : Qt::AscendingOrder);
    } else {
        Q_EMIT sortCleared();
    }
}

QByteArray ListHeader::saveColumns() const
{
    if (m_columns.empty())
        return m_saved;
    QJsonArray columns;
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        QJsonObject saved;
        saved.insert("id"_L1, QString::fromLatin1(m_columns[static_cast<std::size_t>(column)].id));
        saved.insert("shown"_L1, isWanted(column));
        if (!m_hasOwnWidths && !isSectionHidden(column))
            saved.insert("width"_L1, sectionSize(column));
        columns.append(saved);
    }
    return QJsonDocument(columns).toJson(QJsonDocument::Compact);
}

void ListHeader::restoreColumns(const QByteArray &state)
{
    m_saved = state;
    const QJsonArray columns = QJsonDocument::fromJson(state).array();
    int visual = 0;
    m_isOwnResize = true;
    m_waiting.clear();
    for (const QJsonValue &value : columns) {
        const QByteArray id = value["id"_L1].toString().toLatin1();
        const auto known =
            std::find_if(m_columns.begin(), m_columns.end(),
                         [&id](const ColumnSpec &column) { return column.id == id; });
        if (known == m_columns.end())
            continue;
        const auto column = static_cast<int>(known - m_columns.begin());
        moveSection(visualIndex(column), visual++);
        setSectionHidden(column, !value["shown"_L1].toBool(true));
        if (const int width = value["width"_L1].toInt(); width >= narrowest) {
            resizeSection(column, width);
            m_hasOwnWidths = false;
        }
    }
    m_isOwnResize = false;
    fillWidth();
    Q_EMIT columnsChosen();
}

QMenu *ListHeader::columnMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setObjectName(u"columnMenu"_s);
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        QAction *action = menu->addAction(m_columns[static_cast<std::size_t>(column)].title);
        action->setCheckable(true);
        action->setChecked(isWanted(column));
        // The last one stays, or there is no header left to right-click on.
        action->setEnabled(!isWanted(column) || wantedColumns().size() > 1);
        connect(action, &QAction::toggled, this,
                [this, column](bool isShown) { setWanted(column, isShown); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Fit columns")), &QAction::triggered, this, &ListHeader::fitColumns);
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this,
            &ListHeader::resetColumns);
    return menu;
}

/// The table's scroll bar came or went.
void ListHeader::resizeEvent(QResizeEvent *event)
{
    QHeaderView::resizeEvent(event);
    fillWidth();
}

void ListHeader::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = columnMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos());
}

void ListHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_context.theme.color(Token::Window));
    painter.setPen(m_context.theme.color(Token::Line));
    const int bottom = viewport()->height() - 1;
    painter.drawLine(0, bottom, viewport()->width(), bottom);
    painter.end();
    QHeaderView::paintEvent(event);
}

void ListHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    if (!rect.isValid() || static_cast<std::size_t>(section) >= m_columns.size())
        return;
    const Theme &theme = m_context.theme;
    const ColumnSpec &column = m_columns[static_cast<std::size_t>(section)];
    const bool isSorted = section == m_sortColumn;
    painter->fillRect(rect, theme.color(Token::Window));
    painter->setPen(theme.color(Token::Line));
    painter->drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom());
    if (visualIndex(section) > 0) // a hint where the border can be dragged
        painter->drawLine(rect.left(), rect.top() + 8, rect.left(), rect.bottom() - 8);
    QRect space = rect.adjusted(RowDelegate::padding, 0, -RowDelegate::padding, -1);
    if (isSorted) {
        const QString name = m_sortOrder == Qt::AscendingOrder ? u"arrow-up"_s : u"arrow-down"_s;
        const QPixmap arrow = m_context.icons.pixmap(name, Token::Text, arrowSize,
                                                     painter->device()->devicePixelRatioF());
        const int x = space.right() + 1 - arrowSize;
        painter->drawPixmap(x, space.top() + (space.height() - arrowSize) / 2, arrow);
        space.setRight(x - 4);
    }
    QFont font = this->font();
    font.setWeight(QFont::Medium);
    painter->setFont(font);
    painter->setPen(theme.color(isSorted ? Token::Text : Token::TextDim));
    const QString title =
        QFontMetrics(font).elidedText(column.title, Qt::ElideRight, space.width());
    painter->drawText(
        space,
        static_cast<int>((column.isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter),
        title);
}

} // namespace console

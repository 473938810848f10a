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

int ListHeader::widthOf(const ColumnSpec &column) const
{
    const QFontMetrics metrics = fontMetrics();
    const int title = metrics.horizontalAdvance(column.title) + arrowSize + 4;
    return std::max(title, column.chars * metrics.averageCharWidth()) + 2 * RowDelegate::padding;
}

void ListHeader::setColumns(const std::vector<ColumnSpec> &columns)
{
    const bool isFirst = m_columns.empty();
    m_columns = columns;
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
        resizeSection(column, widthOf(spec));
    }
    m_isOwnResize = false;
    m_hasOwnWidths = true;
    fillWidth();
}

void ListHeader::fillWidth()
{
    if (!m_hasOwnWidths || m_columns.empty())
        return;
    int fill = -1;
    int others = 0;
    for (int column = 0; column < count(); ++column) {
        if (isSectionHidden(column))
            continue;
        const auto chars = [this](int at) { return m_columns[static_cast<std::size_t>(at)].chars; };
        if (fill < 0 || chars(column) > chars(fill))
            fill = column;
        others += sectionSize(column);
    }
    if (fill < 0)
        return;
    const int left = viewport()->width() - (others - sectionSize(fill));
    const ColumnSpec &spec = m_columns[static_cast<std::size_t>(fill)];
    m_isOwnResize = true;
    resizeSection(fill, std::max(left, widthOf(spec) / 3));
    m_isOwnResize = false;
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
        saved.insert("shown"_L1, !isSectionHidden(column));
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
}

int ListHeader::shownCount() const
{
    return count() - hiddenSectionCount();
}

QMenu *ListHeader::columnMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setObjectName(u"columnMenu"_s);
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        QAction *action = menu->addAction(m_columns[static_cast<std::size_t>(column)].title);
        action->setCheckable(true);
        action->setChecked(!isSectionHidden(column));
        // The last one stays, or there is no header left to right-click on.
        action->setEnabled(isSectionHidden(column) || shownCount() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool isShown) {
            setSectionHidden(column, !isShown);
            fillWidth();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this,
            &ListHeader::resetColumns);
    return menu;
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

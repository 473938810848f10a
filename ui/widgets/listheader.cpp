// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/listheader.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemView>
#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr QRectF arrow(-4, 2, 8, 4); // above the middle of the title
constexpr int leastSignGap = 12;     // behind it
constexpr int usualHeight = 28;
constexpr int narrowest = 32;
constexpr int signOverlap = RowDelegate::padding; ///< it has air of its own inside
constexpr float headerHover = 0.05F;
constexpr float headerPress = 0.10F;

/// It takes no room of the title, which stands above its cells whether it is sorted or not.
void paintArrow(QPainter &painter, QPoint at, Qt::SortOrder order, const QColor &color)
{
    const QRectF box = arrow.translated(at);
    const bool isUp = order == Qt::AscendingOrder;
    const qreal base = isUp ? box.bottom() : box.top();
    const QPointF corners[] = {{box.left(), base},
                               {box.right(), base},
                               {box.center().x(), isUp ? box.top() : box.bottom()}};
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(corners, 3);
    painter.restore();
}

} // namespace

ListHeader::ListHeader(Context &context, QAbstractItemView *view)
    : QHeaderView(Qt::Horizontal, view)
    , m_context(context)
    , m_sign(new QToolButton(this)) // not of the viewport: that scrolls
    , m_use(context.backend, *view, this)
{
    m_sign->setObjectName(u"hiddenColumns"_s);
    m_sign->setText(shortSign(1));
    m_sign->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_sign->setAutoRaise(true);
    m_sign->setAutoFillBackground(true);
    m_sign->setBackgroundRole(QPalette::Window);
    m_sign->setFocusPolicy(Qt::TabFocus);
    m_sign->hide();
    connect(m_sign, &QToolButton::clicked, this,
            [this] { popUpMenu(m_sign->mapToGlobal(m_sign->rect().bottomLeft())); });
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setMinimumSectionSize(narrowest);
    setTextElideMode(Qt::ElideRight);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Columns"));
    connect(this, &QHeaderView::sectionClicked, this, &ListHeader::clickSection);
    connect(this, &QHeaderView::sectionResized, this,
            [this](int section, int, int width) { noteChosenWidth(section, width); });
    m_use.watch(*viewport());
    connect(&m_use, &ViewUse::rested, this, &ListHeader::measureWanted);
    connect(&context.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    const auto paintSign = [this] { // as the titles
        QPalette colors = m_sign->palette();
        colors.setColor(QPalette::ButtonText, m_context.theme.color(Token::TextDim));
        m_sign->setPalette(colors);
    };
    connect(&context.theme, &Theme::changed, m_sign, paintSign);
    paintSign();
}

QSize ListHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), std::max(usualHeight, fontMetrics().height() + 10)};
}

void ListHeader::setColumns(const std::vector<ColumnSpec> &columns)
{
    const bool isFirst = m_columns.empty();
    const bool isOther = columns != m_columns;
    m_columns = columns;
    if (isOther) {
        m_grown.clear();
        measureSteady();
    }
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
    m_asked.clear();
    m_chosen.clear();
    m_grown.clear();
    m_isOwnResize = false;
    fillWidth();
    Q_EMIT columnsChosen();
}

void ListHeader::fitColumns()
{
    m_chosen.clear();
    m_grown.clear();
    fillWidth();
    Q_EMIT columnsChosen();
}

void ListHeader::noteChosenWidth(int column, int width)
{
    if (m_isOwnResize || width == 0)
        return;
    m_chosen[column] = width;
    m_dragged = column;
    if (!m_isHeld) // by a double click; in its own time: the view is not done with it yet
        QMetaObject::invokeMethod(this, &ListHeader::fillAfterDrag, Qt::QueuedConnection);
}

void ListHeader::fillAfterDrag()
{
    if (m_dragged < 0)
        return;
    shareBehind(std::exchange(m_dragged, -1));
    m_isCutLive = false; // what somebody made so
    Q_EMIT widthChosen();
}

bool ListHeader::isWanted(int column) const
{
    return !isSectionHidden(column) || m_waiting.contains(column);
}

void ListHeader::setWanted(int column, bool isWanted)
{
    m_waiting.erase(column);
    if (isWanted)
        m_asked.insert(column);
    else
        m_asked.erase(column);
    m_isOwnResize = true; // Qt tells of it as a change of width
    setSectionHidden(column, !isWanted);
    m_isOwnResize = false;
    fillWidth();
    Q_EMIT columnsChosen();
    if (isWanted)
        reveal(column);
}

void ListHeader::reveal(int column)
{
    auto *view = qobject_cast<QAbstractItemView *>(parentWidget());
    if (view == nullptr || isSectionHidden(column))
        return;
    QMetaObject::invokeMethod(view, "updateGeometries"); // its bar has the new range then
    QScrollBar *bar = view->horizontalScrollBar();
    const int left = sectionPosition(column);
    const int right = left + sectionSize(column) - viewport()->width();
    bar->setValue(std::min(std::max(bar->value(), right), left));
}

QString ListHeader::shortSign(qsizetype count)
{
    return u"+%1"_s.arg(count);
}

int ListHeader::signWidth(const QString &words) const
{
    const QFontMetrics metrics = m_sign->fontMetrics();
    const int around = m_sign->sizeHint().width() - metrics.horizontalAdvance(m_sign->text());
    return metrics.horizontalAdvance(words) + around;
}

int ListHeader::insetOf(int column) const
{
    const bool isBeside = !m_sign->isHidden() && column == lastShown()
                          && m_columns[static_cast<std::size_t>(column)].isRight;
    return isBeside ? m_sign->width() - signOverlap : 0;
}

int ListHeader::insetIn(const QWidget *view, int column)
{
    const auto *table = qobject_cast<const QTableView *>(view);
    const auto *header =
        table == nullptr ? nullptr : qobject_cast<const ListHeader *>(table->horizontalHeader());
    return header == nullptr ? 0 : header->insetOf(column);
}

/// How many have no room, and which.
void ListHeader::showSign()
{
    m_sign->setVisible(!m_waiting.empty());
    if (m_waiting.empty() || lastShown() < 0)
        return;
    QStringList titles;
    for (int visual = 0; visual < count(); ++visual) {
        if (m_waiting.contains(logicalIndex(visual)))
            titles.append(m_columns[static_cast<std::size_t>(logicalIndex(visual))].title);
    }
    const QString whole = tr("%1 hidden").arg(m_waiting.size());
    const ColumnSpec &last = m_columns[static_cast<std::size_t>(lastShown())];
    const int room =
        sectionSize(lastShown()) - titleWidth(last) - RowDelegate::padding - leastSignGap;
    const bool isWhole = !last.isRight && signWidth(whole) <= room;
    m_sign->setText(isWhole ? whole : shortSign(qsizetype(m_waiting.size())));
    const QString why = tr("No room for: %1").arg(titles.join(u", "_s));
    m_sign->setToolTip(why);
    m_sign->setAccessibleName(whole);
    m_sign->setAccessibleDescription(why);
    placeSign();
}

void ListHeader::placeSign()
{
    const int width = signWidth(m_sign->text());
    m_sign->setGeometry(viewport()->width() - width, 0, width, viewport()->height() - 1);
    m_sign->raise();
    viewport()->update();
}

QString ListHeader::toolTipOf(int column) const
{
    if (column < 0 || static_cast<std::size_t>(column) >= m_columns.size())
        return {};
    const ColumnSpec &spec = m_columns[static_cast<std::size_t>(column)];
    if (!spec.isSortable)
        return spec.whyUnsorted.isEmpty() ? spec.title : spec.whyUnsorted;
    return tr("Sort by: %1").arg(spec.title);
}

bool ListHeader::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered(-1, false);
    if (event->type() != QEvent::ToolTip)
        return QHeaderView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString words = toolTipOf(logicalIndexAt(help->pos()));
    QToolTip::showText(help->globalPos(), words, viewport());
    return true;
}

void ListHeader::mouseMoveEvent(QMouseEvent *event)
{
    QHeaderView::mouseMoveEvent(event);
    m_isHeld = m_isHeld && event->buttons() != Qt::NoButton;
    setHovered(logicalIndexAt(event->position().toPoint()), event->buttons() != Qt::NoButton);
}

void ListHeader::mousePressEvent(QMouseEvent *event)
{
    m_isHeld = event->button() == Qt::LeftButton; // the release of another is a menu's
    QHeaderView::mousePressEvent(event);
    setHovered(logicalIndexAt(event->position().toPoint()), event->button() == Qt::LeftButton);
}

void ListHeader::mouseReleaseEvent(QMouseEvent *event)
{
    QHeaderView::mouseReleaseEvent(event);
    setHovered(logicalIndexAt(event->position().toPoint()), false);
    if (!std::exchange(m_isHeld, false))
        return;
    fillAfterDrag();
    Q_EMIT letGo();
}

void ListHeader::setHovered(int column, bool isPressed)
{
    if (m_hovered == column && m_isPressed == isPressed)
        return;
    m_hovered = column;
    m_isPressed = isPressed;
    viewport()->update();
}

void ListHeader::changeEvent(QEvent *event)
{
    QHeaderView::changeEvent(event);
    if (event->type() == QEvent::FontChange && !m_columns.empty())
        showSign();
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
        if (m_asked.contains(column))
            saved.insert("asked"_L1, true);
        if (const auto chosen = m_chosen.find(column); chosen != m_chosen.end())
            saved.insert("width"_L1, chosen->second);
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
    m_asked.clear();
    m_chosen.clear();
    for (const QJsonValue &value : columns) {
        const QByteArray id = value["id"_L1].toString().toLatin1();
        const auto known =
            std::find_if(m_columns.begin(), m_columns.end(),
                         [&id](const ColumnSpec &column) { return column.id == id; });
        if (known == m_columns.end())
            continue;
        const auto column = static_cast<int>(known - m_columns.begin());
        moveSection(visualIndex(column), visual++);
        const bool isShown = value["shown"_L1].toBool(true);
        setSectionHidden(column, !isShown);
        if (isShown && (!known->isShown || value["asked"_L1].toBool()))
            m_asked.insert(column);
        if (const int width = value["width"_L1].toInt(); width >= narrowest)
            m_chosen[column] = width;
    }
    m_isOwnResize = false;
    fillWidth();
    Q_EMIT columnsChosen();
}

QMenu *ListHeader::columnMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setObjectName(u"columnMenu"_s);
    const auto seen = static_cast<int>(wantedColumns().size() - m_waiting.size());
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        const bool isSeen = !isSectionHidden(column);
        QString words = m_columns[static_cast<std::size_t>(column)].title;
        if (m_waiting.contains(column)) // where menus have the shortcut
            words += u'\t' + tr("no room");
        QAction *action = menu->addAction(words);
        action->setCheckable(true);
        action->setChecked(isSeen);
        // The last one stays, or there is no header left to right-click on.
        action->setEnabled(!isSeen || seen > 1);
        connect(action, &QAction::toggled, this,
                [this, column](bool isShown) { setWanted(column, isShown); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Fit columns")), &QAction::triggered, this, &ListHeader::fitColumns);
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this,
            &ListHeader::resetColumns);
    return menu;
}

void ListHeader::resizeEvent(QResizeEvent *event)
{
    QHeaderView::resizeEvent(event);
    if (hasOtherRoom() || !stretchLast())
        fillWidth();
    placeSign();
}

void ListHeader::contextMenuEvent(QContextMenuEvent *event)
{
    popUpMenu(event->globalPos());
}

void ListHeader::popUpMenu(const QPoint &at)
{
    QMenu *menu = columnMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(at);
}

void ListHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_context.theme.color(Token::Window));
    const int bottom = viewport()->height() - 1;
    painter.fillRect(0, bottom, viewport()->width(), 1, m_context.theme.color(Token::Line));
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
    if (column.isSortable && section == m_hovered) { // a click on others does nothing
        QColor veil = theme.color(Token::Text);
        veil.setAlphaF(m_isPressed ? headerPress : headerHover);
        painter->fillRect(rect, veil);
    }
    // Filled, as rules are: a line drawn would lie beside them on a screen with finer pixels.
    const QColor line = theme.color(Token::Line);
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, line);
    if (visualIndex(section) > 0) // a hint where the border can be dragged
        painter->fillRect(rect.left(), rect.top() + 8, 1, rect.height() - 16, line);
    QRect space = rect.adjusted(RowDelegate::padding, 0, -RowDelegate::padding, -1);
    if (!m_sign->isHidden()) // that stands still where the view scrolls
        space.setRight(std::min(space.right() - insetOf(section), m_sign->x() - 1));
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
    if (!isSorted)
        return;
    const int half = std::min(QFontMetrics(font).horizontalAdvance(title), space.width()) / 2;
    const int middle = column.isRight ? space.right() + 1 - half : space.left() + half;
    paintArrow(*painter, {middle, rect.top()}, m_sortOrder, theme.color(Token::Text));
}

} // namespace console

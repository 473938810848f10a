// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/plaintable.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/headercap.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/stillpress.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace console {

namespace {

/// Flat, with its text above the text of the cells.
class PlainHeader final : public QHeaderView
{
public:
    PlainHeader(Theme &theme, QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
        , m_theme(theme)
    {}

    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        painter->fillRect(rect, m_theme.color(Token::Window));
        const QColor line = m_theme.color(Token::Line);
        painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, line);
        if (sectionPosition(section) > 0) // as in ListHeader
            painter->fillRect(rect.left(), rect.top() + hintInset, 1, rect.height() - 2 * hintInset,
                              line);
        QFont strong = font();
        strong.setWeight(QFont::Medium); // as in ListHeader
        painter->setFont(strong);
        painter->setPen(m_theme.color(Token::TextDim));
        const QString text = model()->headerData(section, orientation()).toString();
        // Numbers stand at the right; the model says which columns are such.
        const QVariant said = model()->headerData(section, orientation(), Qt::TextAlignmentRole);
        const Qt::Alignment side = said.toInt() & Qt::AlignRight ? Qt::AlignRight : Qt::AlignLeft;
        painter->drawText(rect.adjusted(RowDelegate::padding, 0, -RowDelegate::padding, 0),
                          static_cast<int>(side | Qt::AlignVCenter),
                          painter->fontMetrics().elidedText(
                              text, Qt::ElideRight, rect.width() - 2 * RowDelegate::padding));
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {QHeaderView::sizeHint().width(), fontMetrics().height() + headerRoom};
    }

private:
    static constexpr int headerRoom = 12;
    static constexpr int hintInset = 8;

    Theme &m_theme;
};

} // namespace

QHeaderView *makePlainHeader(Theme &theme, QWidget *parent)
{
    return new PlainHeader(theme, parent);
}

PlainTable::PlainTable(Context &context, QAbstractItemModel *model, const QList<int> &widths,
                       QWidget *parent)
    : QTableView(parent)
    , m_context(context)
    , m_widths(widths)
{
    setHorizontalHeader(makePlainHeader(context.theme, this));
    capScrollBar(*this, context.theme);
    setModel(model);
    setItemDelegate(new RowDelegate(context.theme, context.icons, this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    applyLook();
    connect(&context.settings, &Settings::changed, this, &PlainTable::applyLook);
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(index.row()); });
}

void PlainTable::applyLook()
{
    verticalHeader()->setDefaultSectionSize(m_context.settings.rowHeight());
    resetColumns();
}

void PlainTable::resetColumns()
{
    QFont strong = horizontalHeader()->font();
    strong.setWeight(QFont::Medium);
    const QFontMetrics header(strong);
    for (int column = 0; column < m_widths.size(); ++column) {
        const QString title = model()->headerData(column, Qt::Horizontal).toString();
        setColumnWidth(column,
                       std::max(m_widths[column] * fontMetrics().averageCharWidth(),
                                header.horizontalAdvance(title) + 2 * RowDelegate::padding + 2));
    }
}

int PlainTable::widestOf(int column) const
{
    constexpr int mostMeasured = 200; // rows
    int widest = 0;
    for (int row = 0; row < std::min(model()->rowCount(), mostMeasured); ++row) {
        const QModelIndex index = model()->index(row, column);
        widest = std::max(widest, RowDelegate::widthsOf(font(), index).whole);
    }
    return widest;
}

bool PlainTable::growColumns(int except)
{
    constexpr int mostChars = 30;
    const int most = mostChars * fontMetrics().averageCharWidth() + 2 * RowDelegate::padding;
    bool hasGrown = false;
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (column == except || isColumnHidden(column))
            continue;
        const int wanted = std::min(widestOf(column), most);
        if (wanted <= columnWidth(column))
            continue;
        setColumnWidth(column, wanted);
        hasGrown = true;
    }
    return hasGrown;
}

void PlainTable::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid() && event->modifiers() == Qt::NoModifier) {
        Q_EMIT opened(currentIndex().row());
        return;
    }
    QTableView::keyPressEvent(event);
}

void PlainTable::mousePressEvent(QMouseEvent *event)
{
    pressWithoutScrolling(*this, [&] { QTableView::mousePressEvent(event); });
}

void PlainTable::mouseReleaseEvent(QMouseEvent *event)
{
    releaseKeepingChoice(*this, *event, [&] { QTableView::mouseReleaseEvent(event); });
}

/// Qt makes the first row the current one, but selects nothing: lines would be around a row that
/// nothing is about.
void PlainTable::focusInEvent(QFocusEvent *event)
{
    const bool hadCurrent = currentIndex().isValid();
    QTableView::focusInEvent(event);
    if (!hadCurrent && currentIndex().isValid() && event->reason() != Qt::MouseFocusReason)
        selectRow(currentIndex().row());
}

/// Without a row nothing else would say that it has the focus.
void PlainTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!hasFocus() || (model() != nullptr && model()->rowCount() > 0))
        return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_context.theme.color(Token::Accent), 2));
    painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), 4, 4);
}

} // namespace console

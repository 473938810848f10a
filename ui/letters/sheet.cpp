// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/sheet.h"

#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/letters/sheetarea.h"
#include "ui/widgets/askingdialog.h"
#include "ui/widgets/context.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

namespace {

constexpr int side = 12; ///< as the buttons below the list
constexpr int above = 14;
constexpr int below = 16;
constexpr int shade = 6;
constexpr int leastRows = 3; ///< below it
constexpr int gap = 10;
constexpr int mostWider = 4; ///< of a gap
constexpr int widest = 640;  ///< of what it asks; the panel goes on

QPoint scrollOf(const QTableView &rows)
{
    return {rows.horizontalScrollBar()->value(), rows.verticalScrollBar()->value()};
}

} // namespace

Sheet::Sheet(Context &context, SheetArea *over)
    : QWidget(over)
    , m_context(context)
    , m_over(over)
    , m_title(new QLabel(this))
    , m_body(new QVBoxLayout)
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setTextFormat(Qt::PlainText);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gap);
    m_body->setSpacing(gap);
    layout->addWidget(m_title);
    layout->addLayout(m_body, 1);
    over->installEventFilter(this);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void Sheet::openSheet(const QString &title)
{
    setTitle(title);
    if (isHidden())
        keepScroll();
    show();
    raise();
    place();
    Q_EMIT opened();
}

void Sheet::closeSheet()
{
    if (isHidden())
        return;
    hide();
    restoreScroll();
    Q_EMIT closed();
}

void Sheet::leaveSheet()
{
    if (isChanged())
        askToDiscard(this, [this] { closeSheet(); });
    else
        closeSheet();
}

void Sheet::addButtons(QPushButton *cancel, QPushButton *go)
{
    m_body->addSpacing(4);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(go);
    m_body->addLayout(buttons);
    QWidget::setTabOrder(cancel, go); // as they stand
}

void Sheet::setTitle(const QString &title)
{
    m_title->setText(visibleText(title));
    setAccessibleName(title);
}

/// What it comes on top of; nothing while there are no rows.
QTableView *Sheet::list() const
{
    const QList<QTableView *> lists = m_over->findChildren<QTableView *>();
    const auto shown = std::find_if(lists.begin(), lists.end(),
                                    [](const QTableView *each) { return each->isVisible(); });
    return shown == lists.end() ? nullptr : *shown;
}

/// There is room for a list below it.
bool Sheet::isBeside(int height) const
{
    int least = m_over->minimumSizeHint().height();
    if (const QTableView *rows = list())
        least = std::max(least, rows->horizontalHeader()->height()
                                    + leastRows * rows->verticalHeader()->defaultSectionSize());
    return height + least <= m_over->height();
}

/// The row that is asked about stays in sight, if it is.
void Sheet::pushList(int top)
{
    QTableView *rows = list();
    const bool isMoved = rows != nullptr && rows == m_list && scrollOf(*rows) != m_pushed;
    const bool stays =
        rows != nullptr && top > m_top && rows->currentIndex().isValid()
        && rows->viewport()->rect().intersects(rows->visualRect(rows->currentIndex()));
    m_top = top;
    m_over->setTop(top);
    if (stays)
        rows->scrollTo(rows->currentIndex());
    if (isMoved) // by somebody
        m_list.clear();
    else if (rows != nullptr)
        m_pushed = scrollOf(*rows);
}

void Sheet::keepScroll()
{
    m_list = list();
    if (m_list != nullptr)
        m_scrolled = m_pushed = scrollOf(*m_list);
}

/// As it was before, unless somebody has scrolled since.
void Sheet::restoreScroll()
{
    QTableView *rows = m_list;
    const bool isKept = rows != nullptr && scrollOf(*rows) == m_pushed;
    m_top = 0;
    m_over->setTop(0);
    if (isKept) {
        rows->horizontalScrollBar()->setValue(m_scrolled.x());
        rows->verticalScrollBar()->setValue(m_scrolled.y());
    }
    m_list.clear();
}

/// Where it lies over the list, it does so over the header, too, which would look like one of its
/// own, and no row is cut by it.
void Sheet::place()
{
    const int width = m_over->width();
    const QMargins margins(side, above, std::max(side, width - widest + side), below + shade);
    const auto spread = [this, &margins](int wider, int rest) {
        layout()->setContentsMargins(margins + QMargins(0, 0, 0, rest));
        layout()->setSpacing(gap + wider);
        m_body->setSpacing(gap + wider);
    };
    spread(0, 0);
    const int least = sizeHint().height();
    int height = least;
    const bool isBeside = this->isBeside(least - shade);
    pushList(isBeside ? least - shade : 0);
    if (const QTableView *rows = isBeside ? nullptr : list()) {
        const int header = rows->horizontalHeader()->height();
        if (const int cut = rows->rowAt(height - shade - header); cut >= 0)
            height = header + rows->rowViewportPosition(cut) + rows->rowHeight(cut) + shade;
    }
    // What it is higher than it need be goes between the lines of it all, so that no hole is torn
    // into it, and below: the title stands where it always does.
    const int gaps = m_body->count();
    const int wider = std::min(mostWider, (height - least) / gaps);
    spread(wider, 0);
    spread(wider, std::max(0, height - sizeHint().height()));
    setGeometry(0, 0, width, height);
}

void Sheet::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QRect panel = rect().adjusted(0, 0, 0, -shade);
    for (int line = 0; line < shade; ++line) {
        QColor dark = m_context.theme.color(Token::Scrim);
        dark.setAlphaF(dark.alphaF() * static_cast<float>(shade - line) / (2 * shade));
        painter.fillRect(0, panel.bottom() + 1 + line, width(), 1, dark);
    }
    painter.fillRect(panel, m_context.theme.color(Token::Raised));
    painter.fillRect(0, panel.bottom(), width(), 1, m_context.theme.color(Token::LineStrong));
}

void Sheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leaveSheet();
    else
        QWidget::keyPressEvent(event);
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_over && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/docktitle.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QDockWidget>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr QPoint aside(-32, -32); ///< where it is seen that it came out

} // namespace

DockTitle::DockTitle(Context &context, QDockWidget *dock)
    : QWidget(dock)
    , m_context(context)
    , m_dock(dock)
    , m_float(addButton(u"Float"_s, u"external"_s))
{
    auto *title = new QLabel(dock->windowTitle(), this);
    m_title = title;
    title->setTextFormat(Qt::PlainText);
    title->setForegroundRole(QPalette::PlaceholderText);
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    QToolButton *close = addButton(u"Close"_s, u"close"_s);
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close %1").arg(dock->windowTitle()));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 3, 6, 3);
    row->setSpacing(2);
    row->addWidget(title, 1);
    row->addWidget(m_float);
    row->addWidget(close);
    connect(m_float, &QToolButton::clicked, this, &DockTitle::toggleFloating);
    connect(close, &QToolButton::clicked, dock, &QDockWidget::close);
    connect(dock, &QDockWidget::topLevelChanged, this, &DockTitle::showFloating);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    showFloating(dock->isFloating());
    dock->installEventFilter(this);
}

void DockTitle::setContent(QWidget *content)
{
    const bool isHidden = content->isHidden();
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->insertWidget(0, content, 1);
    row->setContentsMargins(0, 0, 6, 0);
    m_title->setContentsMargins(12, 3, 0, 3); // as the content
    content->setHidden(isHidden);             // a new parent hides it
    m_title->setVisible(isHidden);
    content->installEventFilter(this);
}

void DockTitle::alignWith(QWidget *row)
{
    m_beside = row;
    updateGeometry();
}

QSize DockTitle::sizeHint() const
{
    const QSize own = QWidget::sizeHint();
    const QWidget *beside = m_beside;
    return beside == nullptr ? own : own.expandedTo({0, beside->sizeHint().height()});
}

bool DockTitle::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_dock) {
        if (event->type() == QEvent::Paint && m_dock->isFloating())
            paintFrame();
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent)
        m_title->setVisible(event->type() == QEvent::HideToParent);
    return QWidget::eventFilter(watched, event);
}

QToolButton *DockTitle::addButton(const QString &what, const QString &icon)
{
    auto *button = new QToolButton(this);
    button->setObjectName(m_dock->objectName() + what);
    button->setIcon(m_context.icons.icon(icon, Token::TextDim));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

/// A window without one of its desktop's: it stands out from what it lies over.
void DockTitle::paintFrame()
{
    QPainter painter(m_dock);
    const int thick = style()->pixelMetric(QStyle::PM_DockWidgetFrameWidth, nullptr, m_dock);
    const QRect all = m_dock->rect();
    const QRegion frame =
        QRegion(all).subtracted(all.adjusted(thick, thick, -thick, -thick)); // the layout's margin
    for (const QRect &side : frame)
        painter.fillRect(side, m_context.theme.color(Token::LineStrong));
}

void DockTitle::toggleFloating()
{
    const QPoint before = m_dock->mapToGlobal(QPoint());
    m_dock->setFloating(!m_dock->isFloating());
    // The first time Qt leaves it where it was: nobody would see that it is a window now.
    if (m_dock->isFloating() && m_dock->pos() == before)
        m_dock->move(before + aside);
}

void DockTitle::showFloating(bool isFloating)
{
    m_float->setToolTip(isFloating ? tr("Back into the window") : tr("Out of the window"));
    m_float->setAccessibleName(isFloating ? tr("%1 back into the window").arg(m_dock->windowTitle())
                                          : tr("%1 out of the window").arg(m_dock->windowTitle()));
}

void DockTitle::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const int thick = m_context.theme.lineWidth();
    painter.fillRect(QRect(0, height() - thick, width(), thick),
                     m_context.theme.color(Token::Line));
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/infobaritem.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/widgets/clickguard.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int edgeWidth = 3;
constexpr int iconSize = 18;

struct Look {
    Token edge;
    Token background;
    const char *icon;
};

Look lookOf(InfoKind kind)
{
    switch (kind) {
    case InfoKind::Info:
        return {Token::StateRunning, Token::InfoBackground, "info"};
    case InfoKind::Success:
        return {Token::StateCompleted, Token::InfoBackground, "success"};
    case InfoKind::Warning:
        return {Token::StateBackoff, Token::WarningBackground, "warning"};
    case InfoKind::Error:
        return {Token::StateFailed, Token::ErrorBackground, "error"};
    }
    Q_UNREACHABLE();
}

/// What only says that something was done.
bool isPassing(const InfoText &info)
{
    return info.kind == InfoKind::Success && info.buttons.empty() && info.details.isEmpty();
}

} // namespace

InfoBarItem::InfoBarItem(Context &context, const InfoText &info, int number, bool isBelow,
                         InfoBarStack *parent)
    : QWidget(parent)
    , m_backend(context.backend)
    , m_theme(context.theme)
    , m_desktop(context.desktop)
    , m_icons(context.icons)
    , m_kind(info.kind)
    , m_id(info.id)
    , m_about(info.about)
    , m_lasts(timeOf(info))
    , m_number(number)
    , m_isFirst(info.isFirst)
    , m_isUrgent(isUrgent(info))
    , m_since(context.backend.now())
    , m_hiddenSince(m_since)
    , m_isBelow(isBelow)
    , m_row(new QHBoxLayout)
{
    setObjectName(u"infoBar"_s);
    setAccessibleName(info.text);
    m_row->setSpacing(8);
    auto *icon = new QLabel(this);
    const auto showIcon = [this, icon] {
        const Look look = lookOf(m_kind);
        icon->setPixmap(m_icons.pixmap(QString::fromLatin1(look.icon), look.edge, iconSize,
                                       devicePixelRatioF()));
    };
    showIcon();
    connect(&m_theme, &Theme::changed, icon, showIcon);
    m_row->addWidget(icon, 0, Qt::AlignTop);
    auto *text = new QLabel(visibleText(info.text, LineEnds::Kept), this);
    text->setObjectName(u"infoBarText"_s);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setMinimumHeight(iconSize);
    m_row->addWidget(text, 1);
    for (const InfoText::Button &button : info.buttons)
        addButton(button);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12 + edgeWidth, 6, 12, 6); // as the lines of the page
    layout->setSpacing(6);
    layout->addLayout(m_row);
    if (!info.details.isEmpty())
        addDetails(layout, info);
    addCloseButton(info.closed);
}

bool InfoBarItem::isUrgent(const InfoText &info)
{
    return info.isFirst || info.kind == InfoKind::Warning || info.kind == InfoKind::Error;
}

std::chrono::seconds InfoBarItem::timeOf(const InfoText &info)
{
    return info.lasts.count() == 0 && isPassing(info) ? passingBar : info.lasts;
}

void InfoBarItem::setFolded(int count, InfoKind worst, const std::function<void()> &unfold)
{
    if (m_others == nullptr && count > 0) {
        m_others = new QPushButton(this);
        m_others->setObjectName(u"infoBarOthers"_s);
        m_others->setAutoDefault(false);
        m_others->setFocusPolicy(Qt::TabFocus);
        m_row->insertWidget(m_row->count() - 1, m_others, 0, Qt::AlignVCenter); // before [x]
        setTabOrder(m_close->previousInFocusChain(), m_others);
        connect(m_others, &QPushButton::clicked, this, unfold);
    }
    if (m_others == nullptr)
        return;
    m_others->setVisible(count > 0);
    m_others->setText(tr("%1 more").arg(count));
    m_others->setAccessibleName(tr("Show %Ln more message(s)", nullptr, count));
    QString hint;
    if (worst == InfoKind::Error)
        hint = tr("Something that failed is among them");
    else if (worst == InfoKind::Warning)
        hint = tr("A warning is among them");
    if (m_others->toolTip() == hint)
        return;
    m_others->setToolTip(hint);
    m_others->setAccessibleDescription(hint);
    const Look look = lookOf(worst);
    m_others->setIcon(hint.isEmpty() ? QIcon()
                                     : m_icons.icon(QString::fromLatin1(look.icon), look.edge));
}

bool InfoBarItem::isUsed() const
{
    return underMouse() || isAncestorOf(QApplication::focusWidget());
}

void InfoBarItem::handFocusTo(const InfoBarItem &next) const
{
    const QWidget *focus = window()->focusWidget();
    if (!isAncestorOf(focus))
        return;
    QAbstractButton *same = next.m_first;
    if (same == nullptr)
        same = next.m_close;
    for (auto *button : next.findChildren<QAbstractButton *>()) {
        if (button->accessibleName() == focus->accessibleName() && !button->isHidden())
            same = button;
    }
    same->setFocus(Qt::OtherFocusReason);
}

void InfoBarItem::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isUrgent && m_hiddenSince)
        m_since += m_backend.now() - std::max(m_since, *m_hiddenSince);
    m_hiddenSince.reset();
}

void InfoBarItem::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_hiddenSince = m_backend.now();
}

void InfoBarItem::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    Q_EMIT left();
}

void InfoBarItem::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const Look look = lookOf(m_kind);
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(look.background));
    const QRect edge = layoutDirection() == Qt::LeftToRight
                           ? QRect(0, 0, edgeWidth, height())
                           : QRect(width() - edgeWidth, 0, edgeWidth, height());
    painter.fillRect(edge, m_theme.color(look.edge));
    painter.fillRect(QRect(0, m_isBelow ? 0 : height() - 1, width(), 1),
                     m_theme.color(Token::Line));
}

void InfoBarItem::addButton(const InfoText::Button &button)
{
    auto *push = new QPushButton(button.text, this);
    push->setAccessibleName(button.text);
    push->setAutoDefault(false);
    push->setFocusPolicy(Qt::TabFocus); // a click leaves the focus where one works
    connect(push, &QPushButton::clicked, this, [this, run = button.run] {
        leave(); // before the action: it may show the same bar again
        if (run)
            run();
    });
    m_row->addWidget(push, 0, Qt::AlignVCenter);
    if (m_first == nullptr)
        m_first = push;
}

/// To be read, and to be copied into a report, which has what stands above them, too.
void InfoBarItem::addDetails(QVBoxLayout *layout, const InfoText &info)
{
    auto *panel = new QWidget(this);
    auto *inside = new QHBoxLayout(panel);
    inside->setContentsMargins(iconSize + 8, 0, 0, 2);
    inside->setSpacing(8);
    auto *text = new QLabel(info.details, panel);
    text->setObjectName(u"infoBarDetails"_s);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(tr("Details"));
    text->setWordWrap(true);
    inside->addWidget(text, 1);
    auto *copy = new QPushButton(m_icons.icon(u"copy"_s), tr("Copy"), panel);
    copy->setObjectName(u"infoBarCopy"_s);
    copy->setAccessibleName(tr("Copy the details"));
    copy->setAutoDefault(false);
    copy->setFocusPolicy(Qt::TabFocus);
    const QString all = info.text + u'\n' + info.details;
    connect(copy, &QPushButton::clicked, this, [this, all] { m_desktop.copy(all); });
    inside->addWidget(copy, 0, Qt::AlignTop);
    panel->hide();
    layout->addWidget(panel);
    auto *push = new QPushButton(tr("Details"), this);
    push->setObjectName(u"infoBarDetailsButton"_s);
    push->setAccessibleName(tr("Details"));
    push->setAutoDefault(false);
    push->setFocusPolicy(Qt::TabFocus);
    ClickGuard::letToggle(push);
    connect(push, &QPushButton::clicked, this, [this, panel, push] {
        Q_EMIT unfolded();
        panel->setVisible(panel->isHidden());
        const QString word = panel->isHidden() ? tr("Details") : tr("Hide details");
        push->setText(word);
        push->setAccessibleName(word);
    });
    m_row->addWidget(push, 0, Qt::AlignVCenter);
}

void InfoBarItem::addCloseButton(const std::function<void()> &closed)
{
    m_close = new QToolButton(this);
    m_close->setObjectName(u"infoBarClose"_s);
    m_close->setIcon(m_icons.icon(u"close"_s, Token::TextDim));
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close this message"));
    connect(m_close, &QToolButton::clicked, this, [this, closed] {
        leave();
        if (closed)
            closed();
    });
    m_row->addWidget(m_close, 0, Qt::AlignVCenter);
}

void InfoBarItem::leave()
{
    parentWidget()->layout()->removeWidget(this);
    hide();
    deleteLater(); // inside a signal of its own button
}

} // namespace console

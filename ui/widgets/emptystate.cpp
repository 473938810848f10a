// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/emptystate.h"

#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/elidedlink.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

namespace {

constexpr int linkMargin = 6; // within the ring of the focus

constexpr int iconSize = 40;
constexpr int widestText = 480;
constexpr int margin = 24;
constexpr double signHeight = 0.39;  ///< of the window, from above
constexpr double mostOfWindow = 0.6; ///< a lower pane is not what the window is about

} // namespace

EmptyState::EmptyState(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(8);
    m_above = new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Fixed);
    layout->addSpacerItem(m_above);
    m_icon->setObjectName(QStringLiteral("emptySign"));
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(4);
    for (QLabel *label : {m_text, m_detail}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    QFont font = m_text->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setWeight(QFont::DemiBold);
    m_text->setFont(font);
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    layout->addSpacing(4);
    m_buttons->setSpacing(8);
    m_buttons->setAlignment(Qt::AlignHCenter);
    layout->addLayout(m_buttons);
    layout->addStretch(1);
    connect(&context.theme, &Theme::changed, this, &EmptyState::updateIcon);
}

/// Labels that wrap take the whole width, so the margins hold the text together in the middle.
void EmptyState::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int side = std::max(margin, (width() - widestText) / 2);
    layout()->setContentsMargins(side, margin, side, margin);
    place();
}

bool EmptyState::event(QEvent *event)
{
    const bool isHandled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        place();
    return isHandled;
}

/// By the window and not by what is written here, or by the bars of the view above.
void EmptyState::place()
{
    const int wanted = layout()->hasHeightForWidth() ? layout()->heightForWidth(width())
                                                     : layout()->sizeHint().height();
    const int before = m_above->sizeHint().height();
    const int room = std::max(0, height() - wanted + before);
    int above = room * 2 / 5;
    if (height() >= window()->height() * mostOfWindow) {
        const int top = mapTo(window(), QPoint()).y() + margin;
        above = std::clamp(static_cast<int>(window()->height() * signHeight) - top, 0, room);
    }
    if (above == before)
        return;
    m_above->changeSize(0, above, QSizePolicy::Minimum, QSizePolicy::Fixed);
    layout()->invalidate();
    layout()->activate();
}

QSize EmptyState::minimumSizeHint() const
{
    // Neither what centres it is needed: it would hold the window as wide as it once was.
    const int beside = 2 * (layout()->contentsMargins().left() - margin);
    return QWidget::minimumSizeHint() - QSize(beside, m_above->sizeHint().height());
}

void EmptyState::setMessage(const QString &icon, const QString &text, const QString &detail,
                            const QString &code)
{
    m_iconName = icon;
    m_words = text;
    const qsizetype at = code.isEmpty() ? -1 : text.lastIndexOf(code);
    m_text->setTextFormat(at < 0 ? Qt::PlainText : Qt::RichText);
    m_text->setText(at < 0 ? text
                           : QStringLiteral("%1<span style=\"font-family:'%2'\">%3</span>%4")
                                 .arg(text.left(at).toHtmlEscaped(),
                                      codeFont(m_text->font()).family(), code.toHtmlEscaped(),
                                      text.mid(at + code.size()).toHtmlEscaped()));
    m_text->setAccessibleName(text);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(text);
    setAccessibleDescription(detail);
    updateIcon();
}

void EmptyState::clearButtons()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // one of them may have called us
        delete item;
    }
}

void EmptyState::addButton(const QString &text, std::function<void()> run)
{
    auto *button = new QPushButton(text, this);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, std::move(run));
    m_buttons->addWidget(button);
}

void EmptyState::addLink(const QString &name, const QString &text, std::function<void()> run)
{
    auto *link = new ElidedLink(text, this);
    link->setObjectName(name);
    link->setAccessibleName(text);
    link->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    link->setContentsMargins(linkMargin, 0, 2, 0); // behind its text it has some room itself
    const auto colour = [this, link] {
        QPalette colors;
        colors.setColor(QPalette::ButtonText, m_context.theme.color(Token::Accent));
        link->setPalette(colors);
    };
    colour();
    connect(&m_context.theme, &Theme::changed, link, colour);
    connect(link, &QToolButton::clicked, this, std::move(run));
    m_buttons->addWidget(link);
}

void EmptyState::addManualLink(const QByteArray &section, const QString &text)
{
    addLink(QStringLiteral("emptyManual"),
            text.isEmpty() ? tr("Read about it in the manual") : text,
            [this, section] { m_context.navigator.openManual(section); });
}

QString EmptyState::text() const
{
    return m_words;
}

void EmptyState::updateIcon()
{
    m_icon->setVisible(!m_iconName.isEmpty());
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(
            m_context.icons.pixmap(m_iconName, Token::LineStrong, iconSize, devicePixelRatioF()));
}

} // namespace console

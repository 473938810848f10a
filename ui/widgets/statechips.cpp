// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/statechips.h"

#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QApplication>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconExtent = 14;
constexpr int side = 9;
constexpr int gap = 5;
constexpr int spacing = 6;
constexpr int smallest = 26;
constexpr double checkedAmount = 0.14;
constexpr double hoverAmount = 0.06;

} // namespace

Chip::Chip(Context &context, const QString &icon, Token token, const QString &word, QWidget *parent)
    : QAbstractButton(parent)
    , m_context(context)
    , m_iconName(icon)
    , m_token(token)
    , m_word(word)
{
    setCheckable(true);
    setAccessibleName(word);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Chip::setCount(qint64 count)
{
    const QString text = count < 0 ? QString() : formatCount(count);
    if (text == m_count)
        return;
    const bool isOtherSize = text.size() != m_count.size();
    m_count = text;
    setAccessibleName(text.isEmpty() ? m_word : QString(m_word + u", "_s + text));
    if (isOtherSize)
        updateGeometry();
    update();
}

void Chip::setCompact(bool isCompact)
{
    // A chip without an icon has nothing but its word.
    const bool next = isCompact && !m_iconName.isEmpty();
    if (m_isCompact == next)
        return;
    m_isCompact = next;
    setToolTip(next ? m_word : QString());
    updateGeometry();
    update();
}

int Chip::widthWhen(bool isCompact) const
{
    const QFontMetrics metrics = fontMetrics();
    int width = 2 * side;
    if (!m_iconName.isEmpty())
        width += iconExtent;
    if (!isCompact || m_iconName.isEmpty())
        width += metrics.horizontalAdvance(m_word) + (m_iconName.isEmpty() ? 0 : gap);
    if (!m_count.isEmpty())
        width += gap + metrics.horizontalAdvance(m_count);
    return width;
}

QSize Chip::sizeHint() const
{
    return {widthWhen(m_isCompact), std::max(smallest, fontMetrics().height() + 8)};
}

void Chip::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void Chip::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void Chip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const Theme &theme = m_context.theme;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double pen = hasFocus() ? 2 : 1;
    const QRectF body = QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
    QColor edge = theme.color(isChecked() ? m_token : Token::Line);
    if (hasFocus())
        edge = theme.color(Token::Selection);
    if (isChecked())
        painter.setBrush(theme.blend(m_token, checkedAmount));
    else if (underMouse())
        painter.setBrush(theme.blend(Token::Text, hoverAmount));
    else
        painter.setBrush(theme.color(Token::Base));
    painter.setPen(QPen(edge, pen));
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2);
    int x = side;
    if (!m_iconName.isEmpty()) {
        painter.drawPixmap(
            x, (height() - iconExtent) / 2,
            m_context.icons.pixmap(m_iconName, m_token, iconExtent, devicePixelRatioF()));
        x += iconExtent + gap;
    }
    painter.setPen(theme.color(Token::Text));
    if (!m_isCompact) {
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         m_word);
        x += fontMetrics().horizontalAdvance(m_word) + gap;
    }
    painter.setPen(theme.color(isChecked() ? Token::Text : Token::TextDim));
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter, m_count);
}

StateChips::StateChips(Context &context, const QByteArray &prefix, std::vector<Choice> choices,
                       QWidget *parent)
    : QWidget(parent)
    , m_choices(std::move(choices))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    for (std::size_t at = 0; at < m_choices.size(); ++at) {
        const Choice &choice = m_choices[at];
        auto *chip = new Chip(context, choice.icon, choice.token, choice.word, this);
        chip->setObjectName(QString::fromLatin1(prefix + choice.name));
        chip->setVisible(choice.isAlwaysShown);
        connect(chip, &QAbstractButton::clicked, this, [this, at] { click(at); });
        layout->addWidget(chip);
        m_chips.push_back(chip);
        m_isCounted.push_back(choice.isAlwaysShown);
    }
    layout->addStretch();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setChosen({});
}

bool StateChips::isShownWhen(std::size_t at, bool isCompact) const
{
    const Choice &choice = m_choices[at];
    return m_values.contains(choice.value)
           || (m_isCounted[at] && (!isCompact || choice.isAlwaysShown));
}

int StateChips::widthWhen(bool isCompact) const
{
    int width = 0;
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (isShownWhen(at, isCompact))
            width += m_chips[at]->widthWhen(isCompact) + spacing;
    }
    return width;
}

QSize StateChips::sizeHint() const
{
    return {widthWhen(false), m_chips.front()->sizeHint().height()};
}

QSize StateChips::minimumSizeHint() const
{
    return {widthWhen(true), m_chips.front()->sizeHint().height()};
}

void StateChips::fit()
{
    const bool isCompact = widthWhen(false) > width();
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        m_chips[at]->setCompact(isCompact);
        m_chips[at]->setVisible(isShownWhen(at, isCompact));
    }
}

void StateChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StateChips::setChosen(const QByteArrayList &values)
{
    m_values = values;
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        const QByteArray &value = m_choices[at].value;
        const bool isChosen = value.isEmpty() ? values.isEmpty() : values.contains(value);
        m_chips[at]->setChecked(isChosen);
    }
    fit();
}

void StateChips::setCount(const QByteArray &value, qint64 count)
{
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (m_choices[at].value != value)
            continue;
        m_chips[at]->setCount(count);
        if (count > 0)
            m_isCounted[at] = true;
    }
    updateGeometry();
    fit();
}

void StateChips::click(std::size_t at)
{
    const QByteArray &value = m_choices[at].value;
    const bool adds = QApplication::keyboardModifiers().testFlag(Qt::ControlModifier);
    QByteArrayList values;
    if (value.isEmpty()) {
        // all
    } else if (adds) {
        values = m_values;
        if (values.removeAll(value) == 0)
            values.append(value);
    } else if (m_values != QByteArrayList{value}) {
        values = {value};
    }
    Q_EMIT chosen(values);
}

} // namespace console

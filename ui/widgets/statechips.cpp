// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/statechips.h"

#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QApplication>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconExtent = 14;
constexpr int side = 6;
constexpr int gap = 4;
constexpr int spacing = 3;
constexpr int smallest = 26;
constexpr double checkedAmount = 0.14;
constexpr double hoverAmount = 0.06;

QString shortMore(qsizetype count)
{
    return u"+%1"_s.arg(count);
}

} // namespace

Chip::Chip(Context &context, const QString &icon, Token token, const QString &word,
           const QString &hint, QWidget *parent)
    : QAbstractButton(parent)
    , m_context(context)
    , m_iconName(icon)
    , m_token(token)
    , m_word(word)
    , m_hint(hint)
{
    setCheckable(true);
    setAccessibleName(word);
    setAccessibleDescription(hint);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    sayTip();
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Chip::setCount(qint64 count)
{
    const QString text = count < 0 ? QString() : formatCount(count);
    if (text == m_count && m_isCounting == (count >= 0))
        return;
    const int before = widthWhen(m_shape);
    m_count = text;
    if (!text.isEmpty())
        m_room = text;
    m_isCounting = count >= 0;
    setAccessibleName(text.isEmpty() ? m_word : QString(m_word + u", "_s + text));
    if (before != widthWhen(m_shape))
        updateGeometry();
    update();
}

void Chip::setWord(const QString &word, const QString &spoken, const QString &hint)
{
    setAccessibleName(spoken);
    setAccessibleDescription(hint);
    if (m_word == word && m_hint == hint)
        return;
    m_word = word;
    m_hint = hint;
    sayTip();
    updateGeometry();
    update();
}

void Chip::setHint(const QString &hint)
{
    setAccessibleDescription(hint);
    m_hint = hint;
    sayTip();
}

void Chip::setShape(Shape shape)
{
    if (m_shape == shape)
        return;
    m_shape = shape;
    sayTip();
    updateGeometry();
    update();
}

void Chip::sayTip()
{
    const QString word = hasWord(m_shape) ? QString() : m_word;
    setToolTip(word.isEmpty() || m_hint.isEmpty() ? QString(word + m_hint)
                                                  : QString(word + u": "_s + m_hint));
}

/// A chip without an icon has nothing but its word.
bool Chip::hasWord(Shape shape) const
{
    return shape != Shape::Icon || m_iconName.isEmpty();
}

bool Chip::hasIcon() const
{
    return !m_iconName.isEmpty();
}

int Chip::contentWidth(Shape shape, int count) const
{
    int width = -gap;
    if (hasIcon())
        width += gap + iconExtent;
    if (hasWord(shape))
        width += gap + fontMetrics().horizontalAdvance(m_word);
    return count > 0 ? width + gap + count : width;
}

int Chip::widthWhen(Shape shape) const
{
    return 2 * side + contentWidth(shape, countWidth(shape));
}

/// Of as many equal digits: nothing moves while it counts, nor when it stops. Not of more, or what
/// stands beside each other would keep different distances from the edge.
int Chip::countWidth(Shape shape) const
{
    if (!m_isCounting && shape != Shape::Full)
        return 0;
    QString digits = m_room.isEmpty() ? u"0"_s : m_room;
    for (QChar &c : digits) {
        if (c.isDigit())
            c = u'0';
    }
    return fontMetrics().horizontalAdvance(digits);
}

QSize Chip::sizeHint() const
{
    return {widthWhen(m_shape), std::max(smallest, fontMetrics().height() + 8)};
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
        edge = theme.color(Token::Accent);
    if (isChecked())
        painter.setBrush(theme.blend(m_token, checkedAmount));
    else if (underMouse())
        painter.setBrush(theme.blend(Token::Text, hoverAmount));
    else
        painter.setBrush(theme.color(Token::Base));
    painter.setPen(QPen(edge, pen));
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2);
    const QFontMetrics metrics = fontMetrics();
    const int content = contentWidth(m_shape, metrics.horizontalAdvance(m_count));
    int x = side + std::max(0, width() - 2 * side - content) / 2; // in the middle
    if (hasIcon()) {
        painter.drawPixmap(
            x, (height() - iconExtent) / 2,
            m_context.icons.pixmap(m_iconName, m_token, iconExtent, devicePixelRatioF()));
        x += iconExtent + gap;
    }
    painter.setPen(theme.color(Token::Text));
    if (hasWord(m_shape)) {
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         m_word);
        x += metrics.horizontalAdvance(m_word) + gap;
    }
    painter.setPen(theme.color(isChecked() ? Token::Text : Token::TextDim));
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter, m_count);
}

StateChips::StateChips(Context &context, const QByteArray &prefix, std::vector<Choice> choices,
                       QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_choices(std::move(choices))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    for (std::size_t at = 0; at < m_choices.size(); ++at) {
        const Choice &choice = m_choices[at];
        auto *chip = new Chip(context, choice.icon, choice.token, choice.word, choice.hint, this);
        chip->setObjectName(QString::fromLatin1(prefix + choice.name));
        chip->setVisible(choice.isAlwaysShown);
        connect(chip, &QAbstractButton::clicked, this, [this, at] { click(at); });
        layout->addWidget(chip);
        m_chips.push_back(chip);
        m_isCounted.push_back(choice.isAlwaysShown);
        m_isOffered.push_back(true);
    }
    m_more = new Chip(context, {}, Token::TextDim, shortMore(1), {}, this); // last by keys, too
    m_more->setObjectName(QString::fromLatin1(prefix + "More"));
    m_more->setCheckable(false);
    m_more->setCount(-1);
    m_more->setShape(Chip::Shape::Tight);
    m_more->hide();
    connect(m_more, &QAbstractButton::clicked, this, &StateChips::openMore);
    layout->addWidget(m_more);
    layout->addStretch();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    showFilter({}, {});
}

bool StateChips::isShown(std::size_t at, Rare rare) const
{
    const Choice &choice = m_choices[at];
    return m_isOffered[at] && (choice.isAlwaysShown || (rare.has_value() && m_isCounted[at]));
}

bool StateChips::isChosen(std::size_t at) const
{
    return m_values.contains(m_choices[at].value);
}

std::vector<std::size_t> StateChips::leftOut(Rare rare) const
{
    std::vector<std::size_t> hidden;
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (m_isOffered[at] && m_isCounted[at] && !isShown(at, rare) && !isChosen(at))
            hidden.push_back(at);
    }
    return hidden;
}

int StateChips::moreWidth(Rare rare) const
{
    const std::vector<std::size_t> hidden = leftOut(rare);
    return hidden.empty() ? 0 : spacing + m_more->widthWhen(Chip::Shape::Tight);
}

int StateChips::widthWhen(Chip::Shape shape, Rare rare) const
{
    int width = -spacing;
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (!isShown(at, rare))
            continue;
        const Chip::Shape shown = m_choices[at].isAlwaysShown ? shape : rare.value_or(shape);
        width += m_chips[at]->widthWhen(shown) + spacing;
    }
    return width;
}

int StateChips::neededWidth(Chip::Shape shape, Rare rare) const
{
    int width = widthWhen(shape, rare) + moreWidth(rare);
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (isChosen(at) && !isShown(at, rare))
            width += m_chips[at]->widthWhen(shape) + spacing;
    }
    return width;
}

QSize StateChips::sizeHint() const
{
    return {widthWhen(Chip::Shape::Full, Chip::Shape::Full), m_chips.front()->sizeHint().height()};
}

QSize StateChips::minimumSizeHint() const
{
    return {neededWidth(Chip::Shape::Icon, {}), m_chips.front()->sizeHint().height()};
}

void StateChips::fit()
{
    using Shape = Chip::Shape;
    // All of them alike, where all have room for a word. Else the rarer ones, which come and go, do
    // not decide how the others look.
    Shape shape = Shape::Icon;
    Rare rare;
    for (const auto &[common, rarer] : {std::pair<Shape, Rare>(Shape::Full, Shape::Full),
                                        {Shape::Tight, Shape::Tight},
                                        {Shape::Tight, Shape::Icon},
                                        {Shape::Tight, std::nullopt},
                                        {Shape::Icon, Shape::Icon}}) {
        if (widthWhen(common, rarer) + moreWidth(rarer) > width())
            continue;
        shape = common;
        rare = rarer;
        break;
    }
    std::vector<Shape> shapes(m_chips.size(), shape);
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (!m_choices[at].isAlwaysShown && m_isCounted[at])
            shapes[at] = rare.value_or(shape);
    }
    int needed = neededWidth(shape, rare);
    // A rare one that was chosen stays: words of others make room for it, the last ones first.
    for (std::size_t at = m_chips.size(); at-- > 0 && needed > width();) {
        if (!isShown(at, rare) || isChosen(at))
            continue;
        needed += m_chips[at]->widthWhen(Shape::Icon) - m_chips[at]->widthWhen(shapes[at]);
        shapes[at] = Shape::Icon;
    }
    giveWords(rare, width() - needed, &shapes);
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        m_chips[at]->setShape(shapes[at]);
        m_chips[at]->setVisible(isShown(at, rare) || isChosen(at));
    }
    showMore(leftOut(rare));
}

/// Where not all have room for a word, some have: what is chosen, and the first ones.
void StateChips::giveWords(Rare rare, int room, std::vector<Chip::Shape> *shapes) const
{
    for (const bool chosen : {true, false}) {
        for (std::size_t at = 0; at < m_chips.size(); ++at) {
            Chip::Shape &shape = (*shapes)[at];
            const bool isThere = isShown(at, rare) || isChosen(at);
            if (!isThere || isChosen(at) != chosen || shape != Chip::Shape::Icon)
                continue;
            const int more = m_chips[at]->widthWhen(Chip::Shape::Tight)
                             - m_chips[at]->widthWhen(Chip::Shape::Icon);
            if (more > room)
                return;
            room -= more;
            shape = Chip::Shape::Tight;
        }
    }
}

void StateChips::showMore(const std::vector<std::size_t> &hidden)
{
    QStringList words;
    for (const std::size_t at : hidden)
        words.append(m_choices[at].word);
    if (!hidden.empty())
        m_more->setWord(shortMore(words.size()),
                        tr("%n more (state|states)", nullptr, int(words.size())),
                        tr("No room for: %1").arg(words.join(u", "_s)));
    m_more->setVisible(!hidden.empty());
}

/// As its chips would stand there.
void StateChips::openMore()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(m_more->objectName() + u"Menu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const std::size_t at : leftOut({})) {
        const QString count = m_chips[at]->count();
        QString words = m_choices[at].word;
        if (!count.isEmpty())
            words += u'\t' + count;
        QAction *action =
            menu->addAction(m_context.icons.icon(m_choices[at].icon, m_choices[at].token), words);
        action->setToolTip(m_choices[at].hint);
        connect(action, &QAction::triggered, this, [this, at] { click(at); });
    }
    menu->popup(m_more->mapToGlobal(m_more->rect().bottomLeft()));
}

void StateChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StateChips::showFilter(const devserver::api::Filter &filter, const QByteArray &key)
{
    const std::optional<QByteArrayList> values = filterValues(filter, key);
    m_values = values.value_or(QByteArrayList());
    const bool isOfAll = m_values.isEmpty() && filterWithout(filter, key) == filter;
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        const QByteArray &value = m_choices[at].value;
        const bool isChosen = value.isEmpty() ? isOfAll : m_values.contains(value);
        m_chips[at]->setChecked(isChosen);
    }
    updateGeometry();
    fit();
}

void StateChips::setCount(const QByteArray &value, qint64 count, bool isSaid)
{
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (m_choices[at].value != value)
            continue;
        m_chips[at]->setCount(isSaid ? count : -1);
        if (count > 0)
            m_isCounted[at] = true;
    }
    updateGeometry();
    fit();
}

void StateChips::setHint(const QByteArray &value, const QString &hint)
{
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (m_choices[at].value != value || m_choices[at].hint == hint)
            continue;
        m_choices[at].hint = hint;
        m_chips[at]->setHint(hint);
    }
}

void StateChips::setOffered(const QByteArray &value, bool isOffered)
{
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (m_choices[at].value == value)
            m_isOffered[at] = isOffered;
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

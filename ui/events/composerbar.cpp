// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/composerbar.h"

#include "ui/core/theme.h"
#include "ui/widgets/icons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostCopies = 10'000;
constexpr int iconSize = 16;
constexpr int leastWords = 30; ///< pixels; narrower only before it is laid out

} // namespace

ComposerBar::ComposerBar(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_icon(new QLabel(this))
    , m_status(new QLabel(this))
    , m_copiesLabel(new QLabel(tr("Copies"), this))
    , m_copies(new QSpinBox(this))
    , m_rate(new QComboBox(this))
    , m_send(new QPushButton(tr("Send"), this))
{
    m_status->setObjectName(u"composerStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_send->setObjectName(u"composerSend"_s);
    m_send->setDefault(true);
    m_send->setMinimumWidth(88);
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (!m_isServing)
            Q_EMIT startServerClicked();
        else if (m_isSending)
            Q_EMIT stopClicked();
        else
            Q_EMIT sendClicked();
    });
    makeDraftButtons();
    makeCopies();
    makeLayout();
    const auto recolor = [this] {
        showMood();
        colorSend();
    };
    connect(&context.theme, &Theme::changed, this, recolor);
    recolor();
}

void ComposerBar::makeCopies()
{
    m_copies->setObjectName(u"composerCopies"_s);
    m_copies->setAccessibleName(tr("Copies"));
    m_copies->setRange(1, mostCopies);
    m_copies->setToolTip(tr("How many copies; {{i}} and {{seq}} count them"));
    m_copiesLabel->setBuddy(m_copies);
    m_copiesLabel->setForegroundRole(QPalette::PlaceholderText);
    m_rate->setObjectName(u"composerRate"_s);
    m_rate->setAccessibleName(tr("How fast the copies are sent"));
    m_rate->addItem(tr("all at once"), 0.0);
    for (const int rate : {1, 2, 5, 10, 25, 50, 100})
        m_rate->addItem(tr("%1 per second").arg(rate), static_cast<double>(rate));
    m_rate->addItem(tr("as one batch"), -1.0);
    m_rate->hide(); // nothing to choose with one copy
    connect(m_copies, &QSpinBox::valueChanged, this,
            [this](int copies) { m_rate->setVisible(copies > 1); });
}

void ComposerBar::makeDraftButtons()
{
    auto *format = makeButton(u"composerFormat"_s, u"braces"_s, tr("Format"),
                              tr("Format the text, Shift+Alt+F"));
    connect(format, &QToolButton::clicked, this, &ComposerBar::formatClicked);
    auto *save =
        makeButton(u"composerSave"_s, u"star"_s, tr("Save"), tr("Keep as a favourite, Ctrl+S"));
    connect(save, &QToolButton::clicked, this, &ComposerBar::saveClicked);
    auto *copy =
        makeButton(u"composerCopyAs"_s, u"copy"_s, tr("Copy as"), tr("Code that sends the same"));
    copy->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(copy);
    for (const CopyLanguage language :
         {CopyLanguage::Json, CopyLanguage::Curl, CopyLanguage::TypeScript, CopyLanguage::Python,
          CopyLanguage::Go}) {
        connect(menu->addAction(languageName(language)), &QAction::triggered, this,
                [this, language] { Q_EMIT copyChosen(language); });
    }
    copy->setMenu(menu);
    m_draftButtons = {format, save, copy};
}

void ComposerBar::makeLayout()
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(m_status, 1);
    for (QWidget *button : m_draftButtons)
        row->addWidget(button);
    row->addSpacing(8);
    row->addWidget(m_copiesLabel);
    row->addWidget(m_copies);
    row->addWidget(m_rate);
    row->addSpacing(8);
    row->addWidget(m_send);
}

/// What the panel is for stands out.
void ComposerBar::colorSend()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Button, m_context.theme.color(Token::Selection));
    colors.setColor(QPalette::ButtonText, m_context.theme.color(Token::SelectionText));
    colors.setColor(QPalette::Mid, m_context.theme.color(Token::Selection));
    colors.setColor(QPalette::Disabled, QPalette::Button, m_context.theme.color(Token::Window));
    colors.setColor(QPalette::Disabled, QPalette::ButtonText,
                    m_context.theme.color(Token::TextDim));
    colors.setColor(QPalette::Disabled, QPalette::Mid, m_context.theme.color(Token::LineStrong));
    m_send->setPalette(colors);
}

QSize ComposerBar::minimumSizeHint() const
{
    return {260, layout()->minimumSize().height()}; // the buttons lose their words first
}

void ComposerBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int chars = width() / fontMetrics().averageCharWidth();
    for (QToolButton *button : m_draftButtons) {
        button->setToolButtonStyle(chars >= 92 ? Qt::ToolButtonTextBesideIcon
                                               : Qt::ToolButtonIconOnly);
        button->setVisible(chars >= 48);
    }
    m_copiesLabel->setVisible(chars >= 100);
    layout()->activate(); // the label has its room now
    showWords();
}

QToolButton *ComposerBar::makeButton(const QString &name, const QString &icon, const QString &text,
                                     const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(tip);
    button->setIcon(m_context.icons.icon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void ComposerBar::say(const QString &text, Mood mood)
{
    m_words = text;
    m_status->setToolTip(text);
    m_status->setAccessibleName(text);
    m_mood = mood;
    showMood();
    showWords();
}

void ComposerBar::showWords()
{
    const int room = m_status->width();
    m_status->setText(room < leastWords
                          ? m_words
                          : m_status->fontMetrics().elidedText(m_words, Qt::ElideRight, room));
}

void ComposerBar::showMood()
{
    const bool isBad = m_mood == Mood::Bad;
    const bool isGood = m_mood == Mood::Good;
    const Token token = isBad    ? Token::StateFailed
                        : isGood ? Token::StateCompleted
                                 : Token::TextDim;
    const QString icon = isBad                  ? u"error"_s
                         : isGood               ? u"check"_s
                         : m_mood == Mood::Busy ? u"clock"_s
                                                : u"info"_s;
    m_icon->setPixmap(m_context.icons.pixmap(icon, token, iconSize, devicePixelRatioF()));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText,
                    m_context.theme.color(isBad ? Token::StateFailed : Token::TextDim));
    m_status->setPalette(colors);
}

void ComposerBar::setSendable(const QString &reason)
{
    m_send->setEnabled(m_isSending || !m_isServing || reason.isEmpty());
    m_send->setToolTip(reason.isEmpty() ? tr("Ctrl+Enter; with Shift it opens the first run")
                                        : reason);
}

void ComposerBar::setServing(bool isServing)
{
    m_isServing = isServing;
}

void ComposerBar::setSending(bool isSending)
{
    m_isSending = isSending && m_copies->value() > 1;
    m_send->setText(!m_isServing ? tr("Start server") : m_isSending ? tr("Stop") : tr("Send"));
    if (m_isSending)
        m_send->setEnabled(true);
}

int ComposerBar::copies() const
{
    return m_copies->value();
}

double ComposerBar::perSecond() const
{
    return m_copies->value() > 1 ? std::max(0.0, m_rate->currentData().toDouble()) : 0;
}

bool ComposerBar::isBatch() const
{
    return m_copies->value() > 1 && m_rate->currentData().toDouble() < 0;
}

} // namespace console

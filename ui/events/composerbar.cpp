// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/composerbar.h"

#include "ui/core/theme.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/primarybutton.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostCopies = 10'000;
constexpr int iconSize = 16;
constexpr int leastWords = 30; ///< pixels; narrower only before it is laid out
constexpr int side = 12;
constexpr int wordsOfKeys = 80; ///< average characters of the whole bar

} // namespace

ComposerBar::ComposerBar(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_icon(new QLabel(this))
    , m_status(new QLabel(this))
    , m_lists(makeButton(u"composerLists"_s, u"panel-left"_s, tr("Favourites"),
                         tr("Favourites and history")))
    , m_copiesLabel(new QLabel(tr("Copies"), this))
    , m_copies(new QSpinBox(this))
    , m_rate(new QComboBox(this))
    , m_keys(new QLabel(tr("Ctrl+Enter sends"), this))
    , m_send(new PrimaryButton(context.theme, tr("Send"), this))
    , m_row(new QHBoxLayout)
{
    m_status->setObjectName(u"composerStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_keys->setObjectName(u"composerKeys"_s);
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
    connect(&context.theme, &Theme::changed, this, &ComposerBar::showMood);
    showMood();
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
    m_rate->addItem(tr("one after the other"), DraftCopies::oneByOne);
    m_rate->setItemData(m_rate->count() - 1,
                        tr("The next one when the runs of the one before have ended"),
                        Qt::ToolTipRole);
    m_rate->addItem(tr("as one batch"), DraftCopies::asBatch);
    m_rate->hide(); // nothing to choose with one copy
    connect(m_copies, &QSpinBox::valueChanged, this, [this](int copies) {
        m_rate->setVisible(copies > 1);
        arrange();
        Q_EMIT copiesChanged();
    });
}

void ComposerBar::makeDraftButtons()
{
    m_lists->setCheckable(true);
    connect(m_lists, &QToolButton::clicked, this, &ComposerBar::listsToggled);
    auto *format = makeButton(u"composerFormat"_s, u"braces"_s, tr("Format"),
                              tr("Format the text, Shift+Alt+F"));
    connect(format, &QToolButton::clicked, this, &ComposerBar::formatClicked);
    auto *load = makeButton(u"composerLoad"_s, u"folder"_s, tr("Load…"),
                            tr("Take over a JSON file: data, or a whole event"));
    connect(load, &QToolButton::clicked, this, &ComposerBar::loadClicked);
    auto *save =
        makeButton(u"composerSave"_s, u"star"_s, tr("Save"), tr("Keep as a favourite, Ctrl+S"));
    connect(save, &QToolButton::clicked, this, &ComposerBar::saveClicked);
    auto *copy =
        makeButton(u"composerCopyAs"_s, u"copy"_s, tr("Copy as"), tr("Code that sends the same"));
    copy->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(copy);
    menu->setObjectName(u"composerCopyMenu"_s);
    menu->setToolTipsVisible(true);
    for (const CopyLanguage language :
         {CopyLanguage::Json, CopyLanguage::Curl, CopyLanguage::TypeScript, CopyLanguage::Python,
          CopyLanguage::Go}) {
        QAction *action = menu->addAction(languageName(language));
        connect(action, &QAction::triggered, this,
                [this, language] { Q_EMIT copyChosen(language); });
        connect(menu, &QMenu::aboutToShow, action, [this, action, language] {
            action->setEnabled(!m_isInvoking || canInvoke(language));
            action->setToolTip(action->isEnabled()
                                   ? QString()
                                   : tr("Its SDK invokes from inside of a function only"));
        });
    }
    copy->setMenu(menu);
    m_draftButtons = {m_lists, format, load, save, copy};
}

void ComposerBar::makeLayout()
{
    auto *words = new QHBoxLayout;
    words->setSpacing(8);
    words->addWidget(m_icon);
    words->addWidget(m_status, 1);
    m_keys->setForegroundRole(QPalette::PlaceholderText);
    words->addWidget(m_keys);
    m_row->setSpacing(8);
    for (QWidget *button : m_draftButtons)
        m_row->addWidget(button);
    m_row->addStretch(1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_copiesLabel, m_copies, m_rate})
        m_row->addWidget(widget);
    m_row->addSpacing(8);
    m_row->addWidget(m_send);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(side, 1, side, 6); // as far from the line above as from the buttons
    rows->setSpacing(7);
    rows->addLayout(words);
    rows->addLayout(m_row);
}

QSize ComposerBar::minimumSizeHint() const
{
    return {260, layout()->minimumSize().height()}; // the buttons lose their words first
}

void ComposerBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// Where there is little room the buttons lose their words, then the copies theirs, then the
/// buttons go; the keys do the same.
void ComposerBar::arrange()
{
    const auto fits = [this] {
        m_row->invalidate();
        return m_row->sizeHint().width() <= width() - 2 * side;
    };
    const auto showButtons = [this](bool areThere, Qt::ToolButtonStyle style) {
        for (QToolButton *button : m_draftButtons) {
            button->setVisible(areThere);
            button->setToolButtonStyle(style);
        }
    };
    m_copiesLabel->show();
    showButtons(true, Qt::ToolButtonTextBesideIcon);
    if (!fits())
        showButtons(true, Qt::ToolButtonIconOnly);
    if (!fits())
        m_copiesLabel->hide();
    if (!fits())
        showButtons(false, Qt::ToolButtonIconOnly);
    showKeys();
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

void ComposerBar::say(const QString &text, Mood mood, const QStringList &names)
{
    m_words = text;
    m_names = names;
    m_shorter.clear();
    const QString whole = names.isEmpty() ? text : text.arg(names.join(u", "_s));
    m_status->setToolTip(whole);
    m_status->setAccessibleName(whole);
    m_mood = mood;
    showMood();
    showWords();
}

void ComposerBar::warn(const QString &text, const QStringList &shorter)
{
    say(text, Mood::Doubtful);
    m_shorter = shorter;
    showWords();
}

void ComposerBar::showWords()
{
    const int room = m_status->width();
    const QString words = wordsIn(room);
    m_status->setText(room < leastWords
                          ? words
                          : m_status->fontMetrics().elidedText(
                              words, m_shorter.isEmpty() ? Qt::ElideRight : Qt::ElideMiddle, room));
}

/// As many names as there is room for; of the others their number.
QString ComposerBar::wordsIn(int room) const
{
    if (m_names.isEmpty()) {
        const auto fits = [this, room](const QString &words) {
            return m_status->fontMetrics().elidedText(words, Qt::ElideMiddle, room) == words;
        };
        const auto found = std::find_if(m_shorter.begin(), m_shorter.end(), fits);
        return fits(m_words) || m_shorter.isEmpty() ? m_words
               : found != m_shorter.end()           ? *found
                                                    : m_shorter.back();
    }
    QString words;
    for (qsizetype shown = m_names.size(); shown > 0; --shown) {
        QString names = m_names.mid(0, shown).join(u", "_s);
        if (const qsizetype others = m_names.size() - shown; others > 0)
            names += u" +%1"_s.arg(others);
        words = m_words.arg(names);
        if (m_status->fontMetrics().horizontalAdvance(words) <= room)
            break;
    }
    return words;
}

void ComposerBar::showMood()
{
    const bool isBad = m_mood == Mood::Bad;
    const bool isGood = m_mood == Mood::Good;
    const bool isDoubtful = m_mood == Mood::Doubtful;
    const Token token = isBad        ? Token::StateFailed
                        : isDoubtful ? Token::StateBackoff
                        : isGood     ? Token::StateCompleted
                                     : Token::TextDim;
    const QString icon = isBad                  ? u"error"_s
                         : isDoubtful           ? u"warning"_s
                         : isGood               ? u"check"_s
                         : m_mood == Mood::Busy ? u"clock"_s
                                                : u"info"_s;
    m_icon->setPixmap(m_context.icons.pixmap(icon, token, iconSize, devicePixelRatioF()));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText,
                    m_context.theme.color(isBad ? Token::StateFailed : Token::TextDim));
    m_status->setPalette(colors);
}

/// Not while they would do nothing: then the status says why.
void ComposerBar::showKeys()
{
    m_keys->setVisible(m_isSendable && !m_isSending
                       && width() >= fontMetrics().averageCharWidth() * wordsOfKeys);
}

void ComposerBar::setSendable(const QString &reason)
{
    if (m_isSendable != reason.isEmpty()) {
        m_isSendable = reason.isEmpty();
        showKeys();
        layout()->activate(); // the status has other room now
    }
    m_send->setEnabled(m_isSending || !m_isServing || reason.isEmpty());
    m_send->setToolTip(m_isSending        ? tr("Sends no more of the copies")
                       : reason.isEmpty() ? tr("Ctrl+Enter; with Shift it opens the first run")
                                          : reason);
}

void ComposerBar::showLists(bool areShown)
{
    m_lists->setChecked(areShown);
}

void ComposerBar::setServing(bool isServing)
{
    m_isServing = isServing;
}

void ComposerBar::setInvoking(bool isInvoking)
{
    m_isInvoking = isInvoking;
    m_keys->setText(isInvoking ? tr("Ctrl+Enter invokes") : tr("Ctrl+Enter sends"));
}

void ComposerBar::setSending(bool isSending)
{
    const bool isStop = isSending && m_copies->value() > 1;
    if (std::exchange(m_isSending, isStop) != isStop) {
        showKeys();
        layout()->activate(); // the status has other room now
    }
    m_send->setText(!m_isServing   ? tr("Start server")
                    : m_isSending  ? tr("Stop")
                    : m_isInvoking ? tr("Invoke")
                                   : tr("Send"));
    if (m_isSending)
        m_send->setEnabled(true);
}

void ComposerBar::setCopies(const DraftCopies &copies)
{
    m_rate->setCurrentIndex(std::max(0, m_rate->findData(copies.rate)));
    m_copies->setValue(copies.count);
}

DraftCopies ComposerBar::copies() const
{
    return {.count = m_copies->value(), .rate = m_rate->currentData().toDouble()};
}

} // namespace console

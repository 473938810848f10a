// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What a draft has besides its name: id, time and user, and the room that is left for them.

#include "ui/events/drafttarget.h"
#include "ui/widgets/icons.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int between = 8;       ///< two controls of a row
constexpr int charsOfWide = 100; ///< average ones; with less the name has too little room
constexpr int charsOfId = 14;
constexpr int charsOfField = 17;

} // namespace

QBoxLayout *DraftTarget::makeDetails()
{
    m_id->setObjectName(u"composerId"_s);
    m_id->setAccessibleName(tr("ID of the event"));
    m_id->setPlaceholderText(tr("auto"));
    m_id->setToolTip(tr("Events with the same ID start each function once in 24 hours"));
    m_idLabel->setBuddy(m_id);
    m_idLabel->setForegroundRole(QPalette::PlaceholderText);
    m_when->setObjectName(u"composerWhen"_s);
    m_when->setAccessibleName(tr("When the runs start"));
    m_when->setToolTip(tr("The event's ts: runs start then. Write in 90 s, or 2026-12-24 18:00"));
    m_when->setPlaceholderText(u"now"_s); // what the drafts' files say: not translated
    auto *times = new QCompleter(
        {u"now"_s, u"in 10 s"_s, u"in 1 min"_s, u"in 10 min"_s, u"in 1 h"_s, u"in 1 d"_s}, this);
    times->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    times->popup()->setObjectName(u"composerTimes"_s);
    m_when->setCompleter(times);
    m_when->installEventFilter(this);
    QAction *arrow = m_when->addAction(m_context.icons.icon(u"chevron-down"_s, Token::TextDim),
                                       QLineEdit::TrailingPosition);
    arrow->setToolTip(tr("Usual times, Down"));
    connect(arrow, &QAction::triggered, this, &DraftTarget::openTimes);
    m_whenLabel->setBuddy(m_when);
    m_whenLabel->setForegroundRole(QPalette::PlaceholderText);
    makeUser();
    m_last->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_last->setAutoRaise(false);
    offerLast(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(between);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_idLabel, m_id, m_whenLabel, m_when,
                                                            m_userLabel, m_user})
        row->addWidget(widget);
    row->addWidget(m_last);
    row->addStretch(1);
    m_more->setCheckable(true);
    connect(m_more, &QToolButton::clicked, this, [this](bool isOn) {
        m_isMoreWanted = isOn;
        m_isLow = m_isLow || !isOn; // it may have become higher for them
        if (!isOn && (m_id->hasFocus() || m_when->hasFocus()))
            m_more->setFocus(); // it would keep them
        showDetails();
    });
    for (QLineEdit *field : {m_id, m_when, m_user})
        connect(field, &QLineEdit::textChanged, this, &DraftTarget::showDetails);
    row->addWidget(m_more);
    row->addWidget(m_new);
    return row;
}

/// A part of few events: shown with those.
void DraftTarget::makeUser()
{
    m_user->setObjectName(u"composerUser"_s);
    m_user->setAccessibleName(tr("User of the event as JSON"));
    m_user->setToolTip(tr("The event's user: a JSON object, sent beside the data"));
    m_user->setMaxLength(static_cast<int>(mostEventBytes));
    m_userLabel->setBuddy(m_user);
    m_userLabel->setForegroundRole(QPalette::PlaceholderText);
}

/// The words of the button, as wide as the style makes them: asked for where either is shown.
void DraftTarget::noteWidths()
{
    const Qt::ToolButtonStyle now = m_last->toolButtonStyle();
    m_last->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_buttonWords = m_last->sizeHint().width();
    m_last->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_buttonIcon = m_last->sizeHint().width();
    m_last->setToolButtonStyle(now);
}

int DraftTarget::widthOfTarget() const
{
    int width = m_rows->contentsMargins().left() + m_rows->contentsMargins().right() + leastName;
    for (const QAbstractButton *button : m_target->buttons())
        width += button->sizeHint().width() + between;
    return width;
}

/// In a row of their own.
int DraftTarget::roomForDetails() const
{
    const QMargins around = m_rows->contentsMargins();
    return width() - around.left() - around.right() - between - m_more->sizeHint().width();
}

/// The buttons of the second row find room in the first one.
bool DraftTarget::canFold() const
{
    return widthOfTarget() + m_buttonIcon + m_more->sizeHint().width() + m_new->sizeHint().width()
               + 3 * between
           <= width();
}

int DraftTarget::widthOfField(const QLineEdit *field, bool isTight) const
{
    const int chars = field == m_id ? charsOfId : charsOfField;
    return fontMetrics().averageCharWidth() * (isTight ? chars / 2 : chars);
}

/// With the button, whether there is earlier data or not: the rows do not jump.
int DraftTarget::widthOfDetails(const Form &form) const
{
    int width =
        (form.hasWords ? m_buttonWords : m_buttonIcon) + between + m_new->sizeHint().width();
    const bool isEvent = draft().target == Draft::Target::Event;
    const auto add = [&](const QLabel *label, const QLineEdit *field) {
        width += widthOfField(field, form.isTight) + between;
        if (form.hasLabels)
            width += label->sizeHint().width() + between;
    };
    if (isEvent) {
        add(m_idLabel, m_id);
        add(m_whenLabel, m_when);
    }
    if (isEvent && !m_user->text().isEmpty())
        add(m_userLabel, m_user);
    return width;
}

/// Where there is little room the button loses its words; then the row becomes two; of the second
/// the labels go, and its fields become short.
DraftTarget::Form DraftTarget::arrange(bool isFolded)
{
    constexpr Form forms[] = {
        {}, {.hasWords = false}, {.hasWords = false, .hasLabels = false}, tightForm};
    if (m_isWide)
        return widthOfTarget() + between + widthOfDetails(forms[0]) <= width() ? forms[0]
                                                                               : forms[1];
    if (isFolded)
        return forms[1];
    const auto *found = std::ranges::find_if(
        forms, [&](const Form &form) { return widthOfDetails(form) <= roomForDetails(); });
    return found == std::end(forms) ? tightForm : *found;
}

int DraftTarget::heightOf(int rows) const
{
    const QMargins around = m_rows->contentsMargins();
    return around.top() + rows * m_name->sizeHint().height() + (rows - 1) * m_rows->spacing()
           + around.bottom();
}

int DraftTarget::wholeHeight() const
{
    return heightOf(isWide() ? 1 : 2);
}

int DraftTarget::leastHeight() const
{
    return heightOf(isWide() || (canFold() && !needsDetails()) ? 1 : 2);
}

void DraftTarget::setLow(bool isLow)
{
    m_isLow = isLow;
    showDetails();
}

/// What says something is not hidden.
QString DraftTarget::whyDetailsStay() const
{
    if (!m_id->text().isEmpty())
        return tr("The ID is set");
    if (!m_when->text().isEmpty())
        return tr("The time is set");
    return m_user->text().isEmpty() ? QString() : tr("The user is set");
}

/// Somebody asked for them, or they say something.
bool DraftTarget::needsDetails() const
{
    return m_isMoreWanted || !whyDetailsStay().isEmpty() || m_id->hasFocus() || m_when->hasFocus();
}

/// What is shown or hidden may change the height, and that what is shown: one after the other, for
/// a widget that is hidden while it is being shown stays in between.
void DraftTarget::showDetails()
{
    constexpr int mostRounds = 4;
    m_mustArrange = true;
    if (std::exchange(m_isArranging, true))
        return;
    for (int round = 0; round < mostRounds && std::exchange(m_mustArrange, false); ++round)
        showDetailsNow();
    m_isArranging = false;
}

void DraftTarget::showDetailsNow()
{
    const bool isEvent = draft().target == Draft::Target::Event;
    noteWidths();
    const bool isWide =
        width() >= fontMetrics().averageCharWidth() * charsOfWide
        && widthOfTarget() + between + widthOfDetails({.hasWords = false}) <= width();
    const bool hasChanged = std::exchange(m_isWide, isWide) != isWide;
    const bool isFolded = m_isLow && !m_isWide && canFold() && !needsDetails();
    showAs(arrange(isFolded), isFolded);
    const QString whyNotLess = isFolded ? QString() : whyDetailsStay();
    m_more->setVisible(isEvent && (m_isLow || m_isMoreWanted) && !m_isWide);
    m_more->setChecked(!isFolded);
    m_more->setIcon(m_context.icons.icon(isFolded ? u"chevron-down"_s : u"chevron-up"_s));
    m_more->setEnabled(whyNotLess.isEmpty());
    m_more->setToolTip(whyNotLess.isEmpty() ? m_more->accessibleName() : whyNotLess);
    m_rows->setDirection(m_isWide || isFolded ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    updateGeometry();
    if (hasChanged)
        Q_EMIT rowsChanged();
}

void DraftTarget::showAs(const Form &form, bool isFolded)
{
    const bool isEvent = draft().target == Draft::Target::Event;
    for (QWidget *field : {m_id, m_when})
        field->setVisible(isEvent && !isFolded);
    for (QWidget *label : {m_idLabel, m_whenLabel})
        label->setVisible(isEvent && !isFolded && form.hasLabels);
    m_userLabel->setVisible(!m_user->isHidden() && form.hasLabels);
    for (QLineEdit *field : {m_id, m_when, m_user})
        field->setFixedWidth(widthOfField(field, form.isTight));
    m_last->setToolButtonStyle(form.hasWords ? Qt::ToolButtonTextBesideIcon
                                             : Qt::ToolButtonIconOnly);
}

void DraftTarget::showUser()
{
    const bool isShown = draft().target == Draft::Target::Event && !m_user->text().isEmpty();
    m_user->setVisible(isShown);
    m_userLabel->setVisible(isShown);
}

void DraftTarget::openTimes()
{
    m_when->setFocus();
    m_when->completer()->complete();
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What a draft has besides its name: id, time and user, and the room that is left for them.

#include "ui/events/drafttarget.h"
#include "ui/widgets/icons.h"

#include <QAbstractItemView>
#include <QAction>
#include <QBoxLayout>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace console {

using namespace Qt::StringLiterals;

QBoxLayout *DraftTarget::makeDetails()
{
    m_id->setObjectName(u"composerId"_s);
    m_id->setAccessibleName(tr("ID of the event"));
    m_id->setPlaceholderText(tr("auto"));
    m_id->setToolTip(tr("Events with the same ID start each function once in 24 hours"));
    m_id->setFixedWidth(fontMetrics().averageCharWidth() * 14);
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
    m_when->setFixedWidth(fontMetrics().averageCharWidth() * 17);
    m_whenLabel->setBuddy(m_when);
    m_whenLabel->setForegroundRole(QPalette::PlaceholderText);
    makeUser();
    m_last->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_last->setAutoRaise(false);
    m_last->setToolTip(tr("Take over the data of the last one with this name"));
    m_last->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
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
    m_user->setFixedWidth(fontMetrics().averageCharWidth() * 17);
    m_userLabel->setBuddy(m_user);
    m_userLabel->setForegroundRole(QPalette::PlaceholderText);
}

bool DraftTarget::isWide() const
{
    return width() >= fontMetrics().averageCharWidth() * 100;
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
    return heightOf(isWide() || !needsDetails() ? 1 : 2);
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

void DraftTarget::showDetails()
{
    const bool isEvent = draft().target == Draft::Target::Event;
    const bool isFolded = m_isLow && !isWide() && !needsDetails();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_idLabel, m_id, m_whenLabel, m_when})
        widget->setVisible(isEvent && !isFolded);
    const QString whyNotLess = isFolded ? QString() : whyDetailsStay();
    m_more->setVisible(isEvent && (m_isLow || m_isMoreWanted) && !isWide());
    m_more->setChecked(!isFolded);
    m_more->setIcon(m_context.icons.icon(isFolded ? u"chevron-down"_s : u"chevron-up"_s));
    m_more->setEnabled(whyNotLess.isEmpty());
    m_more->setToolTip(whyNotLess.isEmpty() ? m_more->accessibleName() : whyNotLess);
    m_last->setToolButtonStyle(isFolded ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_rows->setDirection(isWide() || isFolded ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    updateGeometry();
}

void DraftTarget::showUser()
{
    const bool isShown = draft().target == Draft::Target::Event && !m_user->text().isEmpty();
    m_userLabel->setVisible(isShown);
    m_user->setVisible(isShown);
}

void DraftTarget::openTimes()
{
    m_when->setFocus();
    m_when->completer()->complete();
}

} // namespace console

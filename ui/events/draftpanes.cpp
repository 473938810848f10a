// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftpanes.h"

#include "ui/widgets/lowscroll.h"

#include <QEvent>

#include <algorithm>

namespace console {

namespace {

// At the font size of 100 %; larger fonts get more.
constexpr int roomForLists = 960;
constexpr int roomForAnswers = 520;
constexpr int usualLists = 184;
constexpr int usualAnswers = 288;
constexpr int easyEditor = 340; // is left to it before the answers get all they like
constexpr int leastEditor = 200;
constexpr int leastPane = 140;
constexpr int leastHeight = 58; // some lines, some rows; the rest scrolls

} // namespace

DraftPanes::DraftPanes(QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
{
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, &DraftPanes::noteSizes);
}

void DraftPanes::setPanes(QWidget *lists, QWidget *editor, QWidget *answers)
{
    m_lists = new LowScroll(lists, leastHeight); // addWidget() takes it when it is whole
    m_editor = editor;
    m_answers = answers;
    for (QWidget *pane : {m_lists, editor, answers})
        addWidget(pane);
    m_lists->setMinimumWidth(leastPane);
    answers->setMinimumWidth(leastPane);
    editor->setMinimumWidth(leastEditor);
    setStretchFactor(0, 0);
    setStretchFactor(1, 1);
    setStretchFactor(2, 0);
}

void DraftPanes::setListsShown(bool isShown)
{
    m_choice = isShown;
    arrange();
}

void DraftPanes::needAnswers()
{
    if (m_needsAnswers)
        return;
    m_needsAnswers = true;
    arrange();
}

void DraftPanes::noteSizes()
{
    const QList<int> now = sizes();
    if (m_areListsShown)
        m_listsWidth = now.value(0);
    if (!m_answers->isHidden())
        m_answersWidth = now.value(2);
}

void DraftPanes::arrange()
{
    if (m_lists == nullptr || width() <= 0)
        return;
    const int percent = std::max(100, fontMetrics().height() * 100 / 17);
    const auto scaled = [percent](int size) { return size * percent / 100; };
    m_editor->setMinimumHeight(scaled(leastHeight));
    const bool wereShown = m_areListsShown;
    m_areListsShown = m_choice.value_or(width() >= scaled(roomForLists));
    m_lists->setVisible(m_areListsShown);
    m_answers->setVisible(m_needsAnswers || width() >= scaled(roomForAnswers));
    // With little room the answers take two fifths; what was dragged counts as far as it fits.
    const int lists = m_areListsShown ? (m_listsWidth > 0 ? m_listsWidth : scaled(usualLists)) : 0;
    const int room = width() - lists;
    const int spare = std::max(room * 2 / 5, room - scaled(easyEditor));
    const int wanted = m_answersWidth > 0 ? m_answersWidth : std::min(scaled(usualAnswers), spare);
    const int answers = m_answers->isHidden() ? 0 : std::max(leastPane, wanted);
    setSizes({lists, std::max(leastEditor, width() - lists - answers), answers});
    if (wereShown != m_areListsShown)
        Q_EMIT listsShownChanged(m_areListsShown);
}

void DraftPanes::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    arrange();
}

void DraftPanes::changeEvent(QEvent *event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

QSize DraftPanes::minimumSizeHint() const
{
    return {leastEditor, QSplitter::minimumSizeHint().height()};
}

void DraftPanes::resetLayout()
{
    m_listsWidth = m_answersWidth = 0;
    m_choice.reset();
    arrange();
}

QByteArray DraftPanes::save() const
{
    const int choice = m_choice ? (*m_choice ? 1 : 0) : -1;
    return QByteArray::number(m_listsWidth) + ',' + QByteArray::number(m_answersWidth) + ','
           + QByteArray::number(choice);
}

void DraftPanes::restore(const QByteArray &saved)
{
    const QByteArrayList parts = saved.split(',');
    if (parts.size() != 3)
        return;
    m_listsWidth = std::clamp(parts[0].toInt(), 0, 1000);
    m_answersWidth = std::clamp(parts[1].toInt(), 0, 2000);
    if (const int choice = parts[2].toInt(); choice >= 0)
        m_choice = choice == 1;
    arrange();
}

} // namespace console

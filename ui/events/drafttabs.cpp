// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/drafttabs.h"

#include "ui/widgets/icons.h"

#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>
#include <iterator>
#include <ranges>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostClosed = 10;
constexpr std::size_t mostRestored = 2 * DraftTabs::mostDrafts; ///< a file may be anything
constexpr qsizetype mostKept = 4 * 1024 * 1024;                 ///< bytes of all in the file
constexpr int widestTab = 200;
constexpr int narrowestTab = 96;

} // namespace

DraftTabs::DraftTabs(Context &context, Read read, IsKept isKept, QWidget *parent)
    : QTabBar(parent)
    , m_context(context)
    , m_read(std::move(read))
    , m_isKept(std::move(isKept))
{
    setObjectName(u"composerTabs"_s);
    setAccessibleName(tr("Drafts"));
    setDrawBase(false);
    setExpanding(false);
    setMovable(true);
    setElideMode(Qt::ElideMiddle);
    setUsesScrollButtons(true);
    setSelectionBehaviorOnRemove(QTabBar::SelectLeftTab);
    connect(this, &QTabBar::currentChanged, this, &DraftTabs::change);
    connect(this, &QTabBar::tabMoved, this, [this](int from, int to) {
        const Tab moved = m_drafts[static_cast<std::size_t>(from)];
        m_drafts.erase(m_drafts.begin() + from);
        m_drafts.insert(m_drafts.begin() + to, moved);
        m_shown = currentIndex();
    });
}

void DraftTabs::tabInserted(int index)
{
    QTabBar::tabInserted(index);
    auto *button = new QToolButton(this);
    button->setIcon(m_context.icons.icon(u"close"_s, Token::TextDim));
    button->setIconSize({12, 12});
    button->setFixedSize(24, 24);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus); // Ctrl+W
    button->setAccessibleName(tr("Close the draft"));
    button->setToolTip(tr("Close, Ctrl+W; Ctrl+Shift+T has it back"));
    connect(button, &QToolButton::clicked, this, [this, button] {
        for (int at = 0; at < count(); ++at) {
            if (tabButton(at, RightSide) == button) {
                close(at);
                return;
            }
        }
    });
    setTabButton(index, RightSide, button);
}

void DraftTabs::rename(int index)
{
    const Draft &draft = m_drafts[static_cast<std::size_t>(index)].draft;
    const QString name = draft.name.isEmpty() ? tr("New event") : QString::fromUtf8(draft.name);
    QString text = QString(name).replace(u'&', u"&&"_s);
    const bool hasStar = isUnsaved(index);
    if (hasStar)
        text += u" *"_s;
    if (text == tabText(index))
        return;
    setTabText(index, text);
    setTabToolTip(index,
                  hasStar ? tr("%1, not saved as a favourite as it stands").arg(name) : name);
}

/// One in which nothing was written yet lacks nothing.
bool DraftTabs::isUnsaved(int index) const
{
    const Draft &draft = m_drafts[static_cast<std::size_t>(index)].draft;
    const bool isBlank =
        draft.name.isEmpty() && draft.text.simplified() == m_blank.text.simplified();
    return !isBlank && !m_isKept(draft);
}

void DraftTabs::showNames()
{
    if (m_isWorking)
        return;
    for (int index = 0; index < static_cast<int>(m_drafts.size()); ++index)
        rename(index);
}

void DraftTabs::showCurrent()
{
    if (m_isWorking || m_shown >= count())
        return;
    keepCurrent();
    rename(m_shown);
}

void DraftTabs::keepCurrent()
{
    if (m_shown >= 0 && m_shown < static_cast<int>(m_drafts.size()))
        m_drafts[static_cast<std::size_t>(m_shown)] = m_read();
}

void DraftTabs::showName(const Draft &draft)
{
    if (m_isWorking || m_shown >= count() || m_shown >= static_cast<int>(m_drafts.size()))
        return;
    m_drafts[static_cast<std::size_t>(m_shown)].draft.name = draft.name;
    rename(m_shown);
}

void DraftTabs::open(const Tab &tab)
{
    if (count() >= mostDrafts) // a file may have had more, which stay
        close(0);              // it can be had back
    add(tab);
}

void DraftTabs::add(const Tab &tab)
{
    keepCurrent();
    {
        const QScopedValueRollback working(m_isWorking, true);
        m_drafts.push_back(tab);
        m_shown = addTab(QString());
        rename(m_shown);
        setCurrentIndex(m_shown);
        setVisible(count() > 1);
    }
    Q_EMIT chosen(tab.draft, tab.copies);
}

void DraftTabs::closeCurrent()
{
    close(m_shown);
}

void DraftTabs::close(int index)
{
    if (index < 0 || index >= count())
        return;
    keepCurrent();
    Tab shown;
    {
        const QScopedValueRollback working(m_isWorking, true);
        if (m_drafts[static_cast<std::size_t>(index)].draft != m_blank)
            m_closed.push_back(m_drafts[static_cast<std::size_t>(index)]);
        if (m_closed.size() > mostClosed)
            m_closed.erase(m_closed.begin());
        m_drafts.erase(m_drafts.begin() + index);
        removeTab(index);
        if (m_drafts.empty()) {
            m_drafts.push_back({m_blank});
            addTab(QString());
            rename(0);
        }
        m_shown = std::max(0, currentIndex());
        setVisible(count() > 1);
        shown = m_drafts[static_cast<std::size_t>(m_shown)];
    }
    Q_EMIT chosen(shown.draft, shown.copies);
}

void DraftTabs::reopen()
{
    if (m_closed.empty())
        return;
    const Tab tab = m_closed.back();
    m_closed.pop_back();
    open(tab);
}

void DraftTabs::change(int index)
{
    if (m_isWorking || index < 0 || index == m_shown)
        return;
    keepCurrent();
    m_shown = index;
    const Tab shown = m_drafts[static_cast<std::size_t>(index)]; // a copy: setting it is an edit
    Q_EMIT chosen(shown.draft, shown.copies);
}

DraftTabs::State DraftTabs::saved() const
{
    State state{.drafts = {}, .shown = m_shown};
    std::ranges::transform(m_drafts, std::back_inserter(state.drafts), &Tab::draft);
    qsizetype room = mostKept;
    const auto take = [&](Draft &draft) {
        if (draft.text.size() > room) {
            draft.text.clear();
            state.isWhole = false;
        }
        room -= draft.text.size();
    };
    const auto shown = static_cast<std::size_t>(m_shown);
    state.drafts[shown] = m_read().draft;
    take(state.drafts[shown]);
    for (std::size_t at = 0; at < state.drafts.size(); ++at) {
        if (at != shown)
            take(state.drafts[at]);
    }
    return state;
}

Draft DraftTabs::restore(const State &saved, const Draft &blank)
{
    const QScopedValueRollback working(m_isWorking, true);
    m_blank = blank;
    m_drafts.clear();
    for (const Draft &draft : saved.drafts | std::views::take(mostRestored))
        m_drafts.push_back({draft});
    while (count() > 0)
        removeTab(0);
    if (m_drafts.empty())
        m_drafts.push_back({blank});
    for (int at = 0; at < static_cast<int>(m_drafts.size()); ++at) {
        addTab(QString());
        rename(at);
    }
    m_shown = std::clamp(saved.shown, 0, count() - 1);
    setCurrentIndex(m_shown);
    setVisible(count() > 1);
    return m_drafts[static_cast<std::size_t>(m_shown)].draft;
}

QSize DraftTabs::tabSizeHint(int index) const
{
    const QSize wanted = QTabBar::tabSizeHint(index);
    return {std::clamp(wanted.width(), narrowestTab, widestTab), wanted.height()};
}

} // namespace console

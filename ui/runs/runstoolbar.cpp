// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runstoolbar.h"

#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/livebutton.h"
#include "ui/widgets/rangebox.h"
#include "ui/widgets/statechips.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::Counters;
using devserver::api::Filter;

namespace {

StateChips::Choice chipOf(DisplayState state, const QByteArray &name, bool isAlwaysShown = true,
                          const QString &hint = {})
{
    return {.value = stateKey(state),
            .name = name,
            .word = stateWord(state),
            .icon = stateIcon(state),
            .token = stateToken(state),
            .isAlwaysShown = isAlwaysShown,
            .hint = hint};
}

std::vector<StateChips::Choice> choices(const QString &all)
{
    return {
        {.value = {}, .name = "All"_ba, .word = all, .icon = {}, .token = Token::Accent},
        chipOf(DisplayState::Running, "Running"_ba),
        chipOf(DisplayState::Waiting, "Waiting"_ba),
        chipOf(DisplayState::Dead, "Dead"_ba, true,
               RunsToolBar::tr("failed, with an open dead letter")),
        chipOf(DisplayState::Failed, "Failed"_ba),
        chipOf(DisplayState::Completed, "Completed"_ba),
        chipOf(DisplayState::Queued, "Queued"_ba, false),
        chipOf(DisplayState::Cancelled, "Cancelled"_ba, false),
    };
}

} // namespace

RunsToolBar::RunsToolBar(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_chips(new StateChips(context, "runsChip"_ba, choices(tr("All")), this))
    , m_range(new RangeBox(this))
    , m_columns(new QToolButton(this))
    , m_live(new LiveButton(
          context, tr("Rows change as runs do; click to pause"),
          [](const FeedNews &news) { return news.runs; }, this))
{
    m_range->setObjectName(u"runsRange"_s);
    connect(m_range, &RangeBox::rangeChosen, this, &RunsToolBar::rangeChosen);
    connect(m_range, &RangeBox::customChosen, this, &RunsToolBar::customRangeChosen);

    m_columns->setObjectName(u"runsColumns"_s);
    m_columns->setToolTip(tr("Columns"));
    m_columns->setAccessibleName(tr("Columns"));
    m_columns->setIcon(context.icons.icon(u"columns"_s));
    m_columns->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_columns->setAutoRaise(true);
    m_columns->setFocusPolicy(Qt::TabFocus);
    m_columns->setIconSize({16, 16});
    m_live->setObjectName(u"runsLive"_s);
    connect(m_chips, &StateChips::chosen, this, &RunsToolBar::statesChosen);
    m_chips->setOffered(stateKey(DisplayState::Failed), false); // before anything is counted

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_chips, 1);
    layout->addWidget(m_range);
    layout->addWidget(m_live); // what it may need more is empty before it
    layout->addWidget(m_columns);
}

void RunsToolBar::setSorted(bool isSorted)
{
    m_live->setSorted(isSorted);
}

/// With less room than for all words, the states have theirs first.
void RunsToolBar::share()
{
    const QMargins around = layout()->contentsMargins();
    const int room = width() - m_columns->sizeHint().width() - 3 * layout()->spacing()
                     - around.left() - around.right();
    m_live->setRoomy(m_chips->sizeHint().width() + m_range->roomyWidth() + m_live->roomyWidth()
                     <= room);
    m_range->setRoomy(
        m_chips->sizeHint().width() + m_range->roomyWidth() + m_live->sizeHint().width() <= room);
}

bool RunsToolBar::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        share();
    return QWidget::event(event);
}

void RunsToolBar::showFilter(const Filter &filter)
{
    const std::optional<QByteArrayList> states = filterValues(filter, "state"_ba);
    m_chips->showFilter(filter, "state"_ba);
    m_isOfStates =
        filter.isAll() || (states.has_value() && filterWithout(filter, "state"_ba).isAll());
    count();
    m_range->showFilter(filter);
}

void RunsToolBar::showCounts(const Counters &counters)
{
    m_counters = counters;
    m_isCounted = true;
    count();
}

/// Its number is more than what the word alone would make one think.
QString RunsToolBar::failedHint() const
{
    if (!m_isOfStates)
        return tr("all that failed, also those with an open dead letter");
    return tr("%1 failed, %2 of them with an open dead letter")
        .arg(formatCount(m_counters.failed + m_counters.dead), formatCount(m_counters.dead));
}

void RunsToolBar::count()
{
    if (!m_isCounted)
        return;
    const auto show = [this](const QByteArray &value, qint64 number) {
        m_chips->setCount(value, number, m_isOfStates);
    };
    const Counters &counters = m_counters;
    show({}, counters.all);
    show(stateKey(DisplayState::Queued), counters.queued);
    show(stateKey(DisplayState::Running), counters.running);
    show(stateKey(DisplayState::Waiting), counters.waiting);
    show(stateKey(DisplayState::Completed), counters.completed);
    show(stateKey(DisplayState::Dead), counters.dead);
    // `state:failed` finds dead ones, too. As long as all that failed are dead, both would find the
    // same.
    show(stateKey(DisplayState::Failed), counters.failed + counters.dead);
    m_chips->setOffered(stateKey(DisplayState::Failed), counters.failed > 0);
    m_chips->setHint(stateKey(DisplayState::Failed), failedHint());
    show(stateKey(DisplayState::Cancelled), counters.cancelled);
}

} // namespace console

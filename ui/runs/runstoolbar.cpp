// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runstoolbar.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/statechips.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::Counters;
using devserver::api::Filter;

namespace {

constexpr int customRange = -2;

StateChips::Choice chipOf(DisplayState state, const QByteArray &name, bool isAlwaysShown = true)
{
    return {.value = stateKey(state),
            .name = name,
            .word = stateWord(state),
            .icon = stateIcon(state),
            .token = stateToken(state),
            .isAlwaysShown = isAlwaysShown};
}

std::vector<StateChips::Choice> choices(const QString &all)
{
    return {
        {.value = {}, .name = "All"_ba, .word = all, .icon = {}, .token = Token::Accent},
        chipOf(DisplayState::Running, "Running"_ba),
        chipOf(DisplayState::Waiting, "Waiting"_ba),
        chipOf(DisplayState::Dead, "Dead"_ba),
        chipOf(DisplayState::Failed, "Failed"_ba),
        chipOf(DisplayState::Completed, "Completed"_ba),
        chipOf(DisplayState::Queued, "Queued"_ba, false),
        chipOf(DisplayState::Cancelled, "Cancelled"_ba, false),
        chipOf(DisplayState::Skipped, "Skipped"_ba, false),
    };
}

} // namespace

RunsToolBar::RunsToolBar(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_chips(new StateChips(context, "runsChip"_ba, choices(tr("All")), this))
    , m_range(new QComboBox(this))
    , m_columns(new QToolButton(this))
    , m_live(new QToolButton(this))
{
    m_range->setObjectName(u"runsRange"_s);
    m_range->setAccessibleName(tr("Time range"));
    m_range->addItem(tr("Any time"), QByteArray());
    m_range->addItem(tr("Last 15 min"), "15m"_ba);
    m_range->addItem(tr("Last hour"), "1h"_ba);
    m_range->addItem(tr("Last 24 hours"), "24h"_ba);
    m_range->addItem(tr("Today"), "today"_ba);
    m_range->addItem(tr("Last 7 days"), "7d"_ba);
    m_range->addItem(tr("Custom…"), customRange);
    connect(m_range, &QComboBox::activated, this, &RunsToolBar::chooseRange);

    m_columns->setObjectName(u"runsColumns"_s);
    m_columns->setToolTip(tr("Columns"));
    m_columns->setAccessibleName(tr("Columns"));
    m_columns->setIcon(context.icons.icon(u"columns"_s));
    m_live->setObjectName(u"runsLive"_s);
    for (QToolButton *button : {m_columns, m_live}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setIconSize({16, 16});
    }
    connect(m_live, &QToolButton::clicked, this,
            [this] { m_context.feed.setPaused(!m_context.feed.isPaused()); });
    connect(&context.feed, &Feed::pausedChanged, this, &RunsToolBar::showLive);
    connect(&context.feed, &Feed::newsChanged, this, &RunsToolBar::showLive);
    connect(&context.feed, &Feed::overloadChanged, this, &RunsToolBar::showLive);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &RunsToolBar::showLive);
    connect(m_chips, &StateChips::chosen, this, &RunsToolBar::statesChosen);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_chips, 1);
    layout->addWidget(m_range);
    layout->addWidget(m_columns);
    layout->addWidget(m_live);
    showLive();
}

void RunsToolBar::chooseRange(int index)
{
    const QVariant range = m_range->itemData(index);
    if (range.toInt() == customRange && range.typeId() == QMetaType::Int)
        Q_EMIT customRangeChosen();
    else
        Q_EMIT rangeChosen(range.toByteArray());
}

void RunsToolBar::showLive()
{
    const bool isLive = !m_context.feed.isPaused();
    const bool isServing = m_context.backend.server().phase == devserver::api::ServerPhase::Serving;
    const bool isSlowed = m_context.feed.isOverloaded();
    const std::size_t fresh = m_context.feed.news().runs;
    m_live->setText(isLive       ? (isSlowed ? tr("Live (5/s)") : tr("Live"))
                    : fresh == 0 ? tr("Paused")
                                 : tr("%1 new").arg(formatCount(static_cast<qint64>(fresh))));
    m_live->setAccessibleName(isLive       ? tr("Live updates, on")
                              : fresh == 0 ? tr("Live updates, paused")
                                           : tr("Live updates, paused, %1").arg(m_live->text()));
    const QString live = isSlowed
                             ? tr("More comes in than can be drawn: rows change 5 times a second")
                             : tr("Rows change as runs do; click to pause");
    m_live->setToolTip(isLive ? live : tr("Rows stand still; click to go on"));
    m_live->setIcon(m_context.icons.icon(isLive ? u"bolt"_s : u"pause"_s,
                                         isLive ? Token::StateCompleted : Token::StatePaused));
    m_live->setEnabled(isServing);
}

void RunsToolBar::showFilter(const Filter &filter)
{
    m_chips->setChosen(filterValues(filter, "state"_ba).value_or(QByteArrayList()));
    const std::optional<QByteArrayList> since = filterValues(filter, "since"_ba);
    int index = 0;
    if (since)
        index = since->size() == 1 ? m_range->findData(since->front()) : -1;
    m_range->setCurrentIndex(index < 0 ? m_range->findData(customRange) : index);
}

void RunsToolBar::showCounts(const Counters &counters)
{
    m_chips->setCount({}, counters.all);
    m_chips->setCount(stateKey(DisplayState::Queued), counters.queued);
    m_chips->setCount(stateKey(DisplayState::Running), counters.running);
    m_chips->setCount(stateKey(DisplayState::Waiting), counters.waiting);
    m_chips->setCount(stateKey(DisplayState::Completed), counters.completed);
    m_chips->setCount(stateKey(DisplayState::Dead), counters.dead);
    // `state:failed` finds dead ones, too.
    m_chips->setCount(stateKey(DisplayState::Failed), counters.failed + counters.dead);
    m_chips->setCount(stateKey(DisplayState::Cancelled), counters.cancelled);
    m_chips->setCount(stateKey(DisplayState::Skipped), counters.skipped);
}

} // namespace console

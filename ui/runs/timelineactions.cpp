// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the timeline does of the table of actions, and when it can (ui.md §7.5, §7.6).

#include "ui/core/timelinetext.h"
#include "ui/runs/timelinetip.h"
#include "ui/runs/timelineview.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

using View = TimelineView;

constexpr double zoomStep = 1.2;
constexpr double panShare = 0.15; // of the plot

double viewWidth(const View &view)
{
    return view.timeline().camera().viewWidth();
}

AxisMode nextMode(AxisMode mode)
{
    switch (mode) {
    case AxisMode::Real:
        return AxisMode::Squeezed;
    case AxisMode::Squeezed:
        return AxisMode::Order;
    case AxisMode::Order:
        break;
    }
    return AxisMode::Real;
}

/// 1: folds are closed; 2: each step has a row; 3: each call, too.
void unfoldTo(View &view, int level)
{
    view.setShowsCalls(level > 2);
    view.setAllOpen(level > 1);
}

bool hasFailed(const View &view)
{
    const std::vector<TimelineRow> &rows = view.timeline().data()->rows;
    return std::any_of(rows.begin(), rows.end(), [](const TimelineRow &row) {
        return row.kind != RowKind::Run
               && std::any_of(row.bars.begin(), row.bars.end(),
                              [](const TimelineBar &bar) { return isError(bar.state); });
    });
}

bool canZoomTo(const View &view)
{
    const int row = view.cursor().dataRow();
    return row >= 0 && !view.timeline().data()->rows[static_cast<std::size_t>(row)].bars.empty();
}

struct Deed {
    const char *id;
    void (*run)(View &view);
    QString (*whyNot)(const View &view) = nullptr; ///< empty: it can be done
    bool (*isOn)(const View &view) = nullptr;      ///< of what is switched on and off
};

QString whyNoFailed(const View &view)
{
    return hasFailed(view) ? QString() : View::tr("No attempt of this run failed");
}

QString whyNoFolds(const View &view)
{
    return view.timeline().hasFolds() ? QString() : View::tr("No steps of this run are folded");
}

QString whyNotWhole(const View &view)
{
    return view.timeline().camera().isFit() ? View::tr("The whole run is shown") : QString();
}

QString whyNotBack(const View &view)
{
    return view.timeline().camera().canGoBack() ? QString() : View::tr("There was no other zoom");
}

QString whyNotTo(const View &view)
{
    return canZoomTo(view) ? QString() : View::tr("Nothing that took time is selected");
}

QString whyNotFollow(const View &view)
{
    return view.timeline().data()->isLive ? QString() : View::tr("The run has ended");
}

QString whyNotFound(const View &view)
{
    if (view.timeline().filter().find.isEmpty())
        return View::tr("Nothing is looked for");
    return view.timeline().foundCount() > 0 ? QString() : View::tr("No step matches");
}

const std::vector<Deed> &deeds()
{
    static const std::vector<Deed> table = {
        {"zoomIn", [](View &view) { view.zoom(zoomStep, viewWidth(view) / 2); }},
        {"zoomOut", [](View &view) { view.zoom(1 / zoomStep, viewWidth(view) / 2); }},
        {"zoomTo", [](View &view) { view.zoomToCurrent(); }, whyNotTo},
        {"zoomBack", [](View &view) { view.zoomBack(); }, whyNotBack},
        {"whole", [](View &view) { view.fit(); }, whyNotWhole},
        {"earlier", [](View &view) { view.pan(-viewWidth(view) * panShare); }},
        {"later", [](View &view) { view.pan(viewWidth(view) * panShare); }},
        {"follow", [](View &view) { view.toggleFollow(); }, whyNotFollow,
         [](const View &view) { return view.isFollowing(); }},
        {"axis", [](View &view) { view.setMode(nextMode(view.timeline().mode())); }},
        {"clock", [](View &view) { view.setClockTime(!view.usesClockTime()); }, nullptr,
         [](const View &view) { return view.usesClockTime(); }},
        {"calls", [](View &view) { view.setShowsCalls(!view.timeline().showsCalls()); }, nullptr,
         [](const View &view) { return view.timeline().showsCalls(); }},
        {"wrap", [](View &view) { view.setWrapsNames(!view.wrapsNames()); }, nullptr,
         [](const View &view) { return view.wrapsNames(); }},
        {"unfold", [](View &view) { view.setAllOpen(true); }, whyNoFolds},
        {"fold", [](View &view) { view.setAllOpen(false); }, whyNoFolds},
        {"level1", [](View &view) { unfoldTo(view, 1); }},
        {"level2", [](View &view) { unfoldTo(view, 2); }},
        {"level3", [](View &view) { unfoldTo(view, 3); }},
        {"nextFailed", [](View &view) { view.nextFailed(1); }, whyNoFailed},
        {"previousFailed", [](View &view) { view.nextFailed(-1); }, whyNoFailed},
        {"card", [](View &view) { view.showCard(); }},
        {"ruler", [](View &view) { view.startRuler(); }},
        {"nextFound", [](View &view) { view.nextFound(1); }, whyNotFound},
        {"previousFound", [](View &view) { view.nextFound(-1); }, whyNotFound},
        {"find", [](View &view) { Q_EMIT view.findRequested(); }},
    };
    return table;
}

} // namespace

void TimelineView::bindActions()
{
    for (const Deed &deed : deeds()) {
        const auto run = [this, run = deed.run] {
            m_tip->hide();
            run(*this);
        };
        const auto check = [this, &deed]() -> Availability {
            const QString reason = deed.whyNot == nullptr ? QString() : deed.whyNot(*this);
            Availability now{.isEnabled = reason.isEmpty(), .reason = reason, .text = {}};
            if (deed.isOn != nullptr)
                now.isOn = deed.isOn(*this);
            return now;
        };
        m_context.actions.bind("timeline."_ba + deed.id, this, run, check);
    }
    m_context.actions.bind(
        "list.copy"_ba, this, [this] { m_context.desktop.copy(currentText()); },
        []() -> Availability {
            return {.isEnabled = true, .reason = {}, .text = tr("Copy as text")};
        });
}

/// The camera moves with each frame; only this can change what is possible.
void TimelineView::checkActions()
{
    const TimelineCamera &camera = m_layout.camera();
    const bool isSame = m_wasFit == camera.isFit() && m_couldGoBack == camera.canGoBack();
    m_wasFit = camera.isFit();
    m_couldGoBack = camera.canGoBack();
    if (!isSame)
        m_context.actions.refresh();
}

} // namespace console

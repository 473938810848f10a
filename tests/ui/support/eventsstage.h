// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/listrows.h"
#include "tests/ui/support/uifixture.h"
#include "ui/events/eventsview.h"

#include <QTest>

namespace console::test {

/// With everything loaded. \returns its list
inline ListTable *showEvents(UiFixture &ui, EventsView &view)
{
    ui.show(&view);
    ui.beat();
    ui.beat();
    return child<ListTable>(&view, "eventsTable");
}

/// By a click, until its record is shown below the list.
inline void selectEvent(UiFixture &ui, EventsView &view, devserver::EventId event)
{
    clickRowOf(child<ListTable>(&view, "eventsTable"), event.toText());
    QTRY_VERIFY(child<QWidget>(&view, "eventDetail")->isVisible());
    ui.beat();
    ui.beat();
}

} // namespace console::test

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/attemptmodel.h"
#include "ui/runs/inspector.h"
#include "ui/widgets/wrappedtext.h"

#include <QLabel>
#include <QTabBar>
#include <QTableView>
#include <QTest>

namespace console::test {

/// The inspector over the usual scene, in the width of a wide dock.
struct InspectorStage {
    using Kind = Selection::Kind;

    enum Tab { Overview, Attempts, Error, Input, Output, Calls, Raw };

    InspectorStage()
        : scene(fillScene(ui.backend))
        , inspector(ui.context)
    {
        ui.catalog.reload();
        ui.show(&inspector, {560, 760});
        ui.beat();
    }

    void select(const Selection &selection)
    {
        arrange::selection(ui, selection);
        ui.beat();
        ui.beat();
    }

    void selectRun(devserver::RunId run) { select({.kind = Kind::Run, .run = run}); }

    /// The step of this name in the record.
    void selectStep(devserver::RunId run, const QByteArray &name)
    {
        Selection selection{.kind = Kind::Step, .run = run, .step = {}, .stepName = name};
        for (const devserver::Attempt &attempt : ui.backend.records.at(run).attempts) {
            if (attempt.stepName == name)
                selection.step = attempt.step;
        }
        select(selection);
    }

    QTabBar *tabs() { return child<QTabBar>(&inspector, "inspectorTabs"); }

    void open(Tab tab)
    {
        QTest::mouseClick(tabs(), Qt::LeftButton, {}, tabs()->tabRect(tab).center());
        QCOMPARE(tabs()->currentIndex(), static_cast<int>(tab));
        ui.beat();
    }

    QString label(const char *name)
    {
        const auto *words = inspector.findChild<WrappedText *>(QString::fromLatin1(name));
        return words == nullptr ? child<QLabel>(&inspector, name)->text() : words->words();
    }

    UiFixture ui;
    Scene scene;
    Inspector inspector;
};

/// Clicks the first cell of a row.
inline void clickRow(const QTableView *table, int row, Qt::KeyboardModifiers modifiers = {})
{
    QTest::mouseClick(table->viewport(), Qt::LeftButton, modifiers,
                      table->visualRect(table->model()->index(row, 0)).center());
}

} // namespace console::test

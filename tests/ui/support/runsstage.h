// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/registered.h"
#include "tests/ui/support/runscenes.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/filtermatch.h"
#include "ui/core/runlistmodel.h"
#include "ui/runs/runsview.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/listtable.h"

#include <QAction>
#include <QApplication>
#include <QTest>

#include <memory>

namespace console::test {

/// A shown view over \a rows runs, newest first.
struct Stage {
    explicit Stage(std::vector<devserver::api::RunSummary> rows)
    {
        fixture.backend.setNow(noon() + std::chrono::hours(1));
        fixture.backend.runs = std::move(rows);
        registerFunctions(fixture.backend);
        fixture.backend.runMatches = [this](const devserver::api::Filter &asked,
                                            const devserver::api::RunSummary &run) {
            return filterFits(asked, run, fixture.backend.now()) == Fit::Yes;
        };
        view = std::make_unique<RunsView>(fixture.context);
        fixture.show(view.get());
        table = child<ListTable>(view.get(), "runsTable");
        filter = child<FilterEdit>(view.get(), "runsFilter");
        QTRY_VERIFY(table->list() != nullptr);
        table->setFocus();
    }

    [[nodiscard]] RunListModel *list() const { return qobject_cast<RunListModel *>(table->list()); }

    void clickRow(int row, int column = 1, Qt::KeyboardModifiers modifiers = {})
    {
        const QModelIndex index = table->model()->index(row, column);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, modifiers,
                          table->visualRect(index).center());
        QCoreApplication::processEvents(); // actions are checked again
    }

    void typeFilter(const char *text)
    {
        filter->setFocus();
        QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(filter, QString::fromUtf8(text));
        QTest::keyClick(filter, Qt::Key_Return);
        settle();
    }

    /// The queries that are under way are answered and shown.
    void settle()
    {
        QTRY_VERIFY(table->coming() == nullptr);
        fixture.beat();
    }

    [[nodiscard]] Availability actionNow(const QByteArray &id)
    {
        fixture.actions.refresh();
        QCoreApplication::processEvents();
        const QAction *action = fixture.actions.action(id);
        return {action->isEnabled(), fixture.actions.reason(id), action->text()};
    }

    UiFixture fixture;
    std::unique_ptr<RunsView> view;
    ListTable *table = nullptr;
    FilterEdit *filter = nullptr;
};

inline std::vector<devserver::api::RunSummary> completedRuns(int count)
{
    std::vector<devserver::api::RunSummary> rows;
    for (int number = count; number > 0; --number)
        rows.push_back(runRow(number));
    return rows;
}

} // namespace console::test

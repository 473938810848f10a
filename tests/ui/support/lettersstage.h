// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/listrows.h"
#include "tests/ui/support/registered.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/letterfilter.h"
#include "ui/core/letterlistmodel.h"
#include "ui/letters/deadview.h"
#include "ui/widgets/listtable.h"

#include <QDialog>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

#include <memory>

namespace console::test {

inline devserver::api::LetterSummary letter(int number, const QByteArray &error = "TimeoutError")
{
    devserver::api::LetterSummary row;
    row.run = runId(number);
    row.slug = "shop-charge-order";
    row.functionName = "charge-order";
    row.appName = "shop";
    row.failedAt = runRow(number).queuedAt;
    row.reason = "attempts_exhausted";
    row.errorName = error;
    row.errorMessage = "the gateway did not answer";
    row.fingerprint = "print-" + error;
    row.failedStepName = "charge-card";
    row.failedStepAttempts = 5;
    row.maxAttempts = 5;
    row.keptSteps = {"load-order", "check-fraud"};
    row.preview = R"({"id":"o_1"})";
    return row;
}

/// A view over some letters, with the filters of the real engine.
struct LettersStage {
    explicit LettersStage(std::vector<devserver::api::LetterSummary> letters)
    {
        ui.backend.letters = std::move(letters);
        registerFunctions(ui.backend);
        ui.backend.setNow(runRow(600).queuedAt);
        ui.backend.letterMatches = [this](const auto &filter,
                                          const devserver::api::LetterSummary &row) {
            return letterFits(filter, row, ui.backend.now()) != Fit::No;
        };
        view = std::make_unique<DeadView>(ui.context);
        ui.show(view.get());
        settle();
        table = child<ListTable>(view.get(), "deadTable");
        tree = child<QTreeView>(view.get(), "deadGroups");
    }

    void settle()
    {
        for (int i = 0; i < 4; ++i)
            ui.beat();
    }

    /// What left stays dimmed for two seconds.
    void passTime()
    {
        settle();
        ui.backend.advance(std::chrono::seconds(3));
        settle();
    }

    void focusRow(int row)
    {
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(row, 0)).center());
        settle();
    }

    void click(const char *button)
    {
        auto *found = child<QAbstractButton>(view.get(), button);
        QTRY_VERIFY(found->isEnabled());
        QTest::mouseClick(found, Qt::LeftButton);
        settle();
    }

    [[nodiscard]] QString bars() const
    {
        QString all;
        for (const QWidget *bar : view->findChildren<QWidget *>(QStringLiteral("infoBar")))
            all += bar->accessibleName() + QLatin1Char('\n');
        return all;
    }

    void pressBarButton(const QString &text)
    {
        for (QPushButton *button : view->findChildren<QPushButton *>()) {
            if (button->text() == text && button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                settle();
                return;
            }
        }
        QFAIL(qPrintable(QStringLiteral("no button ") + text));
    }

    [[nodiscard]] QString cell(int row, LetterColumn column) const
    {
        return table->model()->index(row, static_cast<int>(column)).data().toString();
    }

    UiFixture ui;
    std::unique_ptr<DeadView> view;
    ListTable *table = nullptr;
    QTreeView *tree = nullptr;
};

/// Shows the letters of the scene and clicks one of them. \returns their list
inline ListTable *selectLetter(UiFixture &ui, DeadView &view, devserver::RunId run)
{
    ui.show(&view);
    for (int i = 0; i < 4; ++i)
        ui.beat();
    auto *table = child<ListTable>(&view, "deadTable");
    clickRowOf(table, run.toText());
    ui.beat();
    return table;
}

/// *Edit & retry* of a letter, by its key.
inline QDialog *editLetter(UiFixture &ui, DeadView &view, devserver::RunId run)
{
    QTest::keyClick(selectLetter(ui, view, run), Qt::Key_E);
    ui.beat();
    return child<QDialog>(&view, "deadEditDialog");
}

} // namespace console::test

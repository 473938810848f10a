// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/window/figures.h"
#include "tests/perf/window/scenes.h"
#include "tests/ui/support/uifixture.h"
#include "ui/letters/deadview.h"

#include <QApplication>
#include <QElapsedTimer>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int letters = 10'000;
constexpr int groups = 200;
constexpr int changesPerTick = 8; // 500 a second

devserver::api::LetterSummary letter(int number)
{
    const int group = number % groups;
    devserver::api::LetterSummary row;
    row.run = runId(number);
    row.slug = "shop-f" + QByteArray::number(group / 10);
    row.functionName = "f" + QByteArray::number(group / 10);
    row.appName = "shop"_ba;
    row.failedAt = runRow(number).queuedAt;
    row.reason = "attempts_exhausted"_ba;
    row.errorName = "Error"_ba;
    row.errorMessage = "failure of kind " + QByteArray::number(group);
    row.fingerprint = QByteArray::number(group);
    row.failedStepName = "charge-card"_ba;
    row.failedStepAttempts = 5;
    row.maxAttempts = 5;
    row.keptSteps = {"load-order"_ba};
    return row;
}

} // namespace

/// `perf_dead` of ui.md §27.4: letters in many groups while they change.
void measureDeadLetters()
{
    UiFixture ui;
    for (int i = letters; i > 0; --i)
        ui.backend.letters.push_back(letter(i));
    DeadView view(ui.context);
    ui.show(&view);
    ui.beat();
    ui.beat();
    Series tick;
    int next = letters;
    for (int frame = 0; frame < 600; ++frame) {
        for (int i = 0; i < changesPerTick; ++i) {
            devserver::api::LetterSummary changed =
                letter(i < 2 ? ++next : next - 13 * i - frame % 97);
            if (i == 7)
                changed.state = devserver::LetterState::Retrying;
            ui.backend.mailbox().post(changed);
        }
        ui.backend.advance(std::chrono::milliseconds(16));
        QElapsedTimer timer;
        timer.start();
        ui.clock.beat();
        tick.add(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        QApplication::processEvents();
    }
    printFigure(u"perf_dead: tick p95 at 500 changes/s"_s, tick.quantile(0.95), u"ms"_s, 4);
}

} // namespace console::test

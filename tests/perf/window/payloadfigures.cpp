// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/window/figures.h"
#include "tests/perf/window/scenes.h"
#include "tests/ui/support/uifixture.h"
#include "ui/widgets/payloadview.h"
#include "ui/widgets/stallwatch.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype payloadSize = 20 << 20;

QByteArray bigPayload()
{
    QByteArray json = "{\"items\":[";
    for (int i = 0; json.size() < payloadSize; ++i) {
        json += (i == 0 ? "" : ",") + QByteArray("{\"id\":\"item_") + QByteArray::number(i)
                + "\",\"price\":12.50,\"tags\":[\"a\",\"b\"],\"note\":\"some words of text\"}";
    }
    return json + "]}";
}

} // namespace

/// `perf_payload` of ui.md §27.4: 20 MiB are shown, searched and copied without a stall.
void measurePayload()
{
    UiFixture ui;
    ui.clock.setManual();
    PayloadView view(ui.context, nullptr);
    ui.show(&view);
    const QByteArray payload = bigPayload();

    const GuiStallWatch watch;
    QSignalSpy shown(&view, &PayloadView::shown);
    QElapsedTimer timer;
    timer.start();
    view.setPayload(payload);
    QApplication::processEvents();
    view.grab();
    printFigure(u"perf_payload 20 MiB: first paint"_s,
                static_cast<double>(timer.nsecsElapsed()) / 1e6, u"ms"_s, 100);
    if (!shown.isEmpty() || shown.wait(30'000))
        printFigure(u"perf_payload 20 MiB: all shown after"_s, static_cast<double>(timer.elapsed()),
                    u"ms"_s, 5000);
    auto *text = child<QWidget>(&view, "payloadBigText");
    text->setFocus();
    for (int i = 0; i < 50; ++i)
        QTest::keyClick(text, Qt::Key_PageDown);
    QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"item_777"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    auto *found = child<QLabel>(&view, "findCount");
    if (!QTest::qWaitFor([found] { return !found->text().isEmpty(); }, 10'000))
        printFailure(u"perf_payload 20 MiB: nothing was found"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    text->setFocus();
    QTest::keyClick(text, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(text, Qt::Key_C, Qt::ControlModifier);
    // The text is its beginning only, the button copies all.
    QTest::mouseClick(child<QToolButton>(&view, "payloadCopy"), Qt::LeftButton);
    if (!QTest::qWaitFor([&ui] { return ui.desktop.copied.size() >= payloadSize; }, 10'000))
        printFailure(u"perf_payload 20 MiB: nothing was copied"_s);
    // A second of the loop, so that work in the background comes back to it.
    QTest::qWait(1000);
    printFigure(u"perf_payload 20 MiB: longest stall"_s, static_cast<double>(watch.worst().count()),
                u"ms"_s, 50);
}

} // namespace console::test

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/sampleapp.h"
#include "devserver/host/embeddedbackend.h"
#include "tests/perf/window/figures.h"
#include "tests/perf/window/scenes.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/runlistmodel.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/stallwatch.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSet>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <cstdio>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int loadMs = 5000;
constexpr int tickMs = 20;
constexpr int runsPerTick = 6; // 300 a second; each is queued, runs, takes three steps and ends
constexpr int rowsInSight = 20;
constexpr std::size_t fewestEnds = 100;
constexpr int patienceMs = 30'000;

QByteArray eventsOfATick()
{
    QByteArray json = "[";
    for (int i = 0; i < runsPerTick; ++i)
        json += (i == 0 ? "" : ",") + QByteArray(R"({"name":"sample/steps","data":{"count":3}})");
    return json + "]";
}

/// How old an end is when the row that says it has been painted. The engine stamps the end before
/// it commits, so the store's time is in it.
class PaintedEnds : public QObject
{
public:
    explicit PaintedEnds(QTableView *table)
        : m_table(table)
    {
        table->viewport()->installEventFilter(this);
    }

    Series ages;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // Behind the view's own painting: asked for now, told by the next turn of the loop.
        if (event->type() == QEvent::Paint)
            QTimer::singleShot(0, this, &PaintedEnds::look);
        return QObject::eventFilter(watched, event);
    }

private:
    void look()
    {
        const auto *model = dynamic_cast<const RunListModel *>(m_table->model());
        if (model == nullptr)
            return;
        const devserver::TimePoint now{std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now().time_since_epoch())};
        for (int row = 0; row < std::min(rowsInSight, model->rowCount()); ++row) {
            const devserver::api::RunSummary &run = model->at(row);
            const QByteArray id = model->idAt(row);
            if (!run.endedAt || m_seen.contains(id))
                continue;
            m_seen.insert(id);
            ages.add(std::chrono::duration<double, std::milli>(now - *run.endedAt).count());
        }
    }

    QTableView *m_table;
    QSet<QByteArray> m_seen;
};

devserver::host::ServerSettings settingsOf(const QString &file)
{
    devserver::host::ServerSettings settings;
    settings.addresses = {QHostAddress(QHostAddress::LocalHost)};
    settings.port = 0;
    settings.dataFile = file;
    settings.sample = console::sample::inProcessApp();
    settings.routes.hasDiscovery = false;
    return settings;
}

} // namespace

/// "Engine commit → on screen" and the longest stall of ui.md §4.2, on the real engine and store:
/// the whole window, Runs live, the bundled sample functions at work.
void measureLive()
{
    const QTemporaryDir folder;
    devserver::host::EmbeddedBackend backend(settingsOf(folder.filePath(u"live.db"_s)));
    FakeDesktop desktop;
    MainWindow window(backend, {.settingsPath = {}}, desktop);
    window.resize(1440, 900);
    window.show();
    std::ignore = backend.startServer(0);
    auto *table = child<QTableView>(&window, "runsTable");
    // One run first: the list leaves the first page, and the functions are known.
    const auto send = [&backend, json = eventsOfATick()] { std::ignore = backend.send(json); };
    if (!QTest::qWaitFor(
            [&] { return backend.server().phase == devserver::api::ServerPhase::Serving; },
            patienceMs)) {
        printFailure(u"live: the server did not start"_s);
        return;
    }
    send();
    if (!QTest::qWaitFor([&] { return table->model() != nullptr && table->model()->rowCount() > 0; },
                         patienceMs)) {
        printFailure(u"live: no run came"_s);
        return;
    }

    PaintedEnds ends(table);
    QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);
    const GuiStallWatch watch;
    QTimer load;
    QObject::connect(&load, &QTimer::timeout, &window, send);
    load.setTimerType(Qt::PreciseTimer);
    load.start(tickMs);
    QTest::qWait(loadMs);
    load.stop();
    const auto stall = static_cast<double>(watch.worst().count());

    if (ends.ages.count() < fewestEnds)
        printFailure(u"live: only %1 runs ended in sight"_s.arg(ends.ages.count()));
    printFigure(u"live: engine to screen p95 at 300 runs/s"_s, ends.ages.quantile(0.95), u"ms"_s,
                100);
    printFigure(u"live: longest stall"_s, stall, u"ms"_s, 50);
    printFigure(u"live: model resets"_s, static_cast<double>(resets.count()), u""_s, 0);
}

} // namespace console::test

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 8, commit: one transaction for everything that a batch of inputs changed; then act.

#include "devserver/host/pump.h"

#include "devserver/host/arrival.h"
#include "devserver/host/log.h"

#include <QElapsedTimer>

#include <exception>
#include <utility>

namespace devserver::host {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using engine::Input;
using engine::Outcome;

namespace {

constexpr qint64 slowCommitMs = 1000;

struct TokenOf {
    engine::ReplyToken operator()(const engine::EventsReceived &input) const { return input.token; }

    engine::ReplyToken operator()(const engine::FunctionsSynced &input) const
    {
        return input.token;
    }

    engine::ReplyToken operator()(const engine::AppRemoved &input) const { return input.token; }

    engine::ReplyToken operator()(const engine::AppMoved &input) const { return input.token; }

    engine::ReplyToken operator()(const engine::AppPolled &input) const { return input.token; }

    engine::ReplyToken operator()(const engine::VerbRequested &input) const { return input.token; }

    engine::ReplyToken operator()(const auto &) const { return 0; }
};

/// For whoever asks, in plain words; SQLite's own are for the log.
Error pausedBy(const Error &error)
{
    return {error.code, error.code == ErrorCode::StoreFull
                            ? u"the disk is full, work is paused until there is room"_s
                            : u"another program uses the data file, work is paused meanwhile"_s};
}

} // namespace

Pump::Pump(engine::Options options, store::Store &store, const Clock &clock, Outlets outlets,
           QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_store(store)
    , m_clock(clock)
    , m_outlets(std::move(outlets))
    , m_engine(std::make_unique<engine::Engine>(options))
{
    connect(&m_alarm, &Alarm::rang, this, [this] { post(engine::TimeReached{}); });
    m_retryDisk.setSingleShot(true);
    m_retryDisk.setInterval(1s);
    connect(&m_retryDisk, &QTimer::timeout, this, [this] { m_scope.spawn("reload", reload()); });
}

Pump::~Pump() = default;

void Pump::restore(const Snapshot &snapshot, engine::RestoreCause cause)
{
    m_engine = std::make_unique<engine::Engine>(m_options);
    m_engine->restore(snapshot);
    m_untold = cause;
    m_inbox.insert(m_inbox.begin(), engine::Restored{cause});
    post(engine::TimeReached{});
}

void Pump::post(Input input)
{
    if (m_isPaused || m_hasFailed) {
        refuse(input, m_failure);
        return;
    }
    m_inbox.push_back(std::move(input));
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_scope.spawn("pump", run());
}

QCoro::Task<> Pump::run()
{
    try {
        while (!m_inbox.empty() && !m_isPaused && !m_hasFailed) {
            std::vector<Input> batch = std::exchange(m_inbox, {});
            co_await commitBatch(std::move(batch));
        }
    } catch (const std::exception &error) {
        // A bug of ours (style.md 2.8): stop loudly rather than stand still.
        const Error bug{ErrorCode::Store, u"internal error: "_s + QString::fromUtf8(error.what())};
        commitFailed(bug);
    }
    m_isRunning = false;
    Q_EMIT idle();
}

QCoro::Task<> Pump::commitBatch(std::vector<Input> batch)
{
    m_asking.clear();
    for (const Input &input : batch) {
        if (const engine::ReplyToken token = std::visit(TokenOf{}, input))
            m_asking.push_back(token);
    }
    Recalled recalled;
    Recall recall = m_engine->needs(m_clock.now(), batch);
    if (!recall.isEmpty()) {
        Arrival arrival(this, [this, &recall](store::Finished finished) {
            return m_store.recall(std::move(recall), std::move(finished));
        });
        Result<Recalled> found = co_await arrival;
        if (!found) {
            commitFailed(found.error());
            co_return;
        }
        recalled = std::move(*found);
    }
    const std::size_t inputs = batch.size();
    Outcome outcome = m_engine->step(m_clock.now(), std::move(batch), recalled);
    qCDebug(lcHost) << "step"
                    << "inputs" << inputs << "writes" << outcome.writes.size() << "actions"
                    << outcome.actions.size();
    if (!outcome.writes.empty()) {
        Writes writes = std::exchange(outcome.writes, {});
        QElapsedTimer timer;
        timer.start();
        Arrival arrival(this, [this, &writes](store::Finished finished) {
            return m_store.commit(std::move(writes), std::move(finished));
        });
        const Result<void> committed = co_await arrival;
        if (timer.elapsed() > slowCommitMs)
            qCWarning(lcHost) << "slow commit, the disk is busy"
                              << "ms" << timer.elapsed();
        if (!committed) { // the state in memory is ahead of the disk: drop it and restore
            commitFailed(committed.error());
            co_return;
        }
        endPause();
    }
    m_untold.reset(); // of a restore, the first batch after it tells
    act(std::move(outcome));
}

void Pump::act(Outcome outcome)
{
    for (engine::Action &action : outcome.actions)
        m_outlets.perform(std::move(action));
    m_outlets.publish(std::move(outcome.changes));
    m_alarm.set(outcome.wakeAt);
}

void Pump::refuse(const Input &input, const Error &error)
{
    if (const engine::ReplyToken token = std::visit(TokenOf{}, input))
        m_outlets.perform(engine::Reply{.token = token, .body = error});
}

void Pump::commitFailed(const Error &error)
{
    m_isPaused = error.code == ErrorCode::StoreFull || error.code == ErrorCode::StoreLocked;
    m_hasFailed = !m_isPaused;
    m_failure = m_isPaused ? pausedBy(error) : error;
    // Whoever waits for this batch is told the truth: nothing of it is stored. Who asks again when
    // he hears it is told the same.
    for (const engine::ReplyToken token : std::exchange(m_asking, {}))
        m_outlets.perform(engine::Reply{.token = token, .body = m_failure});
    for (const Input &waiting : std::exchange(m_inbox, {}))
        refuse(waiting, m_failure);
    m_alarm.set(std::nullopt);
    m_outlets.abandonCalls();
    if (error.code == ErrorCode::Stopping) // the store was closed: that is no failure
        return;
    if (m_hasFailed) {
        m_pause.reset(); // it will not go on
        qCCritical(lcHost) << "commit failed"
                           << "error" << error.message;
        Q_EMIT failed(error);
        return;
    }
    beginPause(error);
    m_retryDisk.start();
}

/// Told once, however often the disk is tried.
void Pump::beginPause(const Error &error)
{
    if (m_pause && m_pause->code == error.code)
        return;
    qCCritical(lcHost) << (error.code == ErrorCode::StoreFull
                               ? "disk full, work is paused"
                               : "data file in use by another program, work is paused")
                       << "error" << error.message;
    m_pause = m_failure;
    Q_EMIT pauseChanged();
}

void Pump::endPause()
{
    if (!m_pause)
        return;
    qCInfo(lcHost) << "work goes on";
    m_pause.reset();
    Q_EMIT pauseChanged();
}

QCoro::Task<> Pump::reload()
{
    Arrival arrival(this,
                    [this](store::Finished finished) { return m_store.open(std::move(finished)); });
    const Result<Snapshot> snapshot = co_await arrival;
    if (snapshot)
        takeUp(*snapshot);
    else
        commitFailed(snapshot.error());
    if (!m_isRunning)
        Q_EMIT idle();
}

void Pump::takeUp(const Snapshot &snapshot)
{
    m_isPaused = false;
    try {
        // What was found at the start is still to be told, if the disk was full even then.
        restore(snapshot, m_untold.value_or(engine::RestoreCause::Disk));
    } catch (const std::exception &error) {
        commitFailed({ErrorCode::Store, u"internal error: "_s + QString::fromUtf8(error.what())});
        return;
    }
    Q_EMIT reloaded();
}

} // namespace devserver::host

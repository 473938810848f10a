// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

#include <QPointer>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace devserver::test {

/// A window's backend without an engine: scripted data, an own clock, and a record of every call.
/// Answers come queued, as from the real one; with `holdReplies` only when the test releases them.
class FakeBackend final : public api::ConsoleBackend
{
    Q_OBJECT

public:
    explicit FakeBackend(QObject *parent = nullptr);

    // --- what it knows; a test fills it in before the window asks ---
    std::vector<api::RunSummary> runs;       ///< newest first
    std::map<RunId, api::RunRecord> records; ///< else one is made of the summary
    std::vector<api::EventSummary> events;   ///< newest first
    std::map<EventId, api::EventRecord> eventRecords;
    std::vector<api::EventName> eventNames;
    std::vector<api::LetterSummary> letters; ///< newest first
    std::vector<App> apps;
    std::vector<Function> functions;
    std::vector<Bulk> bulks;
    std::map<QByteArray, api::FunctionStats> stats; ///< by slug
    api::StorageUse storage;
    api::ServerState state;
    /// Which rows a filter finds; default: all.
    std::function<bool(const api::Filter &, const api::RunSummary &)> runMatches;
    std::function<bool(const api::Filter &, const api::EventSummary &)> eventMatches;
    std::function<bool(const api::Filter &, const api::LetterSummary &)> letterMatches;
    api::AppSynced syncAnswer;
    QByteArray signingKey; ///< that `compareSigningKey` knows
    api::DataCleared clearAnswer;
    api::BulkPreview bulkPreview; ///< `eligible` 0: as many as the plan has

    // --- what was asked of it ---
    std::vector<api::Query> asked;
    std::vector<Verb> acted;
    std::vector<BulkPlan> previewed;
    std::vector<BulkPlan> started;
    std::vector<BulkId> stopped;
    QByteArrayList sent;
    std::vector<std::pair<QByteArray, QByteArray>> invoked; ///< slug, data
    QByteArrayList addedApps;
    std::vector<AppId> syncedApps;
    std::vector<AppId> removedApps;
    std::vector<std::pair<AppId, QByteArray>> movedApps; ///< which, where to
    std::vector<bool> sampleSwitches;
    std::vector<quint16> serverStarts;
    int serverStops = 0;
    std::vector<api::ClearScope> cleared;
    QByteArrayList comparedKeys;

    // --- how it behaves ---
    /// The next act, send, start, … fails with this.
    void refuseNext(const Error &error);
    /// All queries fail with this until it is reset.
    std::optional<Error> queryError;
    void holdReplies(bool holds);
    /// Delivers what was held, oldest first.
    void releaseReplies();

    [[nodiscard]] std::size_t heldReplies() const { return m_held.size(); }

    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_steadyNow += by;
    }

    /// As somebody sets the clock of the machine.
    void setNow(TimePoint now) { m_now = now; }

    void setState(const api::ServerState &next);
    /// Changes the row here and posts it, as the engine would; a new id becomes the newest row.
    void post(const api::RunSummary &run);
    void post(const api::EventSummary &event);
    void post(const api::LetterSummary &letter);

    void post(const api::Counters &counters) { m_mailbox.post(counters); }

    void post(const Notice &notice) { m_mailbox.post(notice); }

    void post(const Bulk &bulk);
    void post(const AppChanged &app);
    void post(const FunctionChanged &function);

    template<typename Q>
    [[nodiscard]] std::vector<Q> askedFor() const
    {
        std::vector<Q> found;
        for (const api::Query &query : asked) {
            if (const auto *one = std::get_if<Q>(&query))
                found.push_back(*one);
        }
        return found;
    }

    template<typename V>
    [[nodiscard]] std::vector<V> actedWith() const
    {
        std::vector<V> found;
        for (const Verb &verb : acted) {
            if (const auto *one = std::get_if<V>(&verb))
                found.push_back(*one);
        }
        return found;
    }

    // --- ConsoleBackend ---
    [[nodiscard]] api::UpdateMailbox &mailbox() override { return m_mailbox; }

    [[nodiscard]] TimePoint now() const override { return m_now; }

    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return m_steadyNow;
    }

    [[nodiscard]] api::ServerState server() const override { return state; }

    [[nodiscard]] api::Reply *ask(api::Query query) override;
    [[nodiscard]] api::Reply *act(Verb verb) override;
    [[nodiscard]] api::Reply *preview(const BulkPlan &plan) override;
    [[nodiscard]] api::Reply *start(BulkPlan plan) override;
    [[nodiscard]] api::Reply *stopBulk(BulkId bulk) override;
    [[nodiscard]] api::Reply *send(QByteArray json) override;
    [[nodiscard]] api::Reply *invoke(QByteArray slug, QByteArray data) override;
    [[nodiscard]] api::Reply *addApp(QByteArray url) override;
    [[nodiscard]] api::Reply *syncApp(AppId app) override;
    [[nodiscard]] api::Reply *removeApp(AppId app) override;
    [[nodiscard]] api::Reply *moveApp(AppId app, QByteArray url) override;
    [[nodiscard]] api::Reply *setSample(bool isOn) override;
    [[nodiscard]] api::Reply *startServer(quint16 port) override;
    [[nodiscard]] api::Reply *stopServer() override;
    [[nodiscard]] api::Reply *clearData(api::ClearScope scope) override;
    [[nodiscard]] api::Reply *compareSigningKey(QByteArray key) override;

private:
    /// Asked when the reply is delivered: a query finds what is there then.
    using Answering = std::function<Result<api::Answer>()>;

    struct Held {
        QPointer<api::Reply> reply;
        Answering answering;
    };

    [[nodiscard]] api::Reply *answer(Answering answering);
    /// As `answer`, unless `refuseNext` was said.
    [[nodiscard]] api::Reply *obey(api::Answer answer);
    [[nodiscard]] EventId freshEvent();

    api::UpdateMailbox m_mailbox;
    TimePoint m_now;
    std::chrono::steady_clock::time_point m_steadyNow;
    std::optional<Error> m_refusal;
    bool m_holds = false;
    std::vector<Held> m_held;
    UlidSource m_ids;
};

} // namespace devserver::test

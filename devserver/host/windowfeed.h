// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"
#include "devserver/api/updatemailbox.h"
#include "devserver/host/tally.h"
#include "devserver/model/change.h"
#include "devserver/model/snapshot.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace devserver::host {

/// Turns what changed into rows of the window and puts them into its mailbox: with the names that
/// only the catalog has, and with the events that they belong to. Engine thread.
class WindowFeed final : public QObject
{
    Q_OBJECT

public:
    /// \param query      asks the store
    /// \param dataBytes  of the data file
    WindowFeed(api::UpdateMailbox &mailbox, api::QueryRunner query,
               std::function<qint64()> dataBytes, QObject *parent = nullptr);

    /// What the store has, before the first change.
    void start(const Snapshot &snapshot, const api::Counters &stored);
    void follow(const std::vector<Change> &changes);

    /// For verbs that name an app by its id; nothing if there is no such app.
    [[nodiscard]] const App *app(const AppId &id) const;

private:
    void take(const EventStored &change);
    void take(const RunChanged &change);
    void take(const AppChanged &change);
    void take(const FunctionChanged &change);
    void take(const LetterChanged &change);
    void take(const BulkChanged &change);
    void take(const Notice &change);

    void take(const TimelineRecord &) {} // the run panel asks for the whole run

    void tellTakenUp(const Snapshot &snapshot);
    [[nodiscard]] api::RunSummary summaryOf(const RunChanged &change) const;
    void remember(api::EventSummary event);
    void noteAtEvent(const EventId &event, const api::RunSummary &run);
    void refreshLetters();
    void takeLetters(const std::vector<api::LetterSummary> &letters);
    void takeRuns(const std::vector<api::RunSummary> &runs);
    void postCounters();
    void wakeCounters();

    struct FunctionNames {
        QByteArray name;
        AppId app;
    };

    api::UpdateMailbox &m_mailbox;
    api::QueryRunner m_query;
    std::function<qint64()> m_dataBytes;
    std::map<AppId, App> m_apps;
    std::map<FunctionId, FunctionNames> m_functions;
    std::map<EventId, api::EventSummary> m_recent; ///< the last events, by id
    std::set<RunId> m_newRuns;                     ///< of the changes that are being followed
    std::set<RunId> m_changedLetters;              ///< to be read again
    std::set<RunId> m_freshRuns; ///< changed since the letters were asked for: what comes is older
    bool m_isAskingLetters = false;
    Tally m_tally;
    std::optional<api::Counters> m_posted; ///< also that there is nothing yet is said once
    QTimer m_letterTimer;
    QTimer m_counterTimer;
};

} // namespace devserver::host

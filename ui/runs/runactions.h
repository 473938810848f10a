// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "devserver/model/verb.h"
#include "ui/widgets/actionregistry.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QMenu;

namespace console {

class ListTable;
class MatchingRuns;
class View;
struct Context;

/// What can be done with the selected rows of a list of runs (ui.md §6.3). Binds `run.*`; each
/// action applies to those rows that it fits, and its text says to how many.
class RunActions final : public QObject
{
    Q_OBJECT

public:
    /// \a view shows refusals; with \a matching the actions can mean a filter instead of rows. All
    /// outlive this.
    RunActions(Context &context, View &view, ListTable &table, MatchingRuns &matching);

    /// Above this many a person is asked first.
    static constexpr int asksFrom = 26;

    /// The context menu of the list, in the order of ui.md §6.3; it deletes itself.
    [[nodiscard]] QMenu *makeMenu() const;

Q_SIGNALS:
    /// The whole view for this run.
    void openRequested(devserver::RunId run);
    /// The same, and there what has to do with it.
    void relatedRequested(devserver::RunId run);

private:
    using Row = devserver::api::RunSummary;
    using Record = devserver::api::RunRecord;

    /// One verb on many runs.
    struct Deed {
        QByteArray id;
        QString one;      ///< `Retry`
        QString some;     ///< `Retry %1 of %2`
        QString many;     ///< `Retry %1`
        QString matching; ///< `Retry all that match...`
        QString reason;   ///< why it fits none
        QString refused;  ///< `The run could not be retried`
        QByteArray kind;  ///< `is:` of the filter language that all it fits are of
        bool (*fits)(const Row &);
        devserver::Verb (*verb)(devserver::RunId);
        QString begun; ///< `Rerun started: %1`; empty: its effect is seen in the rows
    };

    struct Batch;

    /// What the actions are about, as it was: of many rows only what the words for many say.
    struct Noted {
        std::vector<Row> rows; ///< the current one, and the selected ones if they are few
        std::size_t selected = 0;
        std::vector<int> fitting; ///< by deed, if they are many

        bool operator==(const Noted &) const = default;
    };

    [[nodiscard]] std::vector<Deed> deeds() const;
    void bindDeed(const Deed &deed);
    void bindSingles();
    void bindCopies();
    void bindLetters();
    void copyReport();
    void copyFromRecord(const QByteArray &id, devserver::RunId run,
                        QString (*text)(const Record &));
    /// An action for exactly one selected run. \a whyNot  of one that fits; empty: it can be done
    void bindOne(const QByteArray &id, bool (*fits)(const Row &), const QString &reason,
                 const std::function<void(const Row &)> &run,
                 const std::function<QString(const Row &)> &whyNot = {});
    [[nodiscard]] Availability check(const Deed &deed) const;
    void perform(const Deed &deed);
    void performOnMatching(const Deed &deed);
    void ask(const Deed &deed, const std::vector<devserver::RunId> &runs, const QString &note);
    void act(const Deed &deed, const std::vector<devserver::RunId> &runs);
    void tell(const Batch &batch);
    void watchRetries(const std::vector<devserver::RunId> &runs);
    void tellDone(const Batch &batch);
    /// Of many letters it is one operation of the server: with a trial, a rate and a way to stop
    /// it.
    [[nodiscard]] static bool isBulk(const Deed &deed, std::size_t runs);
    void startBulk(const std::vector<devserver::RunId> &runs);
    void rerunAndWatch(devserver::RunId run);
    [[nodiscard]] std::vector<Row> selected() const;
    void watchRows();
    void noteRows();
    void lookLater();
    [[nodiscard]] Noted note() const;
    void compareNoted();

    Context &m_context;
    View &m_view;
    ListTable &m_table;
    MatchingRuns &m_matching;
    const std::vector<Deed> m_deeds;
    Noted m_noted;
    QTimer m_later; ///< looks at many rows
};

} // namespace console

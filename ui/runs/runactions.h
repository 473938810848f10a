// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "devserver/model/verb.h"
#include "ui/widgets/actionregistry.h"

#include <QObject>

#include <functional>
#include <vector>

namespace console {

class ListTable;
class View;
struct Context;

/// What can be done with the selected rows of a list of runs (ui.md §6.3). Binds `run.*`; each
/// action applies to those rows that it fits, and its text says to how many.
class RunActions final : public QObject
{
    Q_OBJECT

public:
    /// \a view shows refusals. All three outlive this.
    RunActions(Context &context, View &view, ListTable &table);

    /// Above this many a person is asked first.
    static constexpr int asksFrom = 26;

    /// Ids for ActionRegistry::contextMenu, in the order of ui.md §6.3.
    [[nodiscard]] static std::vector<QByteArray> menu();

Q_SIGNALS:
    /// The whole view for this run.
    void openRequested(devserver::RunId run);

private:
    using Row = devserver::api::RunSummary;

    /// One verb on many runs.
    struct Deed {
        QByteArray id;
        QString one;     ///< `Retry`
        QString some;    ///< `Retry %1 of %2`
        QString many;    ///< `Retry %1`
        QString reason;  ///< why it fits none
        QString refused; ///< `The run could not be retried`
        bool (*fits)(const Row &);
        devserver::Verb (*verb)(devserver::RunId);
    };

    [[nodiscard]] std::vector<Deed> deeds() const;
    void bindDeed(const Deed &deed);
    void bindSingles();
    /// An action for exactly one selected run.
    void bindOne(const QByteArray &id, bool (*fits)(const Row &), const QString &reason,
                 const std::function<void(const Row &)> &run);
    [[nodiscard]] Availability check(const Deed &deed) const;
    void perform(const Deed &deed);
    void ask(const Deed &deed, const std::vector<devserver::RunId> &runs);
    void act(const Deed &deed, const std::vector<devserver::RunId> &runs);
    void rerunAndWatch(devserver::RunId run);
    [[nodiscard]] std::vector<Row> selected() const;

    Context &m_context;
    View &m_view;
    ListTable &m_table;
};

} // namespace console

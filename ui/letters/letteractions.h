// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/widgets/actionregistry.h"

#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace console {

class LetterListModel;
class ListTable;
class View;
struct Context;

/// What can be done with the selected dead letters (ui.md 11); binds `dead.*` of the table. What
/// the engine refuses leaves a mark on the row and a bar in the view.
class LetterActions final : public QObject
{
    Q_OBJECT

public:
    /// \param isAsking  a question about letters is open; until it is answered nothing is begun
    LetterActions(Context &context, View &view, ListTable &table, std::function<bool()> isAsking);

    /// While such a question is open.
    [[nodiscard]] static Availability answerFirst();

    /// From so many on the bulk sheet is asked.
    static constexpr int bulkFrom = 26;

    [[nodiscard]] static std::vector<QByteArray> menu();

    void discard(const std::vector<devserver::RunId> &runs, const QByteArray &reason);
    /// Takes the deed back that the bar of this id tells of; empty: the last one that can be.
    void undo(const QByteArray &bar = {});
    /// One was done that \a undo takes back. The bar of this id offers it; one of the same id
    /// before stays done.
    void noteUndo(const QByteArray &bar, std::function<void()> undo);

Q_SIGNALS:
    void bulkWanted(const std::vector<devserver::RunId> &runs);
    void discardWanted(const std::vector<devserver::RunId> &runs);
    /// \a runs come back to the list soon; \a selection is to be selected then, as far as it is
    /// there, the current one first.
    void restoring(const std::vector<devserver::RunId> &runs,
                   const std::vector<devserver::RunId> &selection);
    /// One of those was refused.
    void notRestored(devserver::RunId run);

private:
    using Row = devserver::api::LetterSummary;

    struct Discard {
        std::vector<devserver::RunId> runs;      ///< those that were not refused
        std::vector<devserver::RunId> selection; ///< before
    };

    /// Of several letters at once.
    struct Retries {
        std::vector<Row> begun;
        std::vector<devserver::RunId> refused;
        std::size_t open = 0; ///< not answered yet
        QPointer<LetterListModel> letters;
        QByteArray next; ///< chosen by the list, in the place of the first one
        std::chrono::steady_clock::time_point askedAt;
    };

    /// What of a selected row the actions depend on.
    struct Noted {
        devserver::RunId run;
        devserver::LetterState state;
        bool isOver;

        bool operator==(const Noted &) const = default;
    };

    void noteRows();
    void bindVerbs();
    void bindLists();
    void bindRefusals();
    [[nodiscard]] QString refusal(const QByteArray &action, const QString &reason) const;
    [[nodiscard]] LetterListModel *list() const;
    [[nodiscard]] std::vector<devserver::RunId> selected(devserver::LetterState state) const;
    /// Enabled if something in this state is selected; \a many: `Retry %1`.
    [[nodiscard]] Availability check(devserver::LetterState state, const QString &reason,
                                     const QString &many) const;
    void retry();
    [[nodiscard]] bool goesOn();
    /// \a selection  afterwards
    void restore(const std::vector<devserver::RunId> &runs,
                 const std::vector<devserver::RunId> &selection);
    /// The current one first.
    [[nodiscard]] std::vector<devserver::RunId> openSelection() const;
    void edit();
    void retryOne(const Row &letter, const std::function<void(bool isDone)> &then);
    void tellRetried(const std::vector<Row> &letters);
    void chooseRefused(const Retries &deed);
    void tellDiscarded(const Discard &deed);

    Context &m_context;
    View &m_view;
    ListTable &m_table;
    std::function<bool()> m_isAsking;
    /// What takes deeds back, by the id of the bar that tells of them; the last one behind.
    std::vector<std::pair<QByteArray, std::function<void()>>> m_undos;
    std::optional<std::chrono::steady_clock::time_point> m_retriedAt;
    std::vector<Noted> m_noted; ///< the selected rows, as they were
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

class QModelIndex;

namespace console {

class ListTable;
class NoteBar;
struct Context;

/// `Select all 8,214 matching` (ui.md §6.3): when everything that is loaded is selected and there
/// is more, a line offers the rest; then actions mean the filter, not the rows. GUI thread.
class MatchingRuns final : public QObject
{
    Q_OBJECT

public:
    using Runs = std::vector<devserver::RunId>;
    using Fits = bool (*)(const devserver::api::RunSummary &);

    /// \a note shows the offer; all three outlive this.
    MatchingRuns(Context &context, ListTable &table, NoteBar &note, QObject *parent);

    /// Actions mean all that match.
    [[nodiscard]] bool areChosen() const { return m_areChosen; }

    /// How many match; negative: not known yet.
    [[nodiscard]] qint64 total() const { return m_total; }

    /// Ids of those that match, are \a kind (of the filter's `is:`) and pass \a fits, as they are
    /// now; asked for page by page. Nothing is called if it is stopped or the choice ends.
    void collect(const QByteArray &kind, Fits fits, const std::function<void(Runs)> &done,
                 const std::function<void(const devserver::Error &)> &failed);

Q_SIGNALS:
    void changed();

private:
    struct Search {
        devserver::api::RunsQuery query;
        Fits fits = nullptr;
        Runs found;
        std::function<void(Runs)> done;
        std::function<void(const devserver::Error &)> failed;
    };

    void watchModel();
    void check();
    void choose();
    void leave();
    void count();
    void say();
    void askNext(const std::shared_ptr<Search> &search);
    void sayFound(const Search &search);
    [[nodiscard]] bool coversAllLoaded() const;

    Context &m_context;
    ListTable &m_table;
    NoteBar &m_note;
    QPointer<devserver::api::Reply> m_counting;
    QPointer<devserver::api::Reply> m_searching;
    qint64 m_total = -1;
    bool m_areChosen = false;
    bool m_isOffered = false;
    bool m_isSelecting = false;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/listcell.h"
#include "ui/widgets/context.h"

#include <QAbstractTableModel>

#include <deque>
#include <map>
#include <vector>

namespace console {

/// What each send of the composer started, newest send on top: a line for the send, then its runs,
/// live, or why there are none (ui.md §10).
class AnswersModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The last one: how long a run took, how far it is, or what came of a send.
    enum Column { WhatColumn, StateColumn, FigureColumn, ColumnCount };

    static constexpr int mostRuns = 200; ///< that are shown of one send
    static constexpr std::size_t mostSends = 50;

    explicit AnswersModel(Context &context, QObject *parent = nullptr);

    /// \returns the number of the send, for the calls below.
    int addSend(const QString &title);
    /// One of its events was taken by the server.
    void addEvent(int send, devserver::EventId event);
    /// A line below the send: an error, or what did not start.
    /// \a brief  instead of the text where that does not fit
    void addNote(int send, const QString &text, bool isError, const QString &brief = {});
    void setSecond(int send, const QString &second);
    /// The last column is not shown: what came of a send then stands in the one before.
    void setNarrow(bool isNarrow);

    [[nodiscard]] bool hasRuns(int send) const;

    /// Null: the row is none of a run.
    [[nodiscard]] devserver::RunId runAt(int row) const;
    [[nodiscard]] bool isHeading(int row) const;

    /// Of a send: where it stands what came of it.
    [[nodiscard]] int secondColumn() const { return m_isNarrow ? StateColumn : FigureColumn; }

    /// A sentence: over all columns.
    [[nodiscard]] bool isNote(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void runStarted(int send, devserver::RunId run);

private:
    struct Row {
        enum class Kind { Send, Run, Note };

        Kind kind = Kind::Send;
        int send = 0;
        QString text;
        QString brief;
        QString second;
        bool isError = false;
        devserver::api::RunSummary run;
    };

    void take(const std::vector<devserver::api::RunSummary> &runs);
    void takeOne(const devserver::api::RunSummary &run, int send);
    void insert(Row row);
    void trim();
    [[nodiscard]] Cell cell(const Row &row, int column) const;
    [[nodiscard]] static Cell answerCell(const devserver::api::RunSummary &run, int column);

    Context &m_context;
    std::vector<Row> m_rows;
    std::map<devserver::EventId, int> m_events; ///< which send they are of
    std::deque<devserver::api::RunSummary>
        m_recent; ///< mail may be faster than an answer; newest first
    int m_lastSend = 0;
    bool m_isNarrow = false;
};

} // namespace console

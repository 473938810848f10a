// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace devserver {
struct Error;
}

namespace console {

class ListTable;
class View;
struct Context;

/// What every long list says in the info bars of its view (ui.md §21): a query that takes more than
/// 2 s can be stopped, one that failed can be tried again. Screen readers hear how many rows a new
/// query found (ui.md §23).
class ListWatch final : public QObject
{
    Q_OBJECT

public:
    struct Words {
        QByteArray id;                      ///< begin of the ids of the bars: `events`
        QString failed;                     ///< `The events could not be read`
        std::function<QString()> searching; ///< `Still searching 100,000 runs…`
        std::function<QString(int)> found;  ///< `61 events`
        /// Of the rows that a failed query leaves: `These rows are from before the filter.`
        std::function<QString()> stale = {};
    };

    /// \a query  asks anew, for what the view wants now
    ListWatch(Context &context, View &view, ListTable &table, Words words,
              std::function<void()> query);

private:
    void showSlow();
    void showFailed(const devserver::Error &error);
    void noteReplaced();
    void showStale(bool isStale);

    Context &m_context;
    View &m_view;
    ListTable &m_table;
    Words m_words;
    std::function<void()> m_query;
    bool m_hasShown = false;
};

} // namespace console

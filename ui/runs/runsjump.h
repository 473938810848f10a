// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/reply.h"
#include "devserver/api/summaries.h"
#include "ui/widgets/context.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace console {

class ListTable;
class View;
class PagedTableModel;

/// Scrolls the list of runs, newest first, to a time: asks which run was the last one until then,
/// and loads the rows above it (ui.md §18). GUI thread.
class RunsJump final : public QObject
{
    Q_OBJECT

public:
    RunsJump(Context &context, ListTable &table, View *view);

    /// In what \a filter finds.
    void start(devserver::TimePoint time, devserver::api::Filter filter);
    /// Somebody went somewhere else.
    void stop();

Q_SIGNALS:
    /// So many runs are newer that the list does not hold them: a filter has to do.
    void tooFar(devserver::TimePoint time);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take(const devserver::api::Answer &answer);
    void goOn();
    void fail(const devserver::Error &error);
    void followList();

    Context &m_context;
    View &m_view;
    ListTable &m_table;
    QPointer<devserver::api::Reply> m_request;
    QMetaObject::Connection m_asking; ///< of the list
    QMetaObject::Connection m_failing;
    devserver::TimePoint m_time;
    std::optional<devserver::RunId> m_run; ///< on its way
    bool m_isArriving = false;
    bool m_hasAsked = false; ///< for rows of the list
};

} // namespace console

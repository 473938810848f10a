// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QObject>
#include <QPersistentModelIndex>

class QMouseEvent;

namespace console {

class ListTable;
struct Context;

/// What the mouse can do in a list of runs besides selecting: the middle button opens a run in a
/// window of its own, and a click on its origin leads there.
class RunListMouse final : public QObject
{
    Q_OBJECT

public:
    RunListMouse(Context &context, ListTable &table, QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] const devserver::api::RunSummary *runAt(const QModelIndex &index) const;
    [[nodiscard]] bool isOrigin(const QModelIndex &index) const;
    void click(const QModelIndex &index, Qt::MouseButton button);

    Context &m_context;
    ListTable &m_table;
    QPersistentModelIndex m_pressed;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/attemptmodel.h"
#include "ui/core/inspection.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace console {

struct Context;
class DiffView;
class InspectorTable;

/// The attempts of the subject; two selected ones are compared below (ui.md §8). GUI thread.
class InspectorAttempts final : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorAttempts(Context &context, QWidget *parent = nullptr);

    void setInspection(const Inspection &inspection);

Q_SIGNALS:
    /// An attempt was opened: its error, input and output are wanted.
    void attemptOpened(const devserver::Attempt &attempt);
    void problem(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTable();
    void showSelection();
    void compare(const devserver::Attempt &before, const devserver::Attempt &after);
    void open(const QModelIndex &index);
    void retryNow();
    void tick();
    void showNext();

    Context &m_context;
    Inspection m_inspection;
    AttemptModel *m_model;
    QWidget *m_nextBar;
    QLabel *m_next;
    QPushButton *m_retryNow;
    InspectorTable *m_table;
    QLabel *m_hint;
    DiffView *m_diff;
    QTimer m_timer;
};

} // namespace console

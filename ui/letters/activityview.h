// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/view.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QPoint;

namespace console {

class ActivityModel;
struct Availability;
class EmptyState;
class ListTable;

/// Long work and how far it is: bulk retries of the engine, jobs of the window (ui.md 16.2).
class ActivityView final : public View
{
    Q_OBJECT

public:
    explicit ActivityView(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Activity"); }

    [[nodiscard]] Place place() const override;
    void showPlace(const Place &place) override;
    [[nodiscard]] QWidget *mainWidget() const override;

    /// A row says all there is.
    [[nodiscard]] bool hasSubjects() const override { return false; }

    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

private:
    void makeLayout();
    void connectTable();
    void bindActions();
    void query();
    void showNewModel();
    void showContextMenu(const QPoint &at);
    void showWhatThereIs();
    void takeJob(int id);
    void stop(int row);
    void showFailed(int row);
    void showCompleted(int row);
    void showResult(int row);
    [[nodiscard]] QString completedFilter(int row) const;
    [[nodiscard]] bool hasFailed(int row) const;
    void clearFinished();
    void runCell(const QModelIndex &index);
    [[nodiscard]] int currentRow() const;
    [[nodiscard]] Availability canStop() const;
    [[nodiscard]] Availability canShowCompleted() const;
    [[nodiscard]] Availability canShowFailed() const;
    [[nodiscard]] Availability canClear() const;
    void showButtons();
    [[nodiscard]] ActivityModel *list() const;

    QStackedWidget *m_pages;
    ListTable *m_table;
    EmptyState *m_empty;
    QWidget *m_head; ///< what can be done, above the rows
    QPushButton *m_stop;
    QPushButton *m_completed;
    QPushButton *m_failed;
    QPushButton *m_clear;
    QLabel *m_summary;
    QByteArray m_wanted;          ///< to be selected once it is there
    QByteArrayList m_clearedJobs; ///< of the window: however often the list is read again
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/widgets/leftout.h"
#include "ui/widgets/view.h"

namespace console {

class DetailSplitter;
class FilterEdit;
class FilterLine;
class ListTable;
class MatchingRuns;
class NoteBar;
class Pill;
class RunActions;
class RunListModel;
class RunPanel;
class RunsJump;
class RunsStack;
class RunsToolBar;

/// The list of runs with the selected one below or beside it (ui.md §6).
class RunsView final : public View
{
    Q_OBJECT

public:
    explicit RunsView(Context &context, QWidget *parent = nullptr);
    ~RunsView() override;

    [[nodiscard]] QString title() const override { return tr("Runs"); }

    [[nodiscard]] Place place() const override;
    void showPlace(const Place &place) override;
    [[nodiscard]] QWidget *filterLine() const override;
    [[nodiscard]] QWidget *mainWidget() const override;
    bool stepBack() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;
    [[nodiscard]] QJsonObject saveRows() const override;
    void restoreRows(const QJsonObject &rows) override;
    [[nodiscard]] QJsonObject saveSpot() const override;
    void restoreSpot(const QJsonObject &spot) override;

protected:
    void showEvent(QShowEvent *event) override
    {
        View::showEvent(event);
        if (m_isUntold)
            tellSelection();
    }

private:
    struct Sort {
        devserver::api::RunSort by = devserver::api::RunSort::Queued;
        bool isDescending = true;
    };

    void makeLayout();
    void connectFilter();
    void connectTable();
    void bindListActions();
    void query();
    void forgetShown();
    void showNewModel();
    void noteOtherQuestion(const devserver::api::Filter &filter);
    void leaveWhatTheFilterLeavesOut();
    void setSort(const Sort &sort);
    void showSort();

    void showWhatThereIs();
    void sayPill();
    void nameApps();
    void showServer();

    void noteCurrent(const QByteArray &id);
    void showDetail(devserver::RunId run);
    void tellSelection();
    void selectSubject();
    /// A run is shown that has no row: what the keyboard is at is the run.
    [[nodiscard]] bool isBesideTheList() const;
    void setFullSize(bool isFullSize);
    void tellPlace();
    void filterAround();
    void goToTime(devserver::TimePoint time);
    void showContextMenu(const QPoint &at);
    [[nodiscard]] RunListModel *list() const;

    QWidget *m_top;
    FilterLine *m_line;
    FilterEdit *m_filter;
    RunsToolBar *m_toolBar;
    DetailSplitter *m_splitter;
    RunsStack *m_stack;
    ListTable *m_table;
    Pill *m_pill;
    RunPanel *m_panel;
    NoteBar *m_note;
    MatchingRuns *m_matching;
    RunActions *m_actions;
    RunsJump *m_jump;
    devserver::RunId m_shown;   ///< in the panel
    devserver::RunId m_subject; ///< to be selected as soon as it is loaded
    devserver::RunId m_visited; ///< by its place: shown although no filter may find it any more
    Sort m_sort;
    qint64 m_allRuns = -1; ///< of the counters; negative: not known
    bool m_isFullSize = false;
    bool m_isGoing = false;  ///< in showPlace: no new entry of the history
    bool m_isUntold = false; ///< the selection, because another view was seen
    bool m_wasServing = true;
    LeftOut m_leftOut; ///< the filter was changed
};

} // namespace console

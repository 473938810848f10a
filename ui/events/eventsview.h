// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/widgets/leftout.h"
#include "ui/widgets/view.h"

class QStackedWidget;

namespace console {

class DetailSplitter;
class EmptyState;
class EventActions;
class EventDetail;
class EventListModel;
class EventsToolBar;
class FilterEdit;
class FilterLine;
class FilterMiss;
class ListPage;
class ListTable;
class Pill;

/// The list of events with what the selected one did below it (ui.md §9).
class EventsView final : public View
{
    Q_OBJECT

public:
    explicit EventsView(Context &context, QWidget *parent = nullptr);
    ~EventsView() override;

    [[nodiscard]] QString title() const override { return tr("Events"); }

    [[nodiscard]] Place place() const override;
    void showPlace(const Place &place) override;
    [[nodiscard]] QWidget *filterLine() const override;
    [[nodiscard]] QWidget *mainWidget() const override;
    bool stepBack() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;
    [[nodiscard]] QJsonObject saveRows() const override;
    void restoreRows(const QJsonObject &rows) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void tellSelection();
    void makeLayout();
    void connectFilter();
    void connectTable();
    void bindListActions();
    [[nodiscard]] devserver::api::Filter wanted() const;
    void query();
    void queryOther();
    void leaveWhatTheFilterLeavesOut();
    void showNewModel();
    void showWhatThereIs();
    void explain();
    void sayPill();
    void noteCurrent(const QByteArray &id);
    void showDetail(devserver::EventId event);
    void selectSubject();
    void tellPlace();
    void filterAround();
    void showContextMenu(const QPoint &at);
    [[nodiscard]] EventListModel *list() const;

    FilterLine *m_line;
    FilterEdit *m_filter;
    EventsToolBar *m_toolBar;
    DetailSplitter *m_splitter;
    QStackedWidget *m_stack;
    ListTable *m_table;
    ListPage *m_page;
    Pill *m_pill;
    EmptyState *m_empty;
    FilterMiss *m_miss;
    EventDetail *m_detail;
    EventActions *m_actions;
    devserver::EventId m_shown;   ///< in the detail
    devserver::EventId m_subject; ///< to be selected as soon as it is loaded
    devserver::EventId m_visited; ///< by its place: shown although no filter may find it
    LeftOut m_leftOut;            ///< the filter was changed
    bool m_isGoing = false;       ///< in showPlace: no new entry of the history
    bool m_wasServing = true;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/waitingrow.h"
#include "ui/widgets/view.h"

#include <QTimer>

#include <chrono>
#include <map>
#include <set>

class QStackedWidget;

namespace console {

class EmptyState;
class FilterEdit;
class FilterLine;
class HourStrip;
class ListTable;
class StateChips;
class WaitingModel;

/// The agenda: everything that will happen by itself, in order of time (ui.md 12).
class WaitingView final : public View
{
    Q_OBJECT

public:
    explicit WaitingView(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Waiting"); }

    [[nodiscard]] Place place() const override;
    void showPlace(const Place &place) override;
    [[nodiscard]] QWidget *filterLine() const override;
    [[nodiscard]] QWidget *mainWidget() const override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeLayout();
    void connectFilter();
    void connectTable();
    void bindActions();
    /// An action for all selected rows of one kind.
    void bindDeed(const QByteArray &id, WaitingKind kind, const QString &reason,
                  const QString &many);
    void query();
    void showNewModel();
    void showNumbers();
    void showContent();
    void showNothing(int all);
    void bindRefusals();
    void chooseNext();
    void chooseAfter(const std::vector<WaitingRow> &done);
    /// Only these, of those that are chosen.
    void keepChosen(const std::vector<int> &rows);
    /// Something was sent from here that lets these rows leave.
    void noteSent(const QByteArrayList &rows);
    [[nodiscard]] bool leftBySent();
    [[nodiscard]] bool wasJustSent(const WaitingRow &row) const;
    [[nodiscard]] bool hasJustChosenItself() const;
    [[nodiscard]] bool isForTheOneBefore() const;
    /// Nothing is chosen since the last row left: its run is back.
    void chooseReturned();
    void followTime();
    bool act(const std::vector<WaitingRow> &rows);
    void send(const WaitingRow &row);
    void runAction(const QModelIndex &index);
    void open(const WaitingRow &row);
    void openApp(const QString &name);
    void askToCancel();
    /// \a rows  that show them
    void cancel(const std::vector<devserver::RunId> &runs, const QByteArrayList &rows);
    void addCondition(bool isNegated);
    void showContextMenu(const QPoint &at);
    void selectSubject();
    void noteCurrent();
    /// Null if it is not registered any more.
    [[nodiscard]] devserver::AppId appIdOf(const QString &name) const;
    [[nodiscard]] std::vector<WaitingRow> selected() const;
    /// Each once; of a row that stands for many all of them.
    [[nodiscard]] std::vector<devserver::RunId> selectedRuns() const;
    [[nodiscard]] WaitingModel *list() const;

    FilterLine *m_line;
    FilterEdit *m_filter;
    StateChips *m_chips;
    HourStrip *m_strip;
    QStackedWidget *m_pages;
    ListTable *m_table;
    EmptyState *m_empty;
    QWidget *m_below; ///< what can be done, below the rows
    QTimer m_stripTimer;
    QByteArray m_subject; ///< to be selected once it is there
    QByteArray m_current; ///< row
    QByteArray m_left;    ///< the one that was it, and may be back
    /// Rows that something was done to from here, and when.
    std::map<QByteArray, std::chrono::steady_clock::time_point> m_sent;
    std::set<devserver::RunId> m_cancelled; ///< from here; they leave for good
    int m_leftRow = -1;                     ///< where that one was; negative: another one is chosen
    QByteArray m_choseItself; ///< row: by `chooseNext`, as nobody chose another one since
    std::chrono::steady_clock::time_point m_choseAt; ///< then
    bool m_isOtherQuestion = false;                  ///< that was asked and has no answer yet
    bool m_hasChosen = false;                        ///< since the view or another answer came
    bool m_isGoing = false;
};

} // namespace console

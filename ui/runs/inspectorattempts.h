// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/attemptdiff.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/inspection.h"
#include "ui/widgets/backgroundjob.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QLabel;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace console {

struct Context;
class DiffView;
class InspectorOverview;
class InspectorTable;

/// The attempts of the subject, and below them what is known of the selected one; two selected ones
/// are compared there (ui.md §8). Keys in the list: Enter opens, B compares with the attempt
/// before, Right and Left unfold and fold equal errors; F8 and Shift+F8 walk through what differs.
/// GUI thread.
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
    void buildNextBar();
    void buildDetail();
    void bindActions();
    void showKeys();
    [[nodiscard]] QToolButton *makeStepButton(const QString &name, const QString &words,
                                              const QString &icon, int direction);
    void showSelection();
    void showOne(int row);
    [[nodiscard]] bool isFold(int row) const;
    bool fold(int row, bool isToClose);
    [[nodiscard]] bool isPair() const;
    [[nodiscard]] QString whyNotCompare() const;
    void showCompare();
    void showPair();
    [[nodiscard]] int retries() const;
    [[nodiscard]] QString onlyIn(const AttemptModel::Row &row, bool isNamed) const;
    void showLegend();
    void wrapDiff();
    void compare(qsizetype mostBytes);
    void compareWithPrevious();
    [[nodiscard]] std::vector<int> selectedRows() const;
    void open(const QModelIndex &index);
    void retryNow();
    void tick();
    void showNext();
    void fitNextBar();

    Context &m_context;
    Inspection m_inspection;
    AttemptModel *m_model;
    QWidget *m_list;
    InspectorTable *m_table;
    QWidget *m_nextBar; ///< below the rows: they stand still when it comes or goes
    QLabel *m_next;
    QPushButton *m_retryNow;
    QWidget *m_detail;
    QLabel *m_title;
    QLabel *m_legend; ///< which lines of the difference are whose
    QPushButton *m_compare;
    QPushButton *m_open;
    QPushButton *m_compareAnyway;
    QToolButton *m_wrap = nullptr;
    QToolButton *m_previousPlace = nullptr;
    QToolButton *m_nextPlace = nullptr;
    QStackedLayout *m_pages = nullptr;
    InspectorOverview *m_facts;
    DiffView *m_diff;
    BackgroundJob m_diffJob;
    std::array<QString, 2> m_pairWords;
    /// What is compared, or was: older, newer.
    std::array<devserver::RequestId, 2> m_pair;
    QTimer m_timer;
};

} // namespace console

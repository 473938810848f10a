// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QWidget>

class QToolButton;

namespace console {

class LiveButton;
class RangeBox;
class StateChips;
struct Context;

/// Chips with counts, range, columns, live switch (ui.md §6.2). It only shows what the filter line
/// says and asks for another one.
class RunsToolBar final : public QWidget
{
    Q_OBJECT

public:
    explicit RunsToolBar(Context &context, QWidget *parent = nullptr);

    void showFilter(const devserver::api::Filter &filter);
    /// Of all runs: while the filter asks for more than states, chips have no numbers (ui.md §2.4).
    void showCounts(const devserver::api::Counters &counters);
    /// Otherwise than newest first.
    void setSorted(bool isSorted);

    [[nodiscard]] QToolButton *columnsButton() const { return m_columns; }

Q_SIGNALS:
    void statesChosen(const QByteArrayList &states);
    /// Value of `since`; empty: all.
    void rangeChosen(const QByteArray &since);
    /// The range is to be written by hand.
    void customRangeChosen();

protected:
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QString failedHint() const;
    void count();
    void share();

    StateChips *m_chips;
    RangeBox *m_range;
    QToolButton *m_columns;
    LiveButton *m_live;
    devserver::api::Counters m_counters;
    bool m_isCounted = false; ///< the counters have come
    bool m_isOfStates = true; ///< a chip finds as many as there are of its state
};

} // namespace console

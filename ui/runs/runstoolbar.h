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
    void showCounts(const devserver::api::Counters &counters);

    [[nodiscard]] QToolButton *columnsButton() const { return m_columns; }

Q_SIGNALS:
    void statesChosen(const QByteArrayList &states);
    /// Value of `since`; empty: all.
    void rangeChosen(const QByteArray &since);
    /// The range is to be written by hand.
    void customRangeChosen();

private:
    StateChips *m_chips;
    RangeBox *m_range;
    QToolButton *m_columns;
    LiveButton *m_live;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/figures.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace console {

class StepStatsModel;
struct Context;

/// The steps of a function: in how many of its last runs each was tried, how often an attempt of
/// it failed, and how long it takes (ui.md §13.1).
class FunctionSteps final : public QWidget
{
    Q_OBJECT

public:
    explicit FunctionSteps(Context &context, QWidget *parent = nullptr);

    void setStats(const devserver::api::FunctionStats &stats);
    /// Nothing is known of its runs; \a why  what stands there instead, empty: nothing yet
    void clear(const QString &why = {});

private:
    void showSteps(const std::vector<devserver::api::StepStats> &steps, const QString &note);

    StepStatsModel *m_model;
    QLabel *m_note;
    QTableView *m_table;
};

} // namespace console

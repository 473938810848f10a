// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/inspection.h"
#include "ui/widgets/backgroundjob.h"

#include <QWidget>

class QPushButton;
class QTabBar;
class QTableView;

namespace console {

struct Context;
class CallModel;
class PayloadView;
class TextClock;

/// The HTTP calls of the selected letter's run, and beside them what the chosen one sent and got.
class LetterCalls final : public QWidget
{
    Q_OBJECT

public:
    /// \a table shows what `model` says; made by the detail, as its other tables.
    LetterCalls(Context &context, CallModel *model, QTableView *table, QWidget *parent = nullptr);

    void setInspection(const Inspection &inspection);
    void clear();

private:
    void showBody();
    void copyAsCurl();
    [[nodiscard]] const devserver::Attempt *current() const;

    Context &m_context;
    Inspection m_inspection;
    CallModel *m_model;
    TextClock *m_texts;
    QTableView *m_table;
    QTabBar *m_tabs;
    QPushButton *m_curl;
    PayloadView *m_body;
    BackgroundJob m_job;
    BackgroundJob m_curlJob;
};

} // namespace console

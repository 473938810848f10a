// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/widgets/context.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace console {

/// Why the run waits, and the way out: `Next attempt in 12 s (attempt 3 of 5). [Retry now]`
/// (ui.md §7.1). Hidden while it does not wait.
class WaitBar final : public QWidget
{
    Q_OBJECT

public:
    explicit WaitBar(Context &context, QWidget *parent = nullptr);

    void setRecord(const devserver::api::RunRecord &record);
    void clear();

    /// Counts down; asks the clock of the backend.
    void refresh();

Q_SIGNALS:
    void callsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString offlineText() const;
    /// Code of `App::error`; empty also as long as the app is not known.
    [[nodiscard]] QByteArray appError() const;

    Context &m_context;
    devserver::api::RunSummary m_run;
    QString m_app;
    std::optional<devserver::TimePoint> m_offlineSince;
    QLabel *m_icon;
    QLabel *m_text;
    QToolButton *m_retryNow;
    QToolButton *m_skip;
    QToolButton *m_showCalls;
    QTimer m_timer;
    bool m_hasCalls = false;
    bool m_isRefused = false; ///< the last call was answered, but not by the function
};

} // namespace console

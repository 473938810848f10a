// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/timelinedata.h"
#include "ui/widgets/context.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace console {

class IdLabel;

/// The top of the run panel: what ran, its state, what can be done, and where it came from
/// (ui.md §7.1).
class RunHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit RunHeader(Context &context, QWidget *parent = nullptr);

    void setRecord(const devserver::api::RunRecord &record, const TimelineDataPtr &timeline);
    /// Durations of a live run.
    void refresh();
    void fitAttempt();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct TimePart {
        QString text;
        QString ofWhich = {}; ///< in brackets behind it: where room is short it goes first
        bool canGo = false;   ///< where room is shorter still
    };

    void showOrigin();
    void arrange();
    void orderButtons();
    void showTimes();
    void fitTimes();
    void waitForTime();
    [[nodiscard]] QString ofWhich(std::chrono::milliseconds took, devserver::TimePoint now) const;
    [[nodiscard]] QString timesOf(bool hasAll, bool hasBrackets) const;
    [[nodiscard]] QString wholeTimes() const;
    void showMore();
    void follow(const QString &link);

    Context &m_context;
    devserver::api::RunSummary m_run;
    bool m_isEdited = false; ///< it goes on with other data than the run that it is made of
    TimelineDataPtr m_timeline;
    devserver::TimePoint m_asOf; ///< of the timeline
    std::vector<TimePart> m_parts;
    QTimer m_timeTimer; ///< until the times read different
    QLabel *m_stateIcon;
    QLabel *m_title;
    QLabel *m_state;
    QLabel *m_attempt;
    QHBoxLayout *m_buttons;
    QToolButton *m_retry;
    QToolButton *m_rerun;
    QToolButton *m_cancel;
    QToolButton *m_more;
    QToolButton *m_copy;
    IdLabel *m_id;
    QLabel *m_origin;
    QLabel *m_times;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/core/place.h"
#include "ui/core/timelinedata.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace console {

class InfoBarStack;
class PayloadPane;
class RelatedList;
class RunHeader;
class StepsPane;
class TimelinePane;
class WaitBar;

/// Everything about one run: what it did and what can be done with it (ui.md §7.1). Asks for a
/// snapshot and again when the run changes, one question at a time; the old picture stays until the
/// new one is there. GUI thread.
class RunPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit RunPanel(Context &context, QWidget *parent = nullptr);
    ~RunPanel() override;

    /// The one that is shown already is asked for again only if it could not be read.
    void showRun(devserver::RunId run);
    void clear();
    /// What else the event started, reruns and what it is a rerun of.
    void showRelated();

    [[nodiscard]] devserver::RunId run() const { return m_run; }

    /// Axis, calls and clock of the timeline, for the next start; shown when the run is there.
    [[nodiscard]] QJsonObject saveSpot() const;
    /// Who restores it has shown the run that there was: `wentMeanwhile` if there is none any more.
    void restoreSpot(const QJsonObject &spot);

    /// Of the drawing; empty before the first snapshot.
    [[nodiscard]] const TimelineDataPtr &timeline() const { return m_timeline; }

Q_SIGNALS:
    /// What was remembered of the last start is not there: nobody asked for it now.
    void wentMeanwhile();

protected:
    void focusInEvent(QFocusEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makeLayout();
    void listen();
    void shareHeight();
    void bindActions();
    void bindVerb(const QByteArray &id, void (RunPanel::*verb)(),
                  QString (RunPanel::*whyNot)() const);
    void copyReport();
    void bindCopies();
    void bindLetters();
    void copyFromRecord(const std::function<QString(const devserver::api::RunRecord &)> &text);
    void askSoon();
    void ask();
    void take(const devserver::api::RunRecord &record);
    void say(const QString &message, bool canTryAgain = false);
    void followSelection();
    void showSpot();
    void select(const Selection &selection);
    void act(const devserver::Verb &verb, const QString &what);
    void retry();
    void edit();
    void rerun();
    void rerunAndWatch();
    void cancel();
    [[nodiscard]] QString whyNotRetry() const;
    [[nodiscard]] QString whyNotEdit() const;
    [[nodiscard]] QString whyNotRerun() const;
    [[nodiscard]] QString whyNotCancel() const;

    [[nodiscard]] bool isLoaded() const { return !m_run.isNull() && m_summary.id == m_run; }

    void bindWaits();
    void endWaits(devserver::ActivityKind kind);
    [[nodiscard]] Availability checkWaits(devserver::ActivityKind kind) const;
    [[nodiscard]] std::vector<devserver::Activity> waits(devserver::ActivityKind kind) const;
    [[nodiscard]] bool isStepChosen() const;
    [[nodiscard]] std::optional<devserver::Activity> chosenWait(devserver::ActivityKind kind) const;

    Context &m_context;
    devserver::RunId m_run;
    devserver::api::RunSummary m_summary;
    TimelineDataPtr m_timeline;
    devserver::RunId m_remembered; ///< not chosen, but shown as it was at the last start
    QJsonObject m_spot;            ///< to be shown with the next run
    QPointer<devserver::api::Reply> m_reply;
    bool m_hasChanged = false; ///< while a question was under way
    QTimer m_askTimer;
    QElapsedTimer m_sinceAsked;
    InfoBarStack *m_infoBars;
    RunHeader *m_header;
    WaitBar *m_waitBar;
    QTabWidget *m_tabs;
    TimelinePane *m_timelinePane;
    StepsPane *m_steps;
    PayloadPane *m_payload;
    RelatedList *m_related;
    QStackedWidget *m_stack;
    QLabel *m_message;
    QPushButton *m_tryAgain;
};

} // namespace console

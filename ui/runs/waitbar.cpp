// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/waitbar.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;

namespace {

constexpr int iconSize = 16;

} // namespace

WaitBar::WaitBar(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_icon(new QLabel(this))
    , m_text(new ElidedLabel(this))
    , m_retryNow(new QToolButton(this))
    , m_skip(new QToolButton(this))
    , m_showCalls(new QToolButton(this))
{
    setObjectName(u"runWaitBar"_s);
    m_text->setObjectName(u"runWaitText"_s);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 5, 8, 5);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);

    const struct {
        QToolButton *button;
        QByteArray action;
        QString name;
    } buttons[] = {{m_retryNow, "run.retryNow"_ba, u"runWaitRetryNow"_s},
                   {m_skip, "run.skip"_ba, u"runWaitSkip"_s}};

    for (const auto &row : buttons) {
        QAction *action = context.actions.action(row.action);
        if (action->icon().isNull())
            action->setIcon(
                context.icons.icon(QString::fromLatin1(context.actions.spec(row.action)->icon)));
        row.button->setObjectName(row.name);
        row.button->setDefaultAction(action);
        row.button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        row.button->setFocusPolicy(Qt::TabFocus);
        const auto showName = [button = row.button, action] {
            button->setAccessibleName(action->text());
        };
        connect(action, &QAction::changed, row.button, showName);
        showName();
        layout->addWidget(row.button);
    }
    m_showCalls->setObjectName(u"runWaitShowCalls"_s);
    m_showCalls->setText(tr("Show calls"));
    m_showCalls->setToolTip(tr("What was sent to the app, and when"));
    m_showCalls->setAccessibleName(m_showCalls->text());
    m_showCalls->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(m_showCalls);
    connect(m_showCalls, &QToolButton::clicked, this, &WaitBar::callsRequested);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &WaitBar::refresh);
    connect(&context.theme, &Theme::changed, this, &WaitBar::refresh);
    connect(&context.settings, &Settings::changed, this, &WaitBar::refresh);
    connect(&context.catalog, &Catalog::changed, this, &WaitBar::refresh);
    hide();
}

void WaitBar::setRecord(const devserver::api::RunRecord &record)
{
    m_run = record.summary;
    m_app = QString::fromUtf8(record.summary.appName);
    m_hasCalls = !record.attempts.empty();
    m_offlineSince.reset();
    m_isRefused = !record.attempts.empty()
                  && record.attempts.back().outcome == devserver::AttemptOutcome::AppOffline
                  && record.attempts.back().httpStatus > 0;
    for (const devserver::Job &job : record.jobs) {
        if (job.state == devserver::JobState::AppOffline)
            m_offlineSince = std::max(m_offlineSince.value_or(job.runAt), job.runAt);
    }
    for (auto attempt = record.attempts.rbegin(); attempt != record.attempts.rend(); ++attempt) {
        if (attempt->outcome != devserver::AttemptOutcome::AppOffline || attempt->httpStatus > 0)
            break;
        m_offlineSince = attempt->sentAt; // the first of the last tries that found nobody
    }
    refresh();
}

void WaitBar::clear()
{
    m_run = {}; // a change of an app brings nothing back
    m_timer.stop();
    hide();
}

QByteArray WaitBar::appError() const
{
    const std::vector<devserver::App> apps = m_context.catalog.apps();
    const auto known = std::find_if(apps.begin(), apps.end(), [this](const devserver::App &app) {
        return !app.name.isEmpty() && app.name == m_run.appName;
    });
    return known == apps.end() ? QByteArray() : known->error;
}

/// What the app does now is said before what it did to the last call: many runs wait for it that
/// were never sent, and it may have gone down after it refused one.
QString WaitBar::offlineText() const
{
    const QString app = m_app.isEmpty() ? tr("The app") : tr("App %1").arg(m_app);
    const QByteArray error = appError();
    if (error == devserver::cloudMode)
        return tr("%1 runs in cloud mode and refuses its calls: set INNGEST_DEV=1 for it. Attempts "
                  "are not used up meanwhile.")
            .arg(app);
    const bool isDown = error == "unreachable";
    if (m_isRefused && !isDown)
        return tr("%1 answers, but does not take its calls. Attempts are not used up meanwhile.")
            .arg(app);
    if (!m_offlineSince || m_isRefused) // it was there when the run began to wait
        return tr("%1 does not answer. Attempts are not used up meanwhile.").arg(app);
    const TimeStyle style =
        m_context.settings.timeStyle() == TimeStyle::Utc ? TimeStyle::Utc : TimeStyle::Absolute;
    return tr("%1 has not answered since %2. Attempts are not used up meanwhile.")
        .arg(app, formatTime(*m_offlineSince, m_context.backend.now(), style));
}

QString WaitBar::text() const
{
    const TimePoint now = m_context.backend.now();
    const std::optional<TimePoint> end = waitEnd(m_run);
    const TimeStyle style =
        m_context.settings.timeStyle() == TimeStyle::Utc ? TimeStyle::Utc : TimeStyle::Absolute;
    switch (waitReason(m_run)) {
    case WaitReason::Backoff: {
        const devserver::Activity &activity = m_run.activities.front();
        const QString step = QString::fromUtf8(activity.stepName);
        const QString attempt =
            tr("attempt %1 of %2").arg(activity.attempt + 1).arg(m_run.maxAttempts);
        const QString due = end ? formatCountdown(*end, now) : tr("soon");
        return step.isEmpty() ? tr("Next attempt %1 (%2).").arg(due, attempt)
                              : tr("Next attempt of %1 %2 (%3).").arg(step, due, attempt);
    }
    case WaitReason::Sleep:
        return end ? tr("Sleeping until %1 (%2).")
                         .arg(formatTime(*end, now, style), formatCountdown(*end, now))
                   : tr("Sleeping.");
    case WaitReason::Delayed:
        return end ? tr("Starts at %1 (%2): its event is dated in the future.")
                         .arg(formatTime(*end, now, style), formatCountdown(*end, now))
                   : QString();
    case WaitReason::AppOffline:
        return offlineText();
    case WaitReason::NoHandler:
        return tr("Its app does not have this function any more. The run goes on as soon as the "
                  "app registers it again; attempts are not used up meanwhile.");
    case WaitReason::None:
        break;
    }
    return {};
}

void WaitBar::refresh()
{
    const WaitReason reason = waitReason(m_run);
    const QString words = text();
    const std::optional<TimePoint> end = waitEnd(m_run);
    if (words.isEmpty()) {
        clear();
        return;
    }
    m_icon->setPixmap(m_context.icons.pixmap(stateIcon(DisplayState::Waiting, reason),
                                             stateToken(DisplayState::Waiting, reason), iconSize,
                                             devicePixelRatioF()));
    m_text->setText(words);
    m_text->setToolTip(words);
    m_retryNow->setVisible(reason == WaitReason::Backoff);
    m_skip->setVisible(reason == WaitReason::Sleep);
    m_showCalls->setVisible(reason == WaitReason::AppOffline && m_hasCalls);
    if (reason == WaitReason::AppOffline || reason == WaitReason::NoHandler)
        m_timer.stop(); // nothing to count down
    else                // when the list does, too
        m_timer.start(std::min<std::chrono::milliseconds>(
            1s,
            timeUntilTextChanges(end.value_or(TimePoint()), m_context.backend.now()).value_or(1s)));
    show();
}

void WaitBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_context.theme.color(Token::WarningBackground));
    painter.fillRect(QRect(0, 0, 3, height()), m_context.theme.color(Token::StateBackoff));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_context.theme.color(Token::Line));
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runheader.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/inspection.h"
#include "ui/core/statesentence.h"
#include "ui/core/timelinetext.h"
#include "ui/widgets/actionbuttons.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/idlabel.h"
#include "ui/widgets/linklabel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int iconSize = 20;
constexpr int firstGap = 8;
constexpr int secondGap = 6; // between the parts of the second line
// Characters by which its times may become longer.
constexpr int goingOnSpare = 10; // `9 s` becomes `1 h 59 m`, and digits are not equally wide
constexpr int endedSpare = 2;    // `9 m ago` becomes `10:39:03`
constexpr int widestOrigin = 40; ///< in characters: what stands beside the run keeps its room

void dim(QLabel *label)
{
    label->setForegroundRole(QPalette::PlaceholderText);
}

} // namespace

RunHeader::RunHeader(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_timeline(std::make_shared<TimelineData>())
    , m_stateIcon(new QLabel(this))
    , m_title(new ElidedLabel(this))
    , m_state(new QLabel(this))
    , m_attempt(new QLabel(this))
    , m_buttons(new QHBoxLayout)
    , m_retry(makeActionButton(context, "run.retry"_ba, u"runRetry"_s, this))
    , m_rerun(makeActionButton(context, "run.rerun"_ba, u"runRerun"_s, this))
    , m_cancel(makeActionButton(context, "run.cancel"_ba, u"runCancel"_s, this))
    , m_more(new QToolButton(this))
    , m_copy(makeActionButton(context, "run.copyId"_ba, u"runCopyId"_s, this))
    , m_id(new IdLabel(this))
    , m_origin(new LinkText(this))
    , m_times(new QLabel(this))
{
    m_title->setObjectName(u"runTitle"_s);
    m_state->setObjectName(u"runState"_s);
    m_origin->setObjectName(u"runOrigin"_s);
    m_times->setObjectName(u"runTimes"_s);
    m_id->setObjectName(u"runIdText"_s);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_state->setFont(strong);
    dim(m_attempt);
    dim(m_times);
    m_origin->setTextFormat(Qt::RichText);
    m_origin->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_origin->setFocusPolicy(Qt::TabFocus);
    m_origin->setAccessibleName(tr("Where the run came from"));
    m_times->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_times->setTextFormat(Qt::PlainText);
    m_times->installEventFilter(this);
    m_copy->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_copy->setAutoRaise(true);
    m_more->setObjectName(u"runMore"_s);
    m_more->setIcon(context.icons.icon(u"more"_s));
    m_more->setToolTip(tr("More actions"));
    m_more->setAccessibleName(tr("More actions"));
    m_more->setFocusPolicy(Qt::TabFocus);
    connect(m_more, &QToolButton::clicked, this, &RunHeader::showMore);
    connect(m_origin, &QLabel::linkActivated, this, &RunHeader::follow);

    arrange();
    connect(&context.theme, &Theme::changed, this, &RunHeader::refresh);
    connect(&context.settings, &Settings::changed, this, &RunHeader::refresh);
    m_timeTimer.setSingleShot(true);
    connect(&m_timeTimer, &QTimer::timeout, this, &RunHeader::showTimes);
}

void RunHeader::arrange()
{
    auto *first = new QHBoxLayout;
    first->setSpacing(firstGap);
    first->addWidget(m_stateIcon);
    first->addWidget(m_title);
    first->addWidget(m_state);
    first->addWidget(m_attempt);
    first->addStretch(1);
    m_buttons->setSpacing(8);
    first->addLayout(m_buttons);
    first->addWidget(m_more);
    auto *second = new QHBoxLayout;
    second->setSpacing(secondGap);
    second->addWidget(m_id);
    second->addWidget(m_copy);
    second->addWidget(m_origin);
    second->addSpacing(secondGap);
    second->addWidget(m_times, 1);
    m_id->standIn(second, [this] { // it is cut before the times are
        return m_times->fontMetrics().horizontalAdvance(wholeTimes()) - m_times->sizeHint().width();
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 6);
    layout->setSpacing(2);
    layout->addLayout(first);
    layout->addLayout(second);
}

/// The most likely one first; what cannot be done in this state at all is not there.
void RunHeader::orderButtons()
{
    const DisplayState state = displayState(m_run);
    const bool isOver = hasEnded(state);
    const bool isDead = state == DisplayState::Dead || state == DisplayState::Failed;
    for (QToolButton *button : {m_retry, m_rerun, m_cancel})
        m_buttons->removeWidget(button);
    if (isDead)
        m_buttons->addWidget(m_retry);
    if (!isOver)
        m_buttons->addWidget(m_cancel);
    else
        m_buttons->addWidget(m_rerun);
    m_retry->setVisible(isDead);
    m_cancel->setVisible(!isOver);
    m_rerun->setVisible(isOver);
}

void RunHeader::setRecord(const devserver::api::RunRecord &record, const TimelineDataPtr &timeline)
{
    m_run = record.summary;
    m_isEdited = record.summary.isEditedRetry;
    m_timeline = timeline;
    m_asOf = m_context.backend.now();
    const QString name = visibleText(QString::fromUtf8(m_run.functionName));
    const QString slug = visibleText(QString::fromUtf8(m_run.slug));
    m_title->setText(name);
    m_title->setToolTip(name == slug ? name : QString(name + u'\n' + slug));
    const QString id = QString::fromLatin1(m_run.id.toText());
    showOrigin();
    orderButtons();
    refresh();
    m_id->setSpare(m_run.endedAt ? endedSpare : goingOnSpare);
    m_id->setId(id, tr("Run %1").arg(id));
}

void RunHeader::showOrigin()
{
    const QString trigger = visibleText(QString::fromUtf8(m_run.trigger));
    const QFontMetrics metrics = m_origin->fontMetrics();
    const QString shown =
        metrics.elidedText(trigger, Qt::ElideMiddle, widestOrigin * metrics.averageCharWidth());
    m_origin->setToolTip(shown == trigger ? QString() : trigger);
    QString origin = linkAmongWords(u"event"_s, shown.toHtmlEscaped());
    if (!m_run.originalRun.isNull())
        origin += u" &nbsp;·&nbsp; "_s
                  + (m_isEdited ? tr("edited retry of %1") : tr("rerun of %1"))
                        .arg(linkAmongWords(u"run"_s, shortId(m_run.originalRun.toText())));
    m_origin->setText(origin);
}

/// The colour of a link is taken when its text is read.
void RunHeader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || m_run.id.isNull())
        return;
    m_origin->clear(); // the same text would be no change for it
    showOrigin();
}

void RunHeader::showMore()
{
    QMenu *menu = m_context.actions.contextMenu(this, {"run.edit"_ba,
                                                       "run.rerunWatch"_ba,
                                                       "run.retryNow"_ba,
                                                       "run.skip"_ba,
                                                       {},
                                                       "run.copyId"_ba,
                                                       "run.copyLink"_ba,
                                                       "run.copyPayload"_ba,
                                                       "run.copyError"_ba,
                                                       "run.copyJson"_ba,
                                                       "run.copyReport"_ba,
                                                       {},
                                                       "run.openWindow"_ba,
                                                       "run.goEvent"_ba,
                                                       "run.goFunction"_ba,
                                                       "run.goOriginal"_ba,
                                                       "run.goRelated"_ba,
                                                       "run.goLetter"_ba});
    menu->setObjectName(u"runMoreMenu"_s);
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void RunHeader::follow(const QString &link)
{
    if (link == u"event"_s)
        m_context.navigator.openEvent(m_run.event);
    else
        m_context.navigator.openRun(m_run.originalRun);
}

void RunHeader::showTimes()
{
    const devserver::TimePoint now = m_context.backend.now();
    // In the steps of the list beside it, all of them: they would contradict each other.
    m_parts = {
        {.text =
             tr("queued %1").arg(formatTime(m_run.queuedAt, now, m_context.settings.timeStyle()))}};
    if (m_run.startedAt) {
        const auto waited = *m_run.startedAt - m_run.queuedAt;
        if (waited >= 1ms)
            m_parts.push_back({.text = tr("waited %1").arg(timelineDuration(waited)),
                               .ofWhich = {},
                               .canGo = true});
        // Not `ran`: of that time it may have slept or been dead.
        const auto took =
            m_run.endedAt.value_or(std::max(now, *m_run.startedAt)) - *m_run.startedAt;
        m_parts.push_back({.text = m_run.endedAt
                                       ? tr("took %1").arg(timelineDuration(took))
                                       : tr("going on for %1").arg(formatElapsed(calmAge(took))),
                           .ofWhich = ofWhich(took, now)});
    }
    if (m_run.cycle > 0)
        m_parts.push_back({.text = tr("retried (once|%n times)", nullptr, m_run.cycle)});
    fitTimes();
    waitForTime();
}

/// What of the time that a run \a took it did nothing.
QString RunHeader::ofWhich(std::chrono::milliseconds took, devserver::TimePoint now) const
{
    // What works now was measured when the timeline was made.
    const bool isWorking = displayState(m_run) == DisplayState::Running;
    const std::chrono::milliseconds late = isWorking ? now - std::min(m_asOf, now) : 0ms;
    const auto dead = m_timeline->deadTime();
    const auto idle = took - late - m_timeline->activeTime() - dead;
    QStringList words;
    if (idle > 1s && idle > took / 10)
        words.append(tr("idle %1").arg(m_run.endedAt ? timelineDuration(idle)
                                                     : formatElapsed(calmAge(idle))));
    if (dead > 1s)
        words.append(tr("dead %1").arg(timelineDuration(dead)));
    if (m_timeline->down > 0ms)
        words.append(tr("server down %1").arg(shortAtMost(m_timeline->down)));
    return words.join(u", "_s);
}

QString RunHeader::timesOf(bool hasAll, bool hasBrackets) const
{
    QStringList texts;
    for (const TimePart &part : m_parts) {
        if (!part.canGo || hasAll)
            texts.append(part.ofWhich.isEmpty() || !hasBrackets
                             ? part.text
                             : tr("%1 (%2)").arg(part.text, part.ofWhich));
    }
    return texts.join(u"  ·  "_s);
}

QString RunHeader::wholeTimes() const
{
    return timesOf(true, true);
}

/// Where room is short whole parts go, those that can be read off the timeline first.
void RunHeader::fitTimes()
{
    const QString whole = wholeTimes();
    const QFontMetrics metrics = m_times->fontMetrics();
    QString text = whole;
    for (const bool hasAll : {true, false}) {
        if (metrics.horizontalAdvance(text) > m_times->width())
            text = timesOf(hasAll, false);
    }
    text = metrics.elidedText(text, Qt::ElideRight, m_times->width());
    m_times->setText(text);
    const TimeStyle style = m_context.settings.timeStyle();
    const QString queued =
        tr("queued %1")
            .arg(formatTimeExactly(m_run.queuedAt,
                                   style == TimeStyle::Relative ? TimeStyle::Absolute : style));
    m_times->setToolTip(text == whole ? queued : QString(whole + u'\n' + queued));
}

/// It stands in the inspector, too: what can be done must not be cut for it.
void RunHeader::fitAttempt()
{
    const QMargins margins = layout()->contentsMargins();
    int taken = margins.left() + margins.right() + m_buttons->sizeHint().width();
    for (const QWidget *each :
         {static_cast<QWidget *>(m_stateIcon), static_cast<QWidget *>(m_title),
          static_cast<QWidget *>(m_state), static_cast<QWidget *>(m_more)})
        taken += each->sizeHint().width() + firstGap;
    const int need = m_attempt->sizeHint().width() + firstGap;
    m_attempt->setVisible(!m_attempt->text().isEmpty() && taken + need <= width());
}

void RunHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitAttempt();
}

bool RunHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_times && event->type() == QEvent::Resize && !m_run.id.isNull())
        fitTimes();
    return QWidget::eventFilter(watched, event);
}

/// As lists do; a hidden one needs none.
void RunHeader::waitForTime()
{
    m_timeTimer.stop();
    if (!isVisible() || m_run.id.isNull())
        return;
    const bool isRunning = m_run.startedAt && !m_run.endedAt;
    std::optional<std::chrono::milliseconds> next;
    if (m_context.settings.timeStyle() == TimeStyle::Relative)
        next = timeUntilTextChanges(m_run.queuedAt, m_context.backend.now());
    if (isRunning)
        next = std::min<std::chrono::milliseconds>(next.value_or(1s), 1s);
    if (next)
        m_timeTimer.start(std::max<std::chrono::milliseconds>(*next, 50ms));
}

void RunHeader::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_run.id.isNull())
        showTimes();
}

void RunHeader::hideEvent(QHideEvent *event)
{
    m_timeTimer.stop();
    QWidget::hideEvent(event);
}

void RunHeader::refresh()
{
    const DisplayState state = displayState(m_run);
    const WaitReason reason = waitReason(m_run);
    m_stateIcon->setPixmap(m_context.icons.pixmap(
        stateIcon(state, reason), stateToken(state, reason), iconSize, devicePixelRatioF()));
    m_state->setText(stateWords(m_run));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_context.theme.color(stateToken(state, reason)));
    m_state->setPalette(colors);
    // Of a completed run it would sound like a warning; the timeline has it.
    m_attempt->setText(triedWords(m_run));
    fitAttempt();
    showTimes();
}

} // namespace console

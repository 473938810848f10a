// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/livebutton.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/widgets/clickguard.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

LiveButton::LiveButton(Context &context, const QString &hint, News news, QWidget *parent)
    : QToolButton(parent)
    , m_context(context)
    , m_hint(hint)
    , m_news(std::move(news))
{
    constexpr int iconExtent = 16;
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    ClickGuard::letToggle(this);
    setIconSize({iconExtent, iconExtent});
    connect(this, &QToolButton::clicked, this,
            [this] { m_context.feed.setPaused(!m_context.feed.isPaused()); });
    for (const auto signal : {&Feed::pausedChanged, &Feed::newsChanged, &Feed::overloadChanged})
        connect(&context.feed, signal, this, &LiveButton::showState);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &LiveButton::showState);
    showState();
}

void LiveButton::setStale(bool isStale)
{
    if (std::exchange(m_isStale, isStale) == isStale)
        return;
    showState();
    Q_EMIT showsStaleChanged();
}

void LiveButton::setSorted(bool isSorted)
{
    if (std::exchange(m_isSorted, isSorted) == isSorted)
        return;
    showState();
    updateGeometry();
}

void LiveButton::setRoomy(bool isRoomy)
{
    if (std::exchange(m_isRoomy, isRoomy) == isRoomy)
        return;
    showState();
    updateGeometry();
}

int LiveButton::widthFor(const QStringList &texts) const
{
    const auto widthOf = [this](const QString &words) { // as QToolButton measures it
        return fontMetrics().size(Qt::TextShowMnemonic, words).width();
    };
    int widest = widthOf(text());
    const int around = QToolButton::sizeHint().width() - widest;
    for (const QString &each : texts)
        widest = std::max(widest, widthOf(each));
    return around + widest;
}

int LiveButton::roomyWidth() const
{
    return widthFor({tr("Live"), tr("Live (5/s)"), tr("Paused"), staleText(), holdText()});
}

QSize LiveButton::sizeHint() const
{
    return {m_isRoomy ? roomyWidth() : widthFor({tr("Live"), staleText()}),
            QToolButton::sizeHint().height()};
}

/// At the right edge, as all that ends a row; what is spare lies before it.
QRect LiveButton::face() const
{
    const int needed = std::min(QToolButton::sizeHint().width(), width());
    return QStyle::alignedRect(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter,
                               {needed, height()}, rect());
}

bool LiveButton::hitButton(const QPoint &at) const
{
    return face().contains(at);
}

void LiveButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.rect = face();
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
}

QString LiveButton::staleText()
{
    return tr("Stale");
}

QString LiveButton::staleReason()
{
    return tr("The list could not be read; its rows are from before");
}

QString LiveButton::holdText()
{
    return tr("Work paused");
}

QString LiveButton::holdReason()
{
    return tr("Nothing changes while work is paused; pause live updates");
}

void LiveButton::showEvent(QShowEvent *event)
{
    QToolButton::showEvent(event);
    Q_EMIT showsStaleChanged();
}

void LiveButton::hideEvent(QHideEvent *event)
{
    QToolButton::hideEvent(event);
    Q_EMIT showsStaleChanged();
}

/// What was chosen here comes first, then what is wrong with the list itself.
LiveButton::State LiveButton::state() const
{
    if (m_context.feed.isPaused())
        return State::Paused;
    if (m_isStale)
        return State::Stale;
    if (m_context.backend.server().pause)
        return State::OnHold;
    return m_context.feed.isOverloaded() ? State::Overloaded : State::Live;
}

void LiveButton::showWords(State state)
{
    switch (state) {
    case State::Live:
        setText(m_isSorted ? tr("Live, sorted") : tr("Live"));
        setAccessibleName(m_isSorted ? tr("Live updates, on; new rows wait")
                                     : tr("Live updates, on"));
        setToolTip(m_isSorted ? tr("The list is sorted: its rows change, new ones wait until you "
                                   "ask for them or sort by time again")
                              : m_hint);
        return;
    case State::Overloaded:
        setText(tr("Live (5/s)"));
        setAccessibleName(tr("Live updates, on"));
        setToolTip(tr("More comes in than can be drawn: rows change 5 times a second"));
        return;
    case State::OnHold:
        setText(holdText());
        setAccessibleName(tr("Live updates, work is paused"));
        setToolTip(holdReason());
        return;
    case State::Stale:
        setText(staleText());
        setAccessibleName(tr("Live updates, on, but the list could not be read"));
        setToolTip(staleReason());
        return;
    case State::Paused:
        const std::size_t fresh = m_news(m_context.feed.news());
        const QString count = formatCount(static_cast<qint64>(fresh));
        setText(fresh == 0 ? tr("Paused") : tr("%1 new").arg(count));
        setAccessibleName(fresh == 0 ? tr("Live updates, paused")
                                     : tr("Live updates, paused, %1 new").arg(count));
        setToolTip(tr("Rows stand still; click to go on"));
        return;
    }
}

void LiveButton::showState()
{
    const State now = state();
    showWords(now);
    const bool isWarning = now == State::Stale || now == State::OnHold;
    const Token token = isWarning              ? Token::StateBackoff
                        : now == State::Paused ? Token::StatePaused
                                               : Token::StateCompleted;
    const QString icon = now == State::Stale    ? u"warning"_s
                         : now == State::Paused ? u"pause"_s
                                                : u"bolt"_s;
    setIcon(m_context.icons.icon(icon, token));
    setEnabled(m_context.backend.server().phase == devserver::api::ServerPhase::Serving);
}

} // namespace console

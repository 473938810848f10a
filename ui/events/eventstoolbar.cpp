// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/eventstoolbar.h"

#include "ui/core/feed.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/livebutton.h"
#include "ui/widgets/rangebox.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QToolButton>

namespace console {

using namespace Qt::StringLiterals;

EventsToolBar::EventsToolBar(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_range(new RangeBox(this))
    , m_internal(new QCheckBox(tr("Internal events"), this))
    , m_columns(new QToolButton(this))
{
    m_range->setObjectName(u"eventsRange"_s);
    m_internal->setObjectName(u"eventsInternal"_s);
    m_internal->setToolTip(
        tr("Events that the server sends: inngest/function.finished and others"));
    m_columns->setObjectName(u"eventsColumns"_s);
    m_columns->setToolTip(tr("Columns"));
    m_columns->setAccessibleName(tr("Columns"));
    m_columns->setIcon(context.icons.icon(u"columns"_s));
    m_columns->setAutoRaise(true);
    m_columns->setFocusPolicy(Qt::TabFocus);
    m_columns->setIconSize({16, 16});
    auto *live = new LiveButton(
        context, tr("Rows come as events do; click to pause"),
        [](const FeedNews &news) { return news.events; }, this);
    live->setObjectName(u"eventsLive"_s);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_range);
    layout->addWidget(m_internal);
    layout->addStretch(1);
    layout->addWidget(live); // what it may need more is empty before it: nothing between them
    layout->addWidget(m_columns);
}

} // namespace console

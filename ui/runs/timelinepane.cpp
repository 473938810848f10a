// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/timelinepane.h"

#include "ui/runs/overviewstrip.h"
#include "ui/runs/timelineview.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/toolbuttonlook.h"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int fieldAround = 48; // icon and margins

} // namespace

TimelinePane::TimelinePane(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_tools(new QWidget(this))
    , m_find(new QLineEdit(this))
    , m_found(new QLabel(this))
    , m_only(new QComboBox(this))
    , m_calls(new QToolButton(this))
    , m_fit(new QToolButton(this))
    , m_view(new TimelineView(context, this))
    , m_overview(new OverviewStrip(*m_view, context.theme, this))
{
    m_find->setObjectName(u"timelineFind"_s);
    m_find->setAccessibleName(tr("Find a step"));
    m_find->setClearButtonEnabled(true);
    m_find->addAction(context.icons.icon(u"search"_s, Token::TextDim), QLineEdit::LeadingPosition);
    m_find->setMaximumWidth(260);
    m_found->setObjectName(u"timelineFound"_s);
    m_found->setForegroundRole(QPalette::PlaceholderText);
    m_only->setObjectName(u"timelineOnly"_s);
    m_only->setAccessibleName(tr("Which steps"));
    m_only->addItems({tr("All steps"), tr("Failed"), tr("Waiting"), tr("Slow")});
    m_calls->setObjectName(u"timelineCalls"_s);
    m_calls->setText(tr("Calls"));
    m_calls->setIcon(context.icons.icon(u"calls"_s)); // seen where the word has no room
    m_calls->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_calls->setCheckable(true);
    m_calls->setAccessibleName(tr("Show calls"));
    m_fit->setObjectName(u"timelineFit"_s);
    m_fit->setIcon(context.icons.icon(u"fit"_s));
    m_fit->setAutoRaise(true);
    m_fit->setAccessibleName(tr("Whole run"));

    arrange();
    showKeys();
    connectParts();
    showFound();
}

void TimelinePane::connectParts()
{
    for (const char *id : {"timeline.calls", "timeline.whole", "timeline.axis"})
        connect(m_context.actions.action(id), &QAction::changed, this, &TimelinePane::showKeys);
    connect(m_find, &QLineEdit::textChanged, this, &TimelinePane::applyFilter);
    connect(m_only, &QComboBox::currentIndexChanged, this, &TimelinePane::applyFilter);
    connect(m_calls, &QToolButton::toggled, m_view, &TimelineView::setShowsCalls);
    connect(m_view, &TimelineView::callsShownChanged, m_calls, &QToolButton::setChecked);
    connect(m_fit, &QToolButton::clicked, m_view, &TimelineView::fit);
    connect(m_view, &TimelineView::modeChanged, this, &TimelinePane::showMode);
    connect(m_view, &TimelineView::findRequested, this, [this] {
        m_tools->show(); // the focus keeps them there
        m_find->setFocus();
    });
    connect(qApp, &QApplication::focusChanged, this, &TimelinePane::shareHeight,
            Qt::QueuedConnection);
    auto *leave =
        new QShortcut(QKeySequence(Qt::Key_Escape), m_find, nullptr, nullptr, Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, [this] {
        m_find->clear();
        m_view->setFocus();
    });
    connect(m_find, &QLineEdit::returnPressed, this, [this] {
        m_view->nextFound(1);
        m_view->setFocus();
    });
    // The keys for the next one work while the words are typed, too.
    for (const auto &[id, direction] :
         {std::pair("timeline.nextFound"_ba, 1), std::pair("timeline.previousFound"_ba, -1)})
        m_context.actions.bind(
            id, m_find, [this, direction = direction] { m_view->nextFound(direction); },
            [this]() -> Availability {
                return {.isEnabled = m_view->timeline().foundCount() > 0,
                        .reason = tr("Nothing is looked for"),
                        .text = {}};
            });
}

/// In the hints of the buttons; people can choose others.
void TimelinePane::showKeys()
{
    const ActionRegistry &actions = m_context.actions;
    m_calls->setToolTip(
        actions.withKeys(tr("A row for each call to the app"), "timeline.calls"_ba));
    m_fit->setToolTip(actions.withKeys(tr("Whole run"), "timeline.whole"_ba));
    const QString keys =
        actions.action("timeline.axis"_ba)->shortcut().toString(QKeySequence::NativeText);
    for (std::size_t mode = 0; mode < m_axis.size(); ++mode)
        m_axis[mode]->setToolTip(keys.isEmpty()
                                     ? m_axisTips[mode]
                                     : tr("%1 (%2: next axis)").arg(m_axisTips[mode], keys));
}

/// Not a focus proxy: Tab would go to the drawing and pass over the buttons before it.
void TimelinePane::focusInEvent(QFocusEvent *event)
{
    m_view->setFocus(event->reason());
}

QSize TimelinePane::minimumSizeHint() const
{
    return {QWidget::minimumSizeHint().width(), leastDrawing()};
}

void TimelinePane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    shareWidth();
    shareHeight();
}

void TimelinePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        shareWidth();
}

/// Where it is narrow, the word of the calls gives way to its sign, and the field asks in one word:
/// nothing is cut.
void TimelinePane::shareWidth()
{
    const QString words = tr("Find a step");
    const auto fieldFor = [this](const QString &text) {
        return m_find->fontMetrics().horizontalAdvance(text) + fieldAround;
    };
    const auto others = [this] {
        m_tools->layout()->invalidate();
        return m_tools->layout()->sizeHint().width() - m_find->sizeHint().width();
    };
    m_calls->setToolButtonStyle(Qt::ToolButtonTextOnly);
    if (width() - others() < fieldFor(words))
        m_calls->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_find->setPlaceholderText(width() - others() < fieldFor(words) ? tr("Find") : words);
}

/// Its times, and two rows.
int TimelinePane::leastDrawing() const
{
    return m_view->viewport()->y() + 2 * m_view->rowHeight();
}

/// They are used, or say why rows are hidden.
bool TimelinePane::needsTools() const
{
    return m_only->currentIndex() > 0 || !m_find->text().isEmpty()
           || m_tools->isAncestorOf(window()->focusWidget());
}

/// Where it is low, the overview goes as a whole, then the tools, unless they are needed: what they
/// do has keys, too.
void TimelinePane::shareHeight()
{
    const int tools = m_tools->sizeHint().height();
    const int overview = m_overview->sizeHint().height();
    m_tools->setVisible(needsTools() || height() >= tools + leastDrawing());
    m_overview->setVisible(height() >= tools + overview + leastDrawing());
}

void TimelinePane::arrange()
{
    auto *bar = new QHBoxLayout(m_tools);
    bar->setContentsMargins(12, 8, 12, 8);
    bar->setSpacing(8);
    bar->addWidget(m_find, 50); // all the room there is, up to its width
    bar->addWidget(m_found);
    bar->addWidget(m_only);
    bar->addWidget(m_calls);
    bar->addStretch(1);
    bar->addWidget(makeAxisButtons());
    bar->addWidget(m_fit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_view->setMinimumHeight(1); // the tools are never squeezed for it; shareHeight() cares
    layout->addWidget(m_tools);
    layout->addWidget(m_overview);
    layout->addWidget(m_view, 1);
}

QWidget *TimelinePane::makeAxisButtons()
{
    auto *box = new QWidget(this);
    auto *layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *group = new QButtonGroup(box);

    const struct {
        AxisMode mode;
        QString text;
        QString name;
        QString tip;
    } rows[] = {
        {AxisMode::Real, tr("Real"), u"timelineAxisReal"_s, tr("Time as it passed")},
        {AxisMode::Squeezed, tr("Squeezed"), u"timelineAxisSqueezed"_s,
         tr("Long waits take little room")},
        {AxisMode::Order, tr("Order"), u"timelineAxisOrder"_s,
         tr("Steps in order of start, all the same width")},
    };

    for (const auto &row : rows) {
        auto *button = new QToolButton(box);
        button->setObjectName(row.name);
        button->setText(row.text);
        button->setAccessibleName(tr("Axis: %1").arg(row.text));
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        group->addButton(button);
        layout->addWidget(button);
        m_axis.push_back(button);
        m_axisTips.push_back(row.tip);
        connect(button, &QToolButton::clicked, m_view,
                [this, mode = row.mode] { m_view->setMode(mode); });
    }
    joinButtons(m_axis);
    m_axis.front()->setChecked(true);
    return box;
}

void TimelinePane::setTimeline(const TimelineDataPtr &run)
{
    m_view->setTimeline(run);
    showFound();
}

void TimelinePane::applyFilter()
{
    m_view->setRowFilter(
        {.only = static_cast<RowFilter::Only>(m_only->currentIndex()), .find = m_find->text()});
    showFound();
    shareHeight();
}

void TimelinePane::showFound()
{
    const int found = m_view->timeline().foundCount();
    m_found->setVisible(!m_find->text().isEmpty());
    m_found->setText(found == 0 ? tr("No step matches.") : tr("%n found", nullptr, found));
}

void TimelinePane::showMode()
{
    m_axis[static_cast<std::size_t>(m_view->timeline().mode())]->setChecked(true);
}

} // namespace console

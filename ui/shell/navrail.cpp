// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/navrail.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/format.h"
#include "ui/core/savedviews.h"
#include "ui/letters/runningwork.h"
#include "ui/shell/railbutton.h"
#include "ui/shell/viewtable.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/mutedgroups.h"
#include "ui/widgets/navigator.h"

#include <QAction>
#include <QButtonGroup>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrowWidth = 56;
constexpr int wideWidth = 184;
constexpr int widestWidth = 240;
constexpr std::size_t mostSaved = 6; // the others are in the menu of the last row

QString keysOf(const QAction *action)
{
    return action->shortcut().toString(QKeySequence::NativeText);
}

} // namespace

NavRail::NavRail(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_group(new QButtonGroup(this))
    , m_work(new RunningWork(context, this))
{
    setObjectName(u"navRail"_s);
    setAccessibleName(tr("Navigation"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 1, 8);
    layout->setSpacing(2);
    for (const ViewEntry &entry : viewTable()) {
        auto *button = new RailButton(context, QString::fromLatin1(entry.icon),
                                      QCoreApplication::translate("Rail", entry.title), this);
        button->setObjectName(QString::fromLatin1(entry.objectName));
        button->setCheckable(true);
        button->setToolTip(
            u"%1  %2"_s.arg(button->text(), keysOf(context.actions.action(entry.action))));
        m_group->addButton(button);
        m_buttons[entry.name] = button;
        layout->addWidget(button);
        connect(button, &RailButton::clicked, this,
                [this, name = entry.name] { Q_EMIT chosen(name); });
    }
    layout->addStretch(1);
    addFoot(layout);
    connect(&context.catalog, &Catalog::changed, this, &NavRail::countApps);
    connect(&context.savedViews, &SavedViews::changed, this, &NavRail::listSavedViews);
    connect(&context.muted, &MutedGroups::changed, this, &NavRail::countDead);
    connect(m_work, &RunningWork::changed, this, &NavRail::showWork);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &NavRail::enableViews);
    listSavedViews();
    connect(&context.theme, &Theme::changed, this, [this] { update(); });
    setLabelsShown(true);
    countApps();
}

void NavRail::addFoot(QVBoxLayout *layout)
{
    const struct {
        const char *action;
        const char *icon;
        QString title;
        QString name;
        bool isThere;
    } rows[] = {
        {"event.new", "plus", tr("New event"), u"railNewEvent"_s,
         std::any_of(panelTable().begin(), panelTable().end(),
                     [](const PanelEntry &panel) { return panel.name == "composer"_ba; })},
        {"window.settings", "settings", tr("Settings"), u"railSettings"_s, true},
    };

    for (const auto &row : rows) {
        if (!row.isThere)
            continue;
        auto *button = new RailButton(m_context, QString::fromLatin1(row.icon), row.title, this);
        QAction *action = m_context.actions.action(QByteArray(row.action));
        button->setObjectName(row.name);
        button->setToolTip(u"%1  %2"_s.arg(row.title, keysOf(action)));
        connect(button, &RailButton::clicked, action, &QAction::trigger);
        layout->addWidget(button);
        m_foot.push_back(button);
    }
}

/// One page stands for all of them while the server has failed.
void NavRail::enableViews()
{
    const bool areThere = m_context.backend.server().phase != devserver::api::ServerPhase::Failed;
    for (const auto &[view, button] : m_buttons)
        button->setEnabled(areThere);
    for (RailButton *button : m_saved)
        button->setEnabled(areThere);
    for (RailButton *button : m_foot) {
        if (button->objectName() == "railNewEvent"_L1) // nobody could be sent one
            button->setEnabled(areThere);
    }
}

void NavRail::listSavedViews()
{
    for (RailButton *button : std::exchange(m_saved, {})) {
        button->hide();
        button->setObjectName({});
        button->deleteLater(); // one of them may be what led here
    }
    auto *rows = static_cast<QVBoxLayout *>(layout());
    m_savedInMenu.clear();
    for (const ViewEntry &entry : viewTable()) {
        int row = rows->indexOf(m_buttons.at(entry.name));
        for (const SavedView &saved : m_context.savedViews.own(entry.name)) {
            if (m_saved.size() == mostSaved) {
                m_savedInMenu.push_back(saved);
                continue;
            }
            RailButton *button = addSaved(++row, saved.name, u"navSaved%1"_s.arg(m_saved.size()));
            button->setToolTip(saved.filter);
            connect(button, &RailButton::clicked, this,
                    [this, saved] { m_context.navigator.openSavedView(saved); });
        }
    }
    if (m_savedInMenu.empty()) {
        enableViews();
        return;
    }
    RailButton *more = addSaved(
        rows->indexOf(m_saved.back()) + 1,
        tr("%n more\u2026", nullptr, static_cast<int>(m_savedInMenu.size())), u"navSavedMore"_s);
    more->setToolTip(tr("More saved views"));
    connect(more, &RailButton::clicked, this, [this, more] { showMoreSaved(more); });
    enableViews();
}

RailButton *NavRail::addSaved(int row, const QString &title, const QString &name)
{
    auto *button = new RailButton(m_context, {}, title, this);
    button->setObjectName(name);
    button->setNested();
    button->setVisible(m_areLabelsShown);
    static_cast<QVBoxLayout *>(layout())->insertWidget(row, button);
    m_saved.push_back(button);
    return button;
}

void NavRail::showMoreSaved(QWidget *below)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"navSavedMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const SavedView &saved : m_savedInMenu) {
        QString text = saved.name;
        QAction *action = menu->addAction(text.replace(u'&', u"&&"_s));
        action->setToolTip(saved.filter);
        connect(action, &QAction::triggered, this,
                [this, saved] { m_context.navigator.openSavedView(saved); });
    }
    menu->popup(below->mapToGlobal(QPoint(below->width(), 0)));
}

void NavRail::setLabelsShown(bool areShown)
{
    m_areLabelsShown = areShown;
    int whole = fontMetrics().averageCharWidth() * 22; // large text needs more
    const int widest = qMax(widestWidth, fontMetrics().averageCharWidth() * 30);
    for (const auto &[view, button] : m_buttons)
        whole = qMax(whole, qMin(button->wholeWidth(), widest)); // so may another language
    setFixedWidth(areShown ? qMax(wideWidth, whole) : narrowWidth);
    for (const auto &[view, button] : m_buttons)
        button->setLabelShown(areShown);
    for (RailButton *button : m_foot)
        button->setLabelShown(areShown);
    for (RailButton *button : m_saved)
        button->setVisible(areShown);
}

void NavRail::setCurrent(const QByteArray &view)
{
    const auto found = m_buttons.find(view);
    if (found != m_buttons.end()) {
        found->second->setChecked(true);
        return;
    }
    m_group->setExclusive(false); // a page that has no entry, such as Getting started
    for (const auto &[name, button] : m_buttons)
        button->setChecked(false);
    m_group->setExclusive(true);
}

QWidget *NavRail::currentButton() const
{
    if (QAbstractButton *checked = m_group->checkedButton())
        return checked;
    return m_group->buttons().isEmpty() ? nullptr : m_group->buttons().constFirst();
}

void NavRail::setBadge(const QByteArray &view, qint64 count, const QString &spoken, Token tint)
{
    const auto found = m_buttons.find(view);
    if (found == m_buttons.end())
        return;
    const QString text = count == 0 ? QString() : count > 9'999 ? u"9,999+"_s : formatCount(count);
    found->second->setBadge(text, count == 0 ? QString() : spoken, tint);
}

void NavRail::setCounters(const devserver::api::Counters &counters)
{
    setBadge("runs"_ba, counters.running, tr("%1 running").arg(counters.running),
             Token::StateRunning);
    m_dead = counters.dead;
    countDead();
    setBadge("waiting"_ba, counters.waiting, tr("%1 waiting").arg(counters.waiting),
             Token::StateWaiting);
}

void NavRail::countDead()
{
    const qint64 loud = std::max<qint64>(0, m_dead - m_context.muted.letters());
    setBadge("dead"_ba, loud, tr("%1 open").arg(loud), Token::StateDead);
}

void NavRail::showWork()
{
    const int count = m_work->count();
    m_buttons.at("activity"_ba)
        ->setProgress(count == 0 ? -1 : m_work->fraction(),
                      count == 0 ? QString() : tr("%1 running").arg(count));
}

void NavRail::countApps()
{
    const std::vector<devserver::App> apps = m_context.catalog.apps();
    const auto broken = std::count_if(apps.begin(), apps.end(), [](const devserver::App &app) {
        return !app.error.isEmpty() && !isBeingAsked(app) && isCounted(app);
    });
    setBadge("apps"_ba, broken, tr("%1 not reachable").arg(broken), Token::StateFailed);
}

void NavRail::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.fillRect(rect(), m_context.theme.color(Token::Window));
    const int thick = m_context.theme.lineWidth();
    const int edge = layoutDirection() == Qt::LeftToRight ? width() - thick : 0;
    painter.fillRect(QRect(edge, 0, thick, height()), m_context.theme.color(Token::Line));
}

void NavRail::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        setLabelsShown(m_areLabelsShown); // the width depends on it
    QWidget::changeEvent(event);
}

void NavRail::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down)
        focusNextChild();
    else if (event->key() == Qt::Key_Up)
        focusPreviousChild();
    else
        QWidget::keyPressEvent(event);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/infobar.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/frameclock.h"
#include "ui/widgets/context.h"
#include "ui/widgets/infobaritem.h"
#include "ui/widgets/mousewatch.h"

#include <QAccessible>
#include <QAccessibleEvent>
#include <QApplication>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostBars = 3;
constexpr std::chrono::milliseconds lookEvery(100); // whether the mouse rests
constexpr std::chrono::milliseconds follows(250);   // the room that a bar takes
constexpr int nearby = 24;      ///< px; from there somebody is on the way to a bar
constexpr int roomForAll = 120; ///< so much higher than it must be the window is then

/// How many bars there had been before, in all places: those of several stacks are compared.
int nextNumber()
{
    static int made = 0;
    return made++;
}

InfoBarItem *barAt(const QVBoxLayout *layout, int index)
{
    return static_cast<InfoBarItem *>(layout->itemAt(index)->widget());
}

/// Place of the bar that none comes before; -1: there is none.
template<typename Before>
int farthest(const QVBoxLayout *layout, const Before &isBefore)
{
    int found = layout->count() - 1;
    for (int index = found - 1; index >= 0; --index) {
        if (isBefore(*barAt(layout, index), *barAt(layout, found)))
            found = index;
    }
    return found;
}

} // namespace

InfoBarStack::InfoBarStack(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    (void)MouseWatch::of(context.backend); // sees what is used from now on
    m_rest.setInterval(lookEvery);
    connect(&m_rest, &QTimer::timeout, this, &InfoBarStack::lookForRest);
    m_clock.setInterval(std::chrono::seconds(1));
    connect(&m_clock, &QTimer::timeout, this, &InfoBarStack::endOld);
    connect(&context.clock, &FrameClock::frame, this, &InfoBarStack::followClock);
    connect(qApp, &QApplication::focusChanged, this, &InfoBarStack::noteUse);
}

void InfoBarStack::showAtRest(const InfoText &info)
{
    dismiss(info.id);
    m_waiting.push_back(info);
    lookForRest();
    if (!m_waiting.empty())
        m_rest.start();
}

/// The mouse has left the window, or is not used in it.
void InfoBarStack::lookForRest()
{
    const bool isFree = !window()->underMouse() || MouseWatch::of(m_context.backend).isResting();
    if (isFree && QApplication::mouseButtons() == Qt::NoButton)
        showWaiting();
}

void InfoBarStack::showWaiting()
{
    m_rest.stop();
    for (const InfoText &info : std::exchange(m_waiting, {}))
        add(info, -1);
}

bool InfoBarStack::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == window() && event->type() == QEvent::Resize)
        fold();
    return QWidget::eventFilter(watched, event);
}

void InfoBarStack::show(const InfoText &info)
{
    replace(info.id, info);
}

void InfoBarStack::replace(const QByteArray &id, const InfoText &info)
{
    int place = 0;
    const auto isInUse = [&](const InfoBarItem &bar) {
        return (bar.id() == id || bar.id() == info.id) && bar.isUsed();
    };
    while (place < m_layout->count() && !isInUse(*barAt(m_layout, place)))
        ++place;
    const InfoBarItem *bar = nullptr;
    if (place < m_layout->count()) { // somebody is about to press a button of it
        const InfoBarItem *old = barAt(m_layout, place);
        InfoBarItem *next = insert(info, place);
        old->handFocusTo(*next);
        bar = next;
    }
    drop(id, bar);
    drop(info.id, bar);
    if (bar == nullptr)
        add(info, info.buttons.empty() ? -1 : oldestWarning()); // a button: somebody just did it
    else
        fold();
}

void InfoBarStack::add(const InfoText &info, int giving)
{
    const auto least = [this] { return barAt(m_layout, leastUrgent()); };
    if (m_layout->count() >= mostBars
        && ((!InfoBarItem::isUrgent(info) && least()->isUrgent())
            || (!info.isFirst && least()->isFirst()))) {
        if (giving < 0) {
            m_held.push_back({info, m_context.backend.now()});
            return;
        }
        remove(giving);
    }
    while (m_layout->count() >= mostBars && !least()->isFirst())
        remove(leastUrgent());
    int place = 0;
    // Below it grows up: those that are there stay where they are.
    while (!m_isBelow && !info.isFirst && place < m_layout->count()
           && barAt(m_layout, place)->isFirst())
        ++place;
    insert(info, place);
    fold();
}

InfoBarItem *InfoBarStack::insert(const InfoText &info, int place)
{
    auto *bar = new InfoBarItem(m_context, info, nextNumber(), m_isBelow, this);
    connect(bar, &InfoBarItem::unfolded, this, [this] { m_changedAt.reset(); });
    connect(bar, &InfoBarItem::left, this, &InfoBarStack::noteUse);
    noteChange();
    m_layout->insertWidget(place, bar);
    bar->show();
    for (InfoBarStack *each : inPlace())
        each->m_isUnfolded = false;
    watchOld();
    QAccessibleEvent alert(bar, QAccessible::Alert); // read out without taking the focus
    QAccessible::updateAccessibility(&alert);
    return bar;
}

void InfoBarStack::remove(int index)
{
    InfoBarItem *bar = barAt(m_layout, index);
    noteChange();
    m_layout->removeWidget(bar);
    bar->hide();
    bar->deleteLater(); // a button of it may be what called us
}

bool InfoBarStack::hasJustChanged() const
{
    return m_changedAt && m_context.backend.steadyNow() - *m_changedAt < follows;
}

/// A bar comes or goes; it is not known yet whether anything moves.
void InfoBarStack::noteChange()
{
    if (parentWidget() == nullptr)
        return;
    if (!hasJustChanged())
        m_rows.forget();
    m_changedAt = m_context.backend.steadyNow();
    if (m_isBelow)
        m_rows.noteChosen(*window());
    else
        m_rows.note(*parentWidget());
    MouseWatch::of(m_context.backend).noteBefore(*parentWidget());
}

/// Once all have their new places.
void InfoBarStack::keepRows()
{
    m_rows.keep();
    const MouseWatch &mouse = MouseWatch::of(m_context.backend);
    m_rows.showChosen([&mouse](const QWidget &list) { // or a row goes from under the pointer
        return mouse.isResting() || !mouse.isIn(list, list.rect());
    });
}

void InfoBarStack::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().height() == height() || !hasJustChanged()) // or somebody did it
        return;
    const int lower = mapTo(window(), QPoint(0, height())).y();
    const int upper = m_isBelow ? lower - std::max(height(), event->oldSize().height())
                                : mapTo(window(), QPoint()).y();
    MouseWatch::of(m_context.backend).noteMoved(*window(), upper);
    QMetaObject::invokeMethod(this, &InfoBarStack::keepRows, Qt::QueuedConnection);
}

/// The oldest of those that ask for nothing, or else the oldest; one that stands first comes last.
int InfoBarStack::leastUrgent() const
{
    return farthest(m_layout, [](const InfoBarItem &one, const InfoBarItem &other) {
        return std::pair(one.isFirst(), one.urgency())
               < std::pair(other.isFirst(), other.urgency());
    });
}

int InfoBarStack::oldestWarning() const
{
    int found = -1;
    for (int index = 0; index < m_layout->count(); ++index) {
        const InfoBarItem *bar = barAt(m_layout, index);
        const bool isOlder =
            found < 0 || bar->urgency().second < barAt(m_layout, found)->urgency().second;
        if (bar->kind() == InfoKind::Warning && !bar->isFirst() && isOlder)
            found = index;
    }
    return found;
}

std::vector<InfoBarStack *> InfoBarStack::inPlace()
{
    if (!m_isBelow || isHidden())
        return {this};
    std::vector<InfoBarStack *> found;
    for (auto *each : parentWidget()->findChildren<InfoBarStack *>(Qt::FindDirectChildrenOnly)) {
        if (each->m_isBelow && !each->isHidden())
            found.push_back(each);
    }
    return found;
}

/// One that is used stays: nobody presses a button of another one instead.
InfoBarItem *InfoBarStack::seenOf(const std::vector<InfoBarItem *> &bars)
{
    const auto used = std::find_if(bars.begin(), bars.end(), [](const InfoBarItem *bar) {
        return !bar->isHidden() && bar->isUsed();
    });
    if (used != bars.end())
        return *used;
    const auto first =
        std::max_element(bars.begin(), bars.end(), [](const InfoBarItem *a, const InfoBarItem *b) {
            return a->rank() < b->rank();
        });
    return first == bars.end() ? nullptr : *first;
}

void InfoBarStack::fold()
{
    std::vector<InfoBarItem *> bars;
    bool isUnfolded = false;
    bool isNews = false;
    for (InfoBarStack *stack : inPlace()) {
        isUnfolded = isUnfolded || stack->m_isUnfolded;
        isNews = isNews || stack->hasJustChanged();
        for (int index = 0; index < stack->m_layout->count(); ++index)
            bars.push_back(barAt(stack->m_layout, index));
    }
    const bool isLow = window()->height() < window()->minimumHeight() + roomForAll;
    const bool isFolded = (m_isBelow || isLow) && !isUnfolded;
    InfoBarItem *seen = isFolded ? seenOf(bars) : nullptr;
    if (isNews && seen != nullptr && seen->isHidden()) { // it comes where another one was
        const int top = seen->parentWidget()->mapTo(window(), QPoint()).y();
        MouseWatch::of(m_context.backend).noteMoved(*window(), top - nearby);
    }
    InfoKind worst = InfoKind::Info;
    for (InfoBarItem *bar : bars) {
        if (bar != seen)
            worst = std::max(worst, bar->kind());
        const bool comes = bar->isHidden() && (bar == seen || !isFolded);
        bar->setVisible(bar == seen || !isFolded);
        if (comes) // its time goes on
            static_cast<InfoBarStack *>(bar->parentWidget())->watchOld();
    }
    const auto unfold = [this] {
        m_isUnfolded = true;
        fold();
    };
    for (InfoBarItem *bar : bars)
        bar->setFolded(bar == seen ? static_cast<int>(bars.size()) - 1 : 0, worst, unfold);
}

/// One of them came or went.
bool InfoBarStack::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) {
        showHeld();
        fold();
    }
    return QWidget::event(event);
}

/// There is room again. What only said that something was done is not told as if it were news.
void InfoBarStack::showHeld()
{
    while (m_layout->count() < mostBars && !m_held.empty()) {
        const Held held = m_held.front();
        m_held.erase(m_held.begin());
        const std::chrono::seconds lasts = InfoBarItem::timeOf(held.info);
        if (lasts.count() == 0 || m_context.backend.now() - held.since < lasts)
            show(held.info);
    }
}

void InfoBarStack::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    window()->installEventFilter(this);
    watchOld();
    fold();
}

void InfoBarStack::dismiss(const QByteArray &id)
{
    drop(id, nullptr);
}

void InfoBarStack::drop(const QByteArray &id, const InfoBarItem *kept)
{
    std::erase_if(m_waiting, [&id](const InfoText &info) { return info.id == id; });
    std::erase_if(m_held, [&id](const Held &held) { return held.info.id == id; });
    for (int index = m_layout->count() - 1; index >= 0; --index) {
        if (const InfoBarItem *bar = barAt(m_layout, index); bar->id() == id && bar != kept)
            remove(index);
    }
}

/// Somebody is about to go to one of them, or drags something over what would move.
bool InfoBarStack::isAimedAt() const
{
    if (!window()->underMouse())
        return false;
    const MouseWatch &mouse = MouseWatch::of(m_context.backend);
    const QRect around = rect().adjusted(0, -nearby, 0, nearby);
    return MouseWatch::isPressed() || (!mouse.isResting() && mouse.isIn(*this, around));
}

/// A second is over for the backend, whatever the timer says: a frame sees that as well.
void InfoBarStack::followClock()
{
    const auto sinceLook = m_context.backend.steadyNow() - m_lookedAt;
    if (m_clock.isActive() && sinceLook >= m_clock.intervalAsDuration())
        endOld();
}

void InfoBarStack::endOld()
{
    m_lookedAt = m_context.backend.steadyNow();
    const bool isAimedAt = this->isAimedAt();
    bool isAnyLeft = false;
    for (int index = m_layout->count() - 1; index >= 0; --index) {
        const InfoBarItem *bar = barAt(m_layout, index);
        if (!bar->isVisible() && bar->isUrgent())
            continue; // until it is seen again: watchOld()
        const bool isOver = bar->isOver(m_context.backend.now());
        if (isOver && !bar->isUsed() && !isAimedAt)
            remove(index);
        else // one that is used tells when it is left
            isAnyLeft = isAnyLeft || (bar->goesByItself() && !(isOver && bar->isUsed()));
    }
    if (!isAnyLeft)
        m_clock.stop();
}

void InfoBarStack::watchOld()
{
    for (int index = 0; index < m_layout->count() && !m_clock.isActive(); ++index) {
        if (barAt(m_layout, index)->goesByItself())
            m_clock.start();
    }
}

/// The mouse or the focus came to one, or has left it.
void InfoBarStack::noteUse()
{
    watchOld();
    QMetaObject::invokeMethod(this, &InfoBarStack::fold, Qt::QueuedConnection); // not amid a leave
}

int InfoBarStack::count() const
{
    return m_layout->count();
}

bool InfoBarStack::isAbout(const QByteArray &id, const QByteArray &about) const
{
    for (int i = 0; i < m_layout->count(); ++i) {
        if (barAt(m_layout, i)->id() == id)
            return barAt(m_layout, i)->about() == about;
    }
    return std::any_of(m_held.begin(), m_held.end(), [&](const Held &held) {
        return held.info.id == id && held.info.about == about;
    });
}

bool InfoBarStack::has(const QByteArray &id) const
{
    for (int i = 0; i < m_layout->count(); ++i) {
        if (barAt(m_layout, i)->id() == id)
            return true;
    }
    return std::any_of(m_waiting.begin(), m_waiting.end(),
                       [&id](const InfoText &info) { return info.id == id; })
           || std::any_of(m_held.begin(), m_held.end(),
                          [&id](const Held &held) { return held.info.id == id; });
}

} // namespace console

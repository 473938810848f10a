// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/tabwalk.h"

#include <QAbstractButton>
#include <QApplication>
#include <QButtonGroup>
#include <QLabel>
#include <QMainWindow>
#include <QMap>
#include <QPointer>
#include <QTest>
#include <QWidget>

#include <algorithm>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

/// Some go when something else has the focus.
using Walk = QList<QPointer<QWidget>>;

/// What Tab goes to as to one: of buttons of which one is chosen any is the first of them.
const QWidget *stopOf(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    if (button == nullptr)
        return widget;
    if (const QButtonGroup *group = button->group())
        return group->exclusive() && group->checkedButton() != nullptr
                   ? group->buttons().constFirst()
                   : widget;
    if (!button->autoExclusive())
        return widget;
    for (const QAbstractButton *each : button->parentWidget()->findChildren<QAbstractButton *>(
             QString(), Qt::FindDirectChildrenOnly)) {
        if (each->autoExclusive() && each->group() == nullptr)
            return each;
    }
    return widget;
}

/// The first control of \a root that Tab can come to; null: there is none.
QWidget *firstOf(const QWidget *root)
{
    const QList<QWidget *> all = root->findChildren<QWidget *>();
    const auto first = std::find_if(all.begin(), all.end(), [root](const QWidget *widget) {
        return canHaveFocus(widget) && widget->window() == root->window();
    });
    return first == all.end() ? nullptr : *first;
}

/// A label has a Tab for each of its links. \returns false if the focus stays where it was.
bool pressTab(const QWidget *window)
{
    constexpr int mostLinks = 20;
    const QPointer<QWidget> before = QApplication::focusWidget();
    for (int press = 0; press < mostLinks; ++press) {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus == nullptr ? const_cast<QWidget *>(window) : focus, Qt::Key_Tab);
        if (QApplication::focusWidget() != before)
            return true;
    }
    return false;
}

/// The child of \a ancestor in which the widget is.
const QWidget *branchOf(const QWidget *ancestor, const QWidget *widget)
{
    while (widget->parentWidget() != ancestor)
        widget = widget->parentWidget();
    return widget;
}

/// Whether someone who reads comes to \a later before \a earlier; both are in the same pane.
bool isAgainstReading(const QWidget *earlier, const QWidget *later)
{
    if (earlier->isAncestorOf(later) || later->isAncestorOf(earlier))
        return false;
    const QWidget *common = earlier->parentWidget();
    while (!common->isAncestorOf(later))
        common = common->parentWidget();
    if (qobject_cast<const QMainWindow *>(common) != nullptr)
        return false; // two panes
    const QRect first = branchOf(common, earlier)->geometry();
    const QRect second = branchOf(common, later)->geometry();
    // A row is what overlaps by half: the height of a button is not that of the line beside it.
    const int shared =
        std::min(first.bottom(), second.bottom()) - std::max(first.top(), second.top()) + 1;
    const bool isRow = 2 * shared >= std::min(first.height(), second.height());
    if (!isRow)
        return second.center().y() < first.center().y();
    return common->layoutDirection() == Qt::RightToLeft ? second.center().x() > first.center().x()
                                                        : second.center().x() < first.center().x();
}

/// Goes round once: from one of its controls until that has the focus again.
Walk roundOf(const QWidget *window, const QPointer<QWidget> &first, QStringList &findings)
{
    Walk walk;
    const auto isThere = [&first] {
        const QWidget *focus = QApplication::focusWidget();
        return focus != nullptr && stopOf(focus) == stopOf(first);
    };
    const qsizetype most = 2 * window->findChildren<QWidget *>().size() + 20;
    for (qsizetype step = 0; step < most && !isThere() && pressTab(window); ++step) {}
    if (!isThere()) {
        findings.append(u"%1: Tab does not come there, it ends at %2"_s.arg(
            nameOf(first), nameOf(QApplication::focusWidget())));
        return walk;
    }
    for (qsizetype step = 0; step < most; ++step) {
        walk.append(QApplication::focusWidget());
        if (!pressTab(window)) {
            if (walk.size() > 1)
                findings.append(nameOf(walk.constLast()) + u": it keeps the Tab key"_s);
            return walk;
        }
        if (isThere())
            return walk;
    }
    findings.append(u"a round with Tab has no end"_s);
    return walk;
}

/// The dock or the middle of a main window in which the widget is; elsewhere there is one pane.
const QWidget *paneOf(const QWidget *widget)
{
    const QWidget *window = widget->window();
    return qobject_cast<const QMainWindow *>(window) == nullptr ? window : branchOf(window, widget);
}

/// A round has no end but that where another pane begins, or where reading begins again.
void beginWhereReadingDoes(Walk &walk)
{
    for (qsizetype at = 0; at < walk.size(); ++at) {
        const QWidget *before = walk[at == 0 ? walk.size() - 1 : at - 1];
        const QWidget *now = walk[at];
        if (before != nullptr && now != nullptr && before != now
            && (paneOf(before) != paneOf(now) || isAgainstReading(before, now))) {
            std::rotate(walk.begin(), walk.begin() + at, walk.end());
            return;
        }
    }
}

/// Twice at the same control, out of a pane and back into it, and against the order of reading.
void judge(const Walk &walk, const QWidget *root, QStringList &findings)
{
    QList<const QWidget *> stops;
    QMap<const QWidget *, const QWidget *> lastOf; // of a pane
    const QWidget *now = nullptr;
    for (const QPointer<QWidget> &widget : walk) {
        if (widget == nullptr || !root->isAncestorOf(widget))
            continue;
        const QWidget *pane = paneOf(widget);
        const QWidget *last = lastOf.value(pane);
        if (stops.contains(stopOf(widget)))
            findings.append(nameOf(widget) + u": a round with Tab comes there twice"_s);
        else if (last != nullptr && pane != now)
            findings.append(
                u"%1: Tab goes there from another pane, and has left its own at %2"_s.arg(
                    nameOf(widget), nameOf(last)));
        else if (last != nullptr && isAgainstReading(last, widget))
            findings.append(u"%1: Tab goes there from %2, but it is read before that"_s.arg(
                nameOf(widget), nameOf(last)));
        stops.append(stopOf(widget));
        lastOf.insert(pane, widget);
        now = pane;
    }
    for (const QWidget *widget : root->findChildren<QWidget *>()) {
        if (canHaveFocus(widget) && widget->window() == root->window()
            && !stops.contains(stopOf(widget)))
            findings.append(nameOf(widget) + u": a round with Tab does not come there"_s);
    }
}

} // namespace

bool isPartOfQt(const QWidget *widget)
{
    return widget->objectName().startsWith(u"qt_"_s) || widget->inherits("QScrollBar")
           || widget->inherits("QTabBar::CloseButton") || widget->inherits("QDockWidgetTitleButton")
           || widget->inherits("QLineEditIconButton") || widget->inherits("QHeaderView");
}

bool canHaveFocus(const QWidget *widget)
{
    return (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isEnabled()
           && widget->isVisible() && widget->focusProxy() == nullptr && !isPartOfQt(widget);
}

QString nameOf(const QWidget *widget)
{
    if (widget == nullptr)
        return u"nothing"_s;
    QString name = QString::fromLatin1(widget->metaObject()->className());
    if (!widget->objectName().isEmpty())
        name += u" "_s + widget->objectName();
    else if (widget->parentWidget() != nullptr)
        name += u" in "_s + widget->parentWidget()->objectName();
    return name;
}

QStringList tabWalkFindings(QWidget *root)
{
    QWidget *window = root->window();
    if (QWidget *list = QApplication::activePopupWidget()) // it has the keyboard
        QTest::keyClick(list, Qt::Key_Escape);
    for (QWidget *up = QApplication::focusWidget(); up != nullptr; up = up->parentWidget()) {
        if (up->inherits("console::PalettePopup")) { // so has this, which lies in the window
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
            break;
        }
    }
    window->activateWindow(); // offscreen a closed list stays active
    if (!QTest::qWaitForWindowActive(window))
        return {u"the window cannot be made active"_s};
    QStringList findings;
    const QPointer<QWidget> first = firstOf(root);
    if (first == nullptr)
        return findings; // there is nothing to go to
    Walk walk = roundOf(window, first, findings);
    beginWhereReadingDoes(walk);
    if (!walk.isEmpty())
        judge(walk, root, findings);
    return findings;
}

} // namespace console::test

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Keys as X11 sends them, with its times.

#include "ui/widgets/heldkeys.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTest>
#include <QWidget>

#include <vector>

namespace {

using console::HeldKeys;

/// Remembers whether each press was a repetition.
class Field final : public QWidget
{
public:
    std::vector<bool> presses;

protected:
    void keyPressEvent(QKeyEvent *event) override { presses.push_back(event->isAutoRepeat()); }
};

/// As Qt delivers it: the question for shortcuts first. \returns whether one is looked for.
bool press(QWidget &widget, Qt::Key key, quint64 time, bool isRepetition = false)
{
    QKeyEvent override(QEvent::ShortcutOverride, key, Qt::NoModifier, QStringLiteral("r"),
                       isRepetition);
    override.setTimestamp(time);
    override.ignore();
    QCoreApplication::sendEvent(&widget, &override);
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier, QStringLiteral("r"), isRepetition);
    event.setTimestamp(time);
    QCoreApplication::sendEvent(&widget, &event);
    return !override.isAccepted();
}

void release(QWidget &widget, Qt::Key key, quint64 time)
{
    QKeyEvent event(QEvent::KeyRelease, key, Qt::NoModifier);
    event.setTimestamp(time);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

class TestHeldKeys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRepetitionThatQtTookForAPress();
    void realPresses();
    void textIsStillRepeated();
};

void TestHeldKeys::aRepetitionThatQtTookForAPress()
{
    const HeldKeys watch;
    Field field;
    QVERIFY(press(field, Qt::Key_R, 1000));
    release(field, Qt::Key_R, 1500);
    QVERIFY(!press(field, Qt::Key_R, 1500));
    release(field, Qt::Key_R, 1540);
    QVERIFY(!press(field, Qt::Key_R, 1540));
    QCOMPARE(field.presses, (std::vector{false, true, true}));
}

void TestHeldKeys::realPresses()
{
    const HeldKeys watch;
    Field field;
    QVERIFY(press(field, Qt::Key_R, 1000));
    release(field, Qt::Key_R, 1030);
    QVERIFY(press(field, Qt::Key_R, 1031)); // as fast as only a program types
    release(field, Qt::Key_R, 1060);
    QVERIFY(press(field, Qt::Key_T, 1060));       // another key
    QVERIFY(press(field, Qt::Key_T, 1560, true)); // Qt knows; the action decides
    QVERIFY(press(field, Qt::Key_R, 0));          // of no time: not from X11
    QCOMPARE(field.presses, (std::vector{false, false, false, true, false}));
}

void TestHeldKeys::textIsStillRepeated()
{
    const HeldKeys watch;
    QLineEdit edit;
    press(edit, Qt::Key_R, 1000);
    release(edit, Qt::Key_R, 1500);
    press(edit, Qt::Key_R, 1500);
    QCOMPARE(edit.text(), QStringLiteral("rr"));
}

QTEST_MAIN(TestHeldKeys)
#include "tst_heldkeys.moc"

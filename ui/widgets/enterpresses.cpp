// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/enterpresses.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QKeyEvent>
#include <QPointer>
#include <QRadioButton>

namespace console {

namespace {

bool isEnter(const QKeyEvent &key)
{
    return key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
}

bool isPlain(const QKeyEvent &key)
{
    return (key.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
}

/// Not what is ticked.
QAbstractButton *buttonOf(QObject *watched)
{
    const bool isTicked = qobject_cast<QCheckBox *>(watched) != nullptr
                          || qobject_cast<QRadioButton *>(watched) != nullptr;
    return isTicked ? nullptr : qobject_cast<QAbstractButton *>(watched);
}

} // namespace

EnterPresses::EnterPresses(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool EnterPresses::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (!isOverride && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    const QPointer<QAbstractButton> button = buttonOf(watched);
    if (!button || !isEnter(key) || qobject_cast<QDialog *>(button->window()) != nullptr)
        return QObject::eventFilter(watched, event);
    if (!isPlain(key)) { // Ctrl+Enter is for what is around it; Qt's default button would take it
        if (isOverride)
            return QObject::eventFilter(watched, event);
        event->ignore();
        return true;
    }
    event->accept(); // a list near it that opens its row with Enter does not have the focus
    if (isOverride || key.isAutoRepeat())
        return true;
    QKeyEvent press(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier);
    QCoreApplication::sendEvent(button, &press);
    if (button) { // its menu may have ended it
        QKeyEvent release(QEvent::KeyRelease, Qt::Key_Space, Qt::NoModifier);
        QCoreApplication::sendEvent(button, &release);
    }
    return true;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/heldkeys.h"

#include <QGuiApplication>
#include <QKeyEvent>

namespace console {

HeldKeys::HeldKeys(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool HeldKeys::areNeeded()
{
    return QGuiApplication::platformName() == u"xcb";
}

bool HeldKeys::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::KeyRelease && type != QEvent::ShortcutOverride && type != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    if (type == QEvent::KeyRelease) {
        m_releasedKey = key.key();
        m_releasedAt = key.timestamp();
        return QObject::eventFilter(watched, event);
    }
    const bool isRepetition = key.key() == m_releasedKey && key.timestamp() == m_releasedAt
                              && key.timestamp() != 0 && !key.isAutoRepeat();
    if (!isRepetition)
        return QObject::eventFilter(watched, event);
    if (type == QEvent::ShortcutOverride) {
        event->accept(); // no shortcut is looked for; the press itself follows
        return true;
    }
    QKeyEvent repetition(QEvent::KeyPress, key.key(), key.modifiers(), key.nativeScanCode(),
                         key.nativeVirtualKey(), key.nativeModifiers(), key.text(), true,
                         static_cast<quint16>(key.count()), key.device());
    repetition.setTimestamp(key.timestamp());
    repetition.setAccepted(event->isAccepted());
    QCoreApplication::sendEvent(watched, &repetition);
    event->setAccepted(repetition.isAccepted());
    return true;
}

} // namespace console

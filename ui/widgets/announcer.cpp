// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/announcer.h"

#include <QAccessible>
#include <QAccessibleEvent>
#include <QWidget>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// Alerts come from a widget: one that is there and cannot be seen.
QWidget *voiceOf(QWidget *window)
{
    const QString name = u"announcer"_s;
    auto *voice = window->findChild<QWidget *>(name, Qt::FindDirectChildrenOnly);
    if (voice == nullptr) {
        voice = new QWidget(window);
        voice->setObjectName(name);
        voice->setAttribute(Qt::WA_TransparentForMouseEvents);
        voice->setGeometry(-1, -1, 1, 1);
        voice->show();
    }
    return voice;
}

} // namespace

void announce(const QWidget &place, const QString &text)
{
    QWidget *voice = voiceOf(place.window());
    voice->setAccessibleName(text);
    QAccessibleEvent alert(voice, QAccessible::Alert); // Qt 6.8 has an event of its own for it
    QAccessible::updateAccessibility(&alert);
}

} // namespace console

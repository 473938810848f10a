// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/compat/portalsettings.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>

#include <array>

namespace console::compat {

using namespace Qt::StringLiterals;

namespace {

const QString service = u"org.freedesktop.portal.Desktop"_s;
const QString path = u"/org/freedesktop/portal/desktop"_s;
const QString interface = u"org.freedesktop.portal.Settings"_s;

const QString appearance = u"org.freedesktop.appearance"_s;
const QString colorScheme = u"color-scheme"_s;
const QString reducedMotion = u"reduced-motion"_s;
// Older desktops say the same in words of their own.
const QString gnome = u"org.gnome.desktop.interface"_s;
const QString gnomeAnimations = u"enable-animations"_s;

struct Wish {
    const QString &group;
    const QString &key;
};

const std::array<Wish, 3> wishes = {
    {{appearance, colorScheme}, {appearance, reducedMotion}, {gnome, gnomeAnimations}}};

bool isThereABus()
{
    // Asking Qt for the session's bus where there is none would start one.
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
           || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s);
}

/// `Read` answers a variant within a variant.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

PortalSettings::PortalSettings(QObject *parent)
    : QObject(parent)
{
    if (isThereABus())
        ask(QDBusConnection::sessionBus());
}

PortalSettings::PortalSettings(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
{
    ask(bus);
}

void PortalSettings::ask(const QDBusConnection &bus)
{
    QDBusConnection connection = bus;
    if (!connection.isConnected())
        return;
    connection.connect(service, path, interface, u"SettingChanged"_s, this,
                       SLOT(takeChange(QString, QString, QDBusVariant)));
    for (const Wish &wish : wishes) {
        QDBusMessage question = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
        question << wish.group << wish.key;
        auto *watcher = new QDBusPendingCallWatcher(connection.asyncCall(question), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, wish, watcher] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            if (!reply.isError()) // else this desktop does not know the word
                take(wish.group, wish.key, reply.value().variant());
        });
    }
}

void PortalSettings::takeChange(const QString &group, const QString &key, const QDBusVariant &value)
{
    take(group, key, value.variant());
}

void PortalSettings::take(const QString &group, const QString &key, const QVariant &value)
{
    const QVariant plain = unwrapped(value);
    if (group == appearance && key == colorScheme)
        m_isDark = plain.toUInt() == 0 ? std::nullopt : std::optional(plain.toUInt() == 1);
    else if (group == appearance && key == reducedMotion)
        m_reducesMotion = plain.toUInt() == 1;
    else if (group == gnome && key == gnomeAnimations)
        m_hasNoAnimations = !plain.toBool();
    else
        return;
    Q_EMIT changed();
}

} // namespace console::compat

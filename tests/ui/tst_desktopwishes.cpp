// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/compat/portalsettings.h"
#include "ui/core/theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;

/// The settings portal of a desktop, on a bus of the test.
class FakePortal final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    QMap<QString, QVariant> values; ///< by `group key`

public Q_SLOTS:

    QDBusVariant Read(const QString &group, const QString &key, const QDBusMessage &message)
    {
        const auto found = values.constFind(group + u' ' + key);
        if (found == values.constEnd()) {
            message.setDelayedReply(true);
            bus.send(message.createErrorReply(u"org.freedesktop.portal.Error.NotFound"_s, key));
            return {};
        }
        // As the real one: a variant within a variant.
        return QDBusVariant(QVariant::fromValue(QDBusVariant(*found)));
    }

public:
    QDBusConnection bus = QDBusConnection(u"portal"_s);

    void change(const QString &group, const QString &key, const QVariant &value)
    {
        values.insert(group + u' ' + key, value);
        QDBusMessage signal =
            QDBusMessage::createSignal(u"/org/freedesktop/portal/desktop"_s,
                                       u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
        signal << group << key << QVariant::fromValue(QDBusVariant(value));
        bus.send(signal);
    }
};

class TestDesktopWishes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void readsTheColorScheme_data();
    void readsTheColorScheme();
    void hearsOfChanges();
    void readsTheMotion();
    void nothingIsKnownWithoutAPortal();
    void highContrastFollowsLightAndDark();

private:
    QString m_address;
    QProcess m_daemon;
    FakePortal m_portal;
};

namespace {

const QString appearance = u"org.freedesktop.appearance"_s;
const QString scheme = u"color-scheme"_s;

} // namespace

void TestDesktopWishes::initTestCase()
{
    const QString daemon = QStandardPaths::findExecutable(u"dbus-daemon"_s);
    QVERIFY2(!daemon.isEmpty(), "dbus-daemon is missing (Debian package dbus-daemon)");
    m_daemon.start(daemon, {u"--session"_s, u"--print-address"_s, u"--nofork"_s});
    QTRY_VERIFY(m_daemon.canReadLine());
    m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    m_portal.bus = QDBusConnection::connectToBus(m_address, u"portal"_s);
    QVERIFY(m_portal.bus.isConnected());
    QVERIFY(m_portal.bus.registerObject(u"/org/freedesktop/portal/desktop"_s, &m_portal,
                                        QDBusConnection::ExportAllSlots));
    QVERIFY(m_portal.bus.registerService(u"org.freedesktop.portal.Desktop"_s));
}

void TestDesktopWishes::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"portal"_s);
    m_daemon.kill();
    m_daemon.waitForFinished();
}

void TestDesktopWishes::readsTheColorScheme_data()
{
    QTest::addColumn<uint>("scheme");
    QTest::addColumn<std::optional<bool>>("isDark");
    QTest::newRow("no wish") << 0U << std::optional<bool>();
    QTest::newRow("dark") << 1U << std::optional(true);
    QTest::newRow("light") << 2U << std::optional(false);
}

void TestDesktopWishes::readsTheColorScheme()
{
    QFETCH(uint, scheme);
    QFETCH(std::optional<bool>, isDark);
    m_portal.values = {{appearance + u" color-scheme"_s, scheme}};
    const compat::PortalSettings wishes(QDBusConnection::connectToBus(m_address, u"client"_s));
    QCOMPARE(wishes.isDark(), std::optional<bool>()); // the constructor does not wait
    QSignalSpy changed(&wishes, &compat::PortalSettings::changed);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(wishes.isDark(), isDark);
    QDBusConnection::disconnectFromBus(u"client"_s);
}

void TestDesktopWishes::hearsOfChanges()
{
    m_portal.values = {{appearance + u" color-scheme"_s, 2U}};
    const compat::PortalSettings wishes(QDBusConnection::connectToBus(m_address, u"client"_s));
    QTRY_COMPARE(wishes.isDark(), std::optional(false));
    m_portal.change(appearance, scheme, 1U);
    QTRY_COMPARE(wishes.isDark(), std::optional(true));
    m_portal.change(u"org.example"_s, scheme, 2U); // somebody else's word
    m_portal.change(appearance, scheme, 0U);
    QTRY_COMPARE(wishes.isDark(), std::optional<bool>());
    QDBusConnection::disconnectFromBus(u"client"_s);
}

void TestDesktopWishes::readsTheMotion()
{
    m_portal.values = {{u"org.gnome.desktop.interface enable-animations"_s, false}};
    const compat::PortalSettings wishes(QDBusConnection::connectToBus(m_address, u"client"_s));
    QTRY_VERIFY(wishes.reducesMotion());
    m_portal.change(u"org.gnome.desktop.interface"_s, u"enable-animations"_s, true);
    QTRY_VERIFY(!wishes.reducesMotion());
    m_portal.change(appearance, u"reduced-motion"_s, 1U);
    QTRY_VERIFY(wishes.reducesMotion());
    QDBusConnection::disconnectFromBus(u"client"_s);
}

void TestDesktopWishes::nothingIsKnownWithoutAPortal()
{
    const compat::PortalSettings wishes(QDBusConnection(u"not connected"_s));
    QCOMPARE(wishes.isDark(), std::optional<bool>());
    QVERIFY(!wishes.reducesMotion());
}

void TestDesktopWishes::highContrastFollowsLightAndDark()
{
    Theme theme;
    theme.choose(ThemeChoice::HighContrast, false);
    QCOMPARE(theme.color(Token::Base), QColor(Qt::white));
    QCOMPARE(theme.color(Token::Text), QColor(Qt::black));
    QCOMPARE(theme.lineWidth(), 2);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.choose(ThemeChoice::HighContrast, true);
    QCOMPARE(changed.size(), 1);
    QVERIFY(theme.isDark());
    QCOMPARE(theme.color(Token::Base), QColor(Qt::black));
    QCOMPARE(theme.color(Token::Line), QColor(Qt::white));
    theme.choose(ThemeChoice::Light, true);
    QVERIFY(!theme.isDark());
    QCOMPARE(theme.lineWidth(), 1);
}

} // namespace console::test

QTEST_GUILESS_MAIN(console::test::TestDesktopWishes)
#include "tst_desktopwishes.moc"

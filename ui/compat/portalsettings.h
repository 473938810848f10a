// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusVariant>
#include <QObject>

#include <optional>

class QDBusConnection;

namespace console::compat {

/// What the desktop wishes of every program, read from its settings portal over D-Bus (ui.md §22).
/// Asks without waiting and hears of changes; without a bus or a portal nothing is ever known.
class PortalSettings final : public QObject
{
    Q_OBJECT

public:
    /// On the session's bus, if there is one.
    explicit PortalSettings(QObject *parent = nullptr);
    explicit PortalSettings(const QDBusConnection &bus, QObject *parent = nullptr);

    /// Nothing: it has no wish, or it is not known (yet).
    [[nodiscard]] std::optional<bool> isDark() const { return m_isDark; }

    [[nodiscard]] bool reducesMotion() const { return m_reducesMotion || m_hasNoAnimations; }

Q_SIGNALS:
    void changed();

private Q_SLOTS: // found by name: D-Bus calls it
    void takeChange(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask(const QDBusConnection &bus);
    void take(const QString &group, const QString &key, const QVariant &value);

    std::optional<bool> m_isDark;
    bool m_reducesMotion = false;
    bool m_hasNoAnimations = false;
};

} // namespace console::compat

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLocalServer>
#include <QStringList>

class QLocalSocket;

namespace console {

/// One window per data file (ui.md §20): the first one listens, a second start hands over what it
/// was asked for and ends. Per user; the message is one line of words.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// \a dataFile empty: nothing is kept, so that every window is one of its own.
    explicit SingleInstance(const QString &dataFile, QObject *parent = nullptr);

    /// Before there is a window: waits a moment for the answer of the first one.
    /// \returns false if there is none; then this is it from now on.
    [[nodiscard]] bool handOver(const QStringList &words);

    /// Where it listens; for tests.
    [[nodiscard]] QString socketPath() const { return m_server.fullServerName(); }

Q_SIGNALS:
    /// Another start said this.
    void asked(const QStringList &words);

private:
    void listen();
    void hear(QLocalSocket *socket);

    QString m_name; ///< of the socket; empty: alone
    QLocalServer m_server;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>
#include <vector>

namespace devserver::tests {

/// A request as the scripted server read it.
struct SeenRequest {
    int connection = 0; ///< 1 for the first one accepted
    QByteArray head;    ///< request line and header lines
    QByteArray body;

    QByteArray line() const { return head.left(head.indexOf('\r')); }
};

/// A server whose answers are bytes written by the test: it reads whole requests (Content-Length
/// only), records them and calls the script.
class ScriptServer : public QTcpServer
{
public:
    using Script = std::function<void(QTcpSocket *, const SeenRequest &)>;

    explicit ScriptServer(Script answer, const QHostAddress &address = QHostAddress::LocalHost)
        : script(std::move(answer))
    {
        setListenBacklogSize(1024);
        listen(address);
        connect(this, &QTcpServer::newConnection, this, &ScriptServer::accept);
    }

    QByteArray url(const QByteArray &path = QByteArrayLiteral("/")) const
    {
        return "http://127.0.0.1:" + QByteArray::number(serverPort()) + path;
    }

    Script script;
    int connections = 0;
    std::vector<SeenRequest> requests;

private:
    void accept()
    {
        while (QTcpSocket *socket = nextPendingConnection()) {
            const int number = ++connections;
            connect(socket, &QTcpSocket::readyRead, this,
                    [this, socket, number] { read(socket, number); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }

    void read(QTcpSocket *socket, int number)
    {
        QByteArray &buffer = m_buffers[number];
        buffer += socket->readAll();
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = buffer.first(end + 2);
        const QByteArray lower = head.toLower();
        const qsizetype at = lower.indexOf("\r\ncontent-length:");
        const qsizetype length =
            at < 0
                ? 0
                : lower.mid(at + 17, lower.indexOf('\r', at + 2) - at - 17).trimmed().toLongLong();
        if (buffer.size() < end + 4 + length)
            return;
        requests.push_back({number, head, buffer.mid(end + 4, length)});
        buffer.clear();
        const SeenRequest request = requests.back();
        script(socket, request);
    }

    QHash<int, QByteArray> m_buffers;
};

} // namespace devserver::tests

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/singleinstance.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QLocalSocket>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int answerTime = 1000; // ms; the first window may be busy with its start
constexpr qint64 longestLine = 4096;
const QByteArray heard = "ok\n"_ba;

/// The same for every way to write the same file; short, because socket names are.
QString socketName(const QString &dataFile)
{
    const QFileInfo file(dataFile);
    const QString folder = QFileInfo(file.path()).canonicalFilePath();
    const QString path = file.exists()      ? file.canonicalFilePath()
                         : folder.isEmpty() ? file.absoluteFilePath()
                                            : folder + u'/' + file.fileName();
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1);
    return u"redrive-"_s + qEnvironmentVariable("USER") + u'-'
           + QString::fromLatin1(hash.toHex().first(16));
}

} // namespace

SingleInstance::SingleInstance(const QString &dataFile, QObject *parent)
    : QObject(parent)
    , m_name(dataFile.isEmpty() ? QString() : socketName(dataFile))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            hear(socket);
    });
}

bool SingleInstance::handOver(const QStringList &words)
{
    if (m_name.isEmpty())
        return false;
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(answerTime)) {
        listen();
        return false;
    }
    socket.write(words.join(u' ').toUtf8() + '\n');
    // One that hangs does not answer: then the data file's lock says what is wrong.
    return socket.waitForBytesWritten(answerTime) && socket.waitForReadyRead(answerTime)
           && socket.readAll() == heard;
}

void SingleInstance::listen()
{
    if (m_server.listen(m_name))
        return;
    QLocalServer::removeServer(m_name); // left over from one that was killed
    m_server.listen(m_name);
}

void SingleInstance::hear(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    const auto take = [this, socket] {
        if (!socket->canReadLine()) {
            if (socket->bytesAvailable() > longestLine)
                socket->abort();
            return;
        }
        const QString line = QString::fromUtf8(socket->readLine(longestLine)).trimmed();
        socket->write(heard);
        Q_EMIT asked(line.isEmpty() ? QStringList() : line.split(u' '));
    };
    connect(socket, &QLocalSocket::readyRead, this, take);
    take(); // it may have come already
}

} // namespace console

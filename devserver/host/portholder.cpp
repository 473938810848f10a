// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/portholder.h"

#include <QDir>
#include <QFile>

#include <array>
#include <set>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace devserver::host {

namespace {

/// Sockets that listen on the port, as `/proc/<pid>/fd` names them.
std::set<QByteArray> listeningSockets(quint16 port)
{
    const QByteArray wanted = ':' + QByteArray::number(port, 16).rightJustified(4, '0').toUpper();
    std::set<QByteArray> sockets;
    for (const QString &table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArrayList lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QByteArrayList fields = line.simplified().split(' ');
            // sl, local, remote, state (0A: listening), …, inode
            if (fields.size() > 9 && fields[3] == "0A" && fields[1].endsWith(wanted))
                sockets.insert("socket:[" + fields[9] + ']');
        }
    }
    return sockets;
}

bool holdsOne(const QString &process, const std::set<QByteArray> &sockets)
{
    const QDir folder(u"/proc/"_s + process + u"/fd"_s);
    const QStringList descriptors = folder.entryList(QDir::System | QDir::NoDotAndDotDot);
    for (const QString &descriptor : descriptors) {
        std::array<char, 64> target{};
        const ssize_t size = readlink(QFile::encodeName(folder.filePath(descriptor)).constData(),
                                      target.data(), target.size());
        if (size > 0 && sockets.contains(QByteArray(target.data(), size)))
            return true;
    }
    return false;
}

} // namespace

QString holderOfPort(quint16 port)
{
    const std::set<QByteArray> sockets = listeningSockets(port);
    if (sockets.empty())
        return {};
    const QStringList processes = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &process : processes) {
        if (!process.front().isDigit() || !holdsOne(process, sockets))
            continue;
        QFile name(u"/proc/"_s + process + u"/comm"_s);
        const QString command = name.open(QIODevice::ReadOnly)
                                    ? QString::fromUtf8(name.readAll().trimmed())
                                    : u"process"_s;
        return command + u" (pid "_s + process + u')';
    }
    return {};
}

} // namespace devserver::host

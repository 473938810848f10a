// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/projectport.h"

#include "ui/core/projectfile.h"

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr auto serverFile = "server.json"_L1;
constexpr auto portMember = "port"_L1;

} // namespace

quint16 projectPort(const QString &dataFile)
{
    ProjectFile file;
    file.open(ProjectFile::beside(dataFile, serverFile));
    const int port = file.content().value(portMember).toInt();
    return port > 0 && port <= 0xffff ? static_cast<quint16>(port) : quint16(0);
}

void rememberPort(const QString &dataFile, quint16 port, QObject *context,
                  const std::function<void(const QString &problem)> &tell)
{
    const QString path = ProjectFile::beside(dataFile, serverFile);
    if (path.isEmpty())
        return;
    auto *file = new ProjectFile(context);
    QObject::connect(file, &ProjectFile::problem, context, tell);
    // Either comes once: what cannot be read is not written.
    QObject::connect(file, &ProjectFile::written, file, &QObject::deleteLater);
    QObject::connect(file, &ProjectFile::problem, file, &QObject::deleteLater);
    file->open(path);
    file->write(portMember, port);
}

} // namespace console

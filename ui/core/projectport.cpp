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
                  const std::function<void(const QString &problem)> &tell,
                  const std::function<void(const QString &problem)> &takeBack)
{
    const QString path = ProjectFile::beside(dataFile, serverFile);
    if (path.isEmpty())
        return;
    // One that waits for room would write its port over this one.
    if (auto *waiting = context->findChild<ProjectFile *>(path, Qt::FindDirectChildrenOnly)) {
        waiting->write(portMember, port);
        return;
    }
    auto *file = new ProjectFile(context);
    file->setObjectName(path);
    QObject::connect(file, &ProjectFile::problem, context, tell);
    QObject::connect(file, &ProjectFile::problemOver, context, takeBack);
    QObject::connect(file, &ProjectFile::written, file, &QObject::deleteLater);
    file->open(path);
    if (!file->isReadable()) // nothing is written, so nothing comes
        file->deleteLater();
    file->write(portMember, port);
}

void tryPortAgain(const QObject *context)
{
    for (ProjectFile *file :
         context->findChildren<ProjectFile *>(QString(), Qt::FindDirectChildrenOnly))
        file->tryAgain();
}

} // namespace console

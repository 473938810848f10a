// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/projectname.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace console {

using namespace Qt::StringLiterals;

QString projectName(const QString &dataFile)
{
    if (dataFile.isEmpty())
        return QCoreApplication::translate("ProjectName", "memory");
    const QFileInfo file(dataFile); // only the path is looked at
    const QString base = file.completeBaseName();
    const QString name = base.trimmed().isEmpty() ? file.fileName() : base; // `.db`
    const QString folder = QFileInfo(file.path()).fileName();
    const bool isUsualName = name == u"redrive"_s || name == u"default"_s;
    if (!isUsualName)
        return name;
    return folder.isEmpty() || folder == u"redrive"_s ? u"default"_s : folder;
}

} // namespace console

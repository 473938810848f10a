// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/wholefile.h"

#include "ui/compat/filesync.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>

namespace console {

namespace {

struct WholeFile {
    Q_DECLARE_TR_FUNCTIONS(console::WholeFile)
};

/// The device often has no words for a part that was written and a rest that was not.
QString reasonOf(const QFileDevice &file, int error)
{
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        return WholeFile::tr("the disk is full");
    // Of what it does not do itself the device has no words at all.
    return file.error() == QFileDevice::NoError ? qt_error_string(error) : file.errorString();
}

/// `QSaveFile::commit` ignores what goes wrong when its buffer is flushed, and would put an empty
/// file in the place of the old one.
bool isOnDisk(QFileDevice &file)
{
    return file.flush() && syncToDisk(file.handle());
}

} // namespace

QString writeWhole(const QString &path, const QByteArray &bytes)
{
    const QString folder = QFileInfo(path).path();
    if (!QDir().mkpath(folder))
        return WholeFile::tr("the folder %1 cannot be made").arg(folder);
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !isOnDisk(file)
        || !file.commit())
        return reasonOf(file, errno);
    return {};
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/filelock.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

QString holderOf(int descriptor)
{
    char text[32] = {};
    const ssize_t size = pread(descriptor, text, sizeof text - 1, 0);
    const int process = size > 0 ? QByteArray(text).trimmed().toInt() : 0;
    return process > 0 ? u" (process "_s + QString::number(process) + u')' : QString();
}

ErrorCode codeOf(int error)
{
    if (error == EACCES || error == EPERM || error == EROFS)
        return ErrorCode::StoreReadOnly;
    return error == ENOSPC || error == EDQUOT ? ErrorCode::StoreFull : ErrorCode::Store;
}

} // namespace

FileLock::~FileLock()
{
    release();
}

Result<void> FileLock::take(const QString &dataFile)
{
    // A file of its own: closing any descriptor of the data file would drop SQLite's locks. It
    // stays when the server ends, because deleting it would race with the next one.
    const QByteArray name = QFile::encodeName(dataFile + u".lock"_s);
    m_descriptor = open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_descriptor < 0) {
        const int error = errno;
        return failure(codeOf(error), u"cannot create the lock file: "_s + qt_error_string(error));
    }
    while (flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        if (error == EINTR)
            continue;
        const QString holder = holderOf(m_descriptor);
        close(m_descriptor);
        m_descriptor = -1;
        if (error != EWOULDBLOCK)
            return failure(ErrorCode::Store, u"cannot lock it: "_s + qt_error_string(error));
        return failure(ErrorCode::StoreLocked, u"another server is using it"_s + holder);
    }
    // Only for the message above, so a failure does not matter.
    const QByteArray process = QByteArray::number(getpid()) + '\n';
    if (ftruncate(m_descriptor, 0) == 0)
        static_cast<void>(
            pwrite(m_descriptor, process.constData(), static_cast<size_t>(process.size()), 0) < 0);
    return {};
}

void FileLock::release()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
    m_descriptor = -1;
}

} // namespace devserver::store

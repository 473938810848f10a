// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/projectfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QPointer>
#include <QSaveFile>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 64 * 1024;
constexpr int fileVersion = 1;

/// \returns what went wrong, or nothing.
QString writeFile(const QString &path, const QByteArray &bytes)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return ProjectFile::tr("The folder %1 cannot be made.").arg(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return ProjectFile::tr("%1 could not be written: %2").arg(path, file.errorString());
    return {};
}

} // namespace

ProjectFile::ProjectFile(QObject *parent)
    : QObject(parent)
{
    m_writer.setMaxThreadCount(1); // the last one wins
}

ProjectFile::~ProjectFile()
{
    waitForWrites();
}

QString ProjectFile::beside(const QString &dataFile, const QString &name)
{
    return dataFile.isEmpty() ? QString() : QFileInfo(dataFile).path() + u"/.redrive/"_s + name;
}

void ProjectFile::open(const QString &path)
{
    waitForWrites();
    m_path = path;
    m_content = {};
    m_isReadable = true;
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const QJsonDocument document =
        file.size() > largestFile ? QJsonDocument() : QJsonDocument::fromJson(file.readAll());
    m_isReadable = document.isObject();
    m_content = document.object();
    if (!m_isReadable) // not written over: a person may have edited it by hand
        Q_EMIT problem(tr("%1 could not be read; it is left as it is.").arg(path));
}

void ProjectFile::write(const QString &key, const QJsonValue &value)
{
    m_content.insert("version"_L1, fileVersion);
    m_content.insert(key, value);
    if (m_path.isEmpty() || !m_isReadable)
        return;
    m_writer.start([guarded = QPointer<ProjectFile>(this), path = m_path,
                    bytes = QJsonDocument(m_content).toJson()] {
        const QString trouble = writeFile(path, bytes);
        ProjectFile *self = guarded; // alive: its destructor waits for this
        if (!trouble.isEmpty() && self != nullptr)
            QMetaObject::invokeMethod(self, [self, trouble] { Q_EMIT self->problem(trouble); });
    });
}

void ProjectFile::waitForWrites()
{
    m_writer.waitForDone();
}

} // namespace console

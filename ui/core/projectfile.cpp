// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/projectfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QPointer>
#include <QSaveFile>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

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

void insert(QJsonObject &content, const QJsonObject &parts)
{
    for (auto part = parts.begin(); part != parts.end(); ++part)
        content.insert(part.key(), part.value());
}

} // namespace

struct ProjectFile::Reading {
    QJsonObject content = {};
    QString problem = {}; ///< translated; empty: it could be read
};

ProjectFile::Reading ProjectFile::read(const QString &path, qint64 mostBytes)
{
    QFile file(path);
    if (path.isEmpty())
        return {};
    if (!file.open(QIODevice::ReadOnly)) {
        if (!file.exists())
            return {};
        return {.problem = tr("%1 could not be read (%2); it is left as it is, and changes are not "
                              "kept.")
                               .arg(path, file.errorString())};
    }
    if (file.size() > mostBytes) {
        return {.problem = tr("%1 is larger than %2 KiB and is not read; it is left as it is, and "
                              "changes are not kept.")
                               .arg(path, QString::number(mostBytes / 1024))};
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject()) {
        return {.problem = tr("%1 could not be read, for it is no JSON object; it is left as it "
                              "is, and changes are not kept.")
                               .arg(path)};
    }
    return {.content = document.object()};
}

ProjectFile::ProjectFile(QObject *parent)
    : QObject(parent)
    , m_late(std::make_shared<QJsonObject>())
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
    const Reading reading = read(path, mostAtOnce);
    take(reading);
    tell(reading);
}

void ProjectFile::load(const QString &path, qint64 mostBytes)
{
    m_path = path;
    m_content = {};
    m_isReadable = false;
    if (path.isEmpty())
        return;
    m_writer.start([guarded = QPointer<ProjectFile>(this), path, mostBytes] {
        const Reading reading = read(path, mostBytes);
        ProjectFile *self = guarded; // alive: its destructor waits for this
        if (self == nullptr)
            return;
        QMetaObject::invokeMethod(self, [self, path, reading] {
            if (self->m_path != path)
                return;
            self->take(reading);
            Q_EMIT self->loaded();
            self->tell(reading);
        });
    });
}

void ProjectFile::take(const Reading &reading)
{
    m_content = reading.content;
    m_late = std::make_shared<QJsonObject>();
    m_isReadable = reading.problem.isEmpty();
}

void ProjectFile::tell(const Reading &reading)
{
    if (!m_isReadable) // not written over: a person may have edited it by hand
        Q_EMIT problem(reading.problem);
}

void ProjectFile::write(const QJsonObject &parts)
{
    insert(m_content, parts);
    startWrite({});
}

void ProjectFile::write(std::function<QJsonObject()> parts)
{
    startWrite(std::move(parts));
}

void ProjectFile::startWrite(std::function<QJsonObject()> parts)
{
    m_content.insert("version"_L1, fileVersion);
    if (m_path.isEmpty() || !m_isReadable)
        return;
    m_writer.start([guarded = QPointer<ProjectFile>(this), path = m_path, content = m_content,
                    late = m_late, parts = std::move(parts)]() mutable {
        if (parts)
            insert(*late, parts());
        insert(content, *late);
        const QString trouble = writeFile(path, QJsonDocument(content).toJson());
        ProjectFile *self = guarded; // alive: its destructor waits for this
        if (self == nullptr)
            return;
        QMetaObject::invokeMethod(self, [self, trouble] {
            if (trouble.isEmpty())
                Q_EMIT self->written();
            else
                Q_EMIT self->problem(trouble);
        });
    });
}

void ProjectFile::waitForWrites()
{
    m_writer.waitForDone();
}

} // namespace console

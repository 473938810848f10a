// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/projectfile.h"

#include "ui/core/wholefile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QPointer>

#include <atomic>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int fileVersion = 1;

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

struct ProjectFile::Late {
    QJsonObject parts;                     ///< built by the writer; only it looks inside
    std::atomic<bool> isUnwritten = false; ///< the last try failed
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
    const QByteArray bytes = file.readAll();
    if (bytes.isEmpty() && file.error() == QFileDevice::NoError)
        return {}; // what earlier versions left of it on a full disk
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject()) {
        return {.problem = tr("%1 could not be read, for it is no JSON object; it is left as it "
                              "is, and changes are not kept.")
                               .arg(path)};
    }
    return {.content = document.object()};
}

ProjectFile::ProjectFile(QObject *parent)
    : QObject(parent)
    , m_late(std::make_shared<Late>())
{
    m_writer.setMaxThreadCount(1); // the last one wins
    m_again.setSingleShot(true);
    m_again.setInterval(pauseOfTries);
    connect(&m_again, &QTimer::timeout, this, &ProjectFile::tryAgain);
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
    tryAgain(); // before this one is read
    m_path = path;
    m_content = {};
    m_isReadable = false;
    if (path.isEmpty()) {
        takeBack();
        return;
    }
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
    m_late = std::make_shared<Late>();
    m_again.stop();
    m_isReadable = reading.problem.isEmpty();
    takeBack(); // it was of the file before
}

void ProjectFile::tell(const Reading &reading)
{
    if (m_isReadable)
        return;
    m_trouble = reading.problem; // not written over: a person may have edited it by hand
    Q_EMIT problem(m_trouble);
}

void ProjectFile::takeBack()
{
    if (const QString told = std::exchange(m_trouble, {}); !told.isEmpty())
        Q_EMIT problemOver(told);
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
            insert(late->parts, parts());
        insert(content, late->parts);
        const QString trouble = writeWhole(path, QJsonDocument(content).toJson());
        late->isUnwritten = !trouble.isEmpty();
        ProjectFile *self = guarded; // alive: its destructor waits for this
        if (self == nullptr)
            return;
        QMetaObject::invokeMethod(self, [self, late, path, trouble] {
            if (self->m_late == late && self->m_path == path)
                self->takeWritten(trouble);
            else if (late->isUnwritten.exchange(false)) // and nobody comes back to it
                Q_EMIT self->problem(tr("%1 could not be kept: %2.").arg(path, trouble));
        });
    });
}

void ProjectFile::takeWritten(const QString &trouble)
{
    if (trouble.isEmpty()) {
        m_again.stop();
        takeBack();
        Q_EMIT written();
        return;
    }
    m_again.start();
    if (!m_trouble.isEmpty())
        return;
    m_trouble = tr("%1 could not be kept: %2. It is tried again.").arg(m_path, trouble);
    Q_EMIT problem(m_trouble);
}

void ProjectFile::tryAgain()
{
    if (m_late->isUnwritten)
        startWrite({});
}

void ProjectFile::waitForWrites()
{
    m_writer.waitForDone();
    tryAgain();
    m_writer.waitForDone();
}

} // namespace console

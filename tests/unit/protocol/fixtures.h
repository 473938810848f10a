// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <sys/resource.h>

namespace fixtures {

/// Adds one row per file of tests/fixtures/<folder>: its path, and whether it is to be accepted
/// (names of broken ones start with `bad-`).
inline void addRows(const QString &folder)
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isGood");
    const QDir root = QFileInfo(QString::fromUtf8(__FILE__)).absoluteDir();
    const QDir files(root.filePath(QStringLiteral("../../fixtures/") + folder));
    const QFileInfoList list = files.entryInfoList(QDir::Files);
    QVERIFY2(list.size() >= 10, "fixtures are missing");
    for (const QFileInfo &info : list) {
        QTest::addRow("%s", qPrintable(info.fileName()))
            << info.filePath() << !info.fileName().startsWith(QStringLiteral("bad-"));
    }
}

inline QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The most memory that the process ever had.
inline qint64 peakMemoryBytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return qint64{usage.ru_maxrss} * 1024;
}

} // namespace fixtures

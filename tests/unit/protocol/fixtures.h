// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

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

} // namespace fixtures

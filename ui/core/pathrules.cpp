// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/pathrules.h"

#include <QJsonArray>

namespace console {

using namespace Qt::StringLiterals;

PathRules::PathRules(QObject *parent)
    : QObject(parent)
{
    connect(&m_file, &ProjectFile::problem, this, &PathRules::problem);
    connect(&m_file, &ProjectFile::problemOver, this, &PathRules::problemOver);
    connect(&m_file, &ProjectFile::written, this, &PathRules::written);
}

QString PathRules::fileBeside(const QString &dataFile)
{
    return ProjectFile::beside(dataFile, u"paths.json"_s);
}

void PathRules::setFile(const QString &path)
{
    if (path == m_file.path())
        return;
    m_file.open(path);
    m_rules.clear();
    for (const QJsonValue &entry : m_file.content()["paths"_L1].toArray()) {
        PathRewrite rule{.from = entry["from"_L1].toString(), .to = entry["to"_L1].toString()};
        if (!rule.to.isEmpty()) // an empty `from` is that of relative paths
            m_rules.push_back(std::move(rule));
    }
    Q_EMIT changed();
}

void PathRules::add(const std::vector<PathRewrite> &rules)
{
    for (const PathRewrite &rule : rules)
        m_rules = withRewrite(std::move(m_rules), rule);
    write();
}

void PathRules::remove(const QString &from)
{
    if (std::erase_if(m_rules, [&](const PathRewrite &known) { return known.from == from; }) > 0)
        write();
}

void PathRules::write()
{
    QJsonArray entries;
    for (const PathRewrite &known : m_rules)
        entries.append(QJsonObject{{"from"_L1, known.from}, {"to"_L1, known.to}});
    m_file.write(u"paths"_s, entries);
    Q_EMIT changed();
}

} // namespace console

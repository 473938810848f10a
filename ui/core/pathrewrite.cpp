// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/pathrewrite.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// Length of the folder with its slash; 0: the file is not below it, or \a folder is empty, which
/// means all relative ones.
qsizetype prefixOf(const QString &file, const QString &folder)
{
    if (folder.endsWith(u'/'))
        return file.startsWith(folder) ? folder.size() : 0;
    const bool isInside = file.size() > folder.size() && file.startsWith(folder)
                          && (file[folder.size()] == u'/' || file[folder.size()] == u'\\');
    return isInside ? folder.size() + 1 : 0;
}

bool fits(const QString &file, const PathRewrite &rule)
{
    return rule.from.isEmpty() ? !file.startsWith(u'/') : prefixOf(file, rule.from) > 0;
}

QString withoutSlash(QString folder)
{
    while (folder.size() > 1 && folder.endsWith(u'/'))
        folder.chop(1);
    return folder;
}

} // namespace

QString rewrittenPath(const QString &file, const std::vector<PathRewrite> &rules)
{
    const PathRewrite *best = nullptr;
    for (const PathRewrite &rule : rules) {
        if (fits(file, rule) && (best == nullptr || rule.from.size() > best->from.size()))
            best = &rule;
    }
    if (best == nullptr)
        return file;
    QString rest = best->from.isEmpty() ? file : file.mid(prefixOf(file, best->from));
    rest.replace(u'\\', u'/');
    return best->to + u'/' + rest;
}

std::optional<PathRewrite> findRewrite(const QStringList &files, const QString &folder,
                                       const std::function<bool(const QString &path)> &exists)
{
    const QString to = withoutSlash(folder);
    for (const QString &file : files) {
        QString path = file;
        path.replace(u'\\', u'/');
        const bool isAbsolute = path.startsWith(u'/');
        for (qsizetype at = isAbsolute ? 1 : 0; at < path.size();) {
            if (exists(to + u'/' + path.mid(at)))
                return PathRewrite{.from = at == 1 && isAbsolute
                                               ? u"/"_s
                                               : file.left(std::max<qsizetype>(0, at - 1)),
                                   .to = to};
            const qsizetype slash = path.indexOf(u'/', at);
            at = slash < 0 ? path.size() : slash + 1;
        }
    }
    return std::nullopt;
}

std::vector<PathRewrite> withRewrite(std::vector<PathRewrite> rules, const PathRewrite &rule)
{
    std::erase_if(rules, [&](const PathRewrite &known) { return known.from == rule.from; });
    rules.push_back(rule);
    return rules;
}

std::vector<PathRewrite> rewritesFromList(const QStringList &list)
{
    std::vector<PathRewrite> rules;
    for (qsizetype at = 0; at + 1 < list.size(); at += 2)
        rules.push_back({.from = list[at], .to = list[at + 1]});
    return rules;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

/// Files of a stack that came from somewhere else (a container, another machine) and where they
/// are here (ui.md §8).
namespace console {

struct PathRewrite {
    QString from; ///< folder as the app says it, without a slash at its end
    QString to;   ///< folder on this machine

    bool operator==(const PathRewrite &) const = default;
};

/// The file here: by the rule with the longest `from` that fits, else as it is.
[[nodiscard]] QString rewrittenPath(const QString &file, const std::vector<PathRewrite> &rules);

/// The rule that makes the first of \a files that can be found below \a folder be found: as much of
/// its end as possible is kept. Nothing if none of them is there. \a exists is asked for paths.
[[nodiscard]] std::optional<PathRewrite>
findRewrite(const QStringList &files, const QString &folder,
            const std::function<bool(const QString &path)> &exists);

/// With this rule, which replaces one of the same `from`.
[[nodiscard]] std::vector<PathRewrite> withRewrite(std::vector<PathRewrite> rules,
                                                   const PathRewrite &rule);

/// As settings before version 2 kept them: from, to, from, to.
[[nodiscard]] std::vector<PathRewrite> rewritesFromList(const QStringList &list);

} // namespace console

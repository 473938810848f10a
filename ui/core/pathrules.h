// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/pathrewrite.h"
#include "ui/core/projectfile.h"

#include <vector>

namespace console {

/// Where the files of the project's stacks are on this machine; in `.redrive/paths.json`, so that
/// they belong to the project and not to the person (ui.md §25). GUI thread.
class PathRules final : public QObject
{
    Q_OBJECT

public:
    explicit PathRules(QObject *parent = nullptr);

    [[nodiscard]] static QString fileBeside(const QString &dataFile);
    /// Empty: the rules are kept as long as the window.
    void setFile(const QString &path);

    [[nodiscard]] const std::vector<PathRewrite> &rules() const { return m_rules; }

    /// Replaces one of the same `from`.
    void add(const PathRewrite &rule) { add(std::vector<PathRewrite>{rule}); }

    void add(const std::vector<PathRewrite> &rules);

    /// Files below \a from are again looked for where the error says; nothing if there is no such
    /// rule.
    void remove(const QString &from);

    /// What could not be written, at once.
    void tryAgain() { m_file.tryAgain(); }

    /// Until everything is written; for tests and the end of the program.
    void waitForWrites() { m_file.waitForWrites(); }

Q_SIGNALS:
    void changed();
    /// What was added last is in the file.
    void written();
    /// Reading or writing failed: what and why, translated.
    void problem(const QString &text);
    /// That one is over.
    void problemOver(const QString &text);

private:
    void write();

    ProjectFile m_file;
    std::vector<PathRewrite> m_rules;
};

} // namespace console

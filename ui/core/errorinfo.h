// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/rawjson.h"
#include "ui/core/stackframes.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

/// A normalised error taken apart (semantics §2.8).
namespace console {

struct ErrorInfo {
    QString name;
    QString message;
    QString stack;        ///< as it was sent
    QString code;         ///< empty if there is none
    QByteArray data;      ///< JSON; empty if there is none
    bool isFinal = false; ///< the app forbids a retry
    std::vector<StackFrame> frames;

    /// The code if it tells more than the name and that it failed, as `unknown` and what SDKs give
    /// every error of a step do not.
    [[nodiscard]] QString tellingCode() const;

    [[nodiscard]] bool isEmpty() const { return name.isEmpty() && message.isEmpty(); }

    bool operator==(const ErrorInfo &) const = default;
};

/// The error, then what caused it, then what caused that; empty if there is none.
[[nodiscard]] std::vector<ErrorInfo> errorChain(const devserver::RawJson &error);

/// The beginning of a message, a stack or data that a label can hold: an app may put a whole page
/// into its error. What follows says how much is missing, and that \a where has it.
[[nodiscard]] QString shownPart(const QString &text, const QString &where);
/// The same of a message, and less of it: some lines.
[[nodiscard]] QString shownMessage(const QString &message, const QString &where);

/// As plain text, and as Markdown for an issue; \a subject says where it happened.
[[nodiscard]] QString errorText(const std::vector<ErrorInfo> &chain);
[[nodiscard]] QString errorMarkdown(const std::vector<ErrorInfo> &chain, const QString &subject);

/// Program and arguments for a file, made of the command of the settings: it is split into words
/// first, so that no file name can add one. Nothing if the command is empty.
[[nodiscard]] std::optional<std::pair<QString, QStringList>>
editorCommandLine(const QString &command, const StackFrame &frame);

} // namespace console

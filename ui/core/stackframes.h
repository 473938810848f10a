// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <vector>

/// Stack traces as the TypeScript, Python and Go SDKs send them (protocol.md §6.4).
namespace console {

struct StackFrame {
    QString function; ///< may be empty
    QString file;     ///< empty: somewhere without a file (`<anonymous>`, `native`)
    int line = 0;     ///< from 1; 0: unknown
    int column = 0;   ///< from 1; 0: unknown
    /// Not under node_modules, site-packages, the Go module cache or the runtime of the language.
    bool isOwn = true;

    bool operator==(const StackFrame &) const = default;
};

/// Innermost call first, also for Python, which writes it last. Lines that are no frames are left
/// out; empty if there is none.
[[nodiscard]] std::vector<StackFrame> parseStack(const QString &stack);

/// Frames of files that one of the patterns fits are library frames, too: `vendor` is a folder
/// somewhere in the path, `gen/*.ts` a part of it. \a patterns  separated by commas.
[[nodiscard]] std::vector<StackFrame> withLibraries(std::vector<StackFrame> frames,
                                                    const QString &patterns);

/// `src/functions/charge.ts:42:11`, with the folders that all own frames share left out.
[[nodiscard]] QString frameText(const StackFrame &frame, const QString &commonFolder);
/// Of the own frames, with a slash at its end; empty if they share none.
[[nodiscard]] QString commonFolder(const std::vector<StackFrame> &frames);

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

class QKeyEvent;
class QPlainTextEdit;

/// What keys do in a JSON text besides writing letters (ui.md §10).
namespace console {

/// Auto-indent, auto-close of brackets and quotes, Ctrl+D, Alt+Up and Down, Ctrl+/.
/// \param hasComments  without them Ctrl+/ is no command
/// \returns whether it took the key.
bool typeJson(QPlainTextEdit &edit, const QKeyEvent &event, bool hasComments);
/// Whether it takes the key, whatever is written: it means the text, not the window around it.
[[nodiscard]] bool isLineCommand(const QKeyEvent &event, bool hasComments);
/// Replaces the text in one step of undo.
void replaceWhole(QPlainTextEdit &edit, const QString &text);

/// Positions of the bracket at the caret and of its partner; -1: none.
struct BracketPair {
    int at = -1;
    int partner = -1;
};

[[nodiscard]] BracketPair bracketsAt(const QPlainTextEdit &edit);

} // namespace console

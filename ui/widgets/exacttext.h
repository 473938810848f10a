// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPlainTextEdit>

class QTextCursor;
class QTextDocument;

/// People's data go through text controls without a change. What Qt calls plain text is none: it
/// makes a blank of U+00A0 and a line end of U+2028.
namespace console {

/// What is written, character by character; lines end in `\n`.
[[nodiscard]] QString exactText(const QTextDocument &document);
/// The same of what is selected.
[[nodiscard]] QString exactText(const QTextCursor &selection);

/// Three characters end a line in each document: U+2029, U+FDD0 and U+FDD1. As `\u2029`, `\ufdd0`
/// and `\ufdd1` they stand for the same in JSON, and stay.
[[nodiscard]] QString heldText(const QString &text);
[[nodiscard]] QString heldText(const QByteArray &utf8);
/// Whether the document would have the text as it is.
[[nodiscard]] bool isHeld(const QByteArray &utf8);

/// A text control that copies, cuts and pastes exactly.
class ExactTextEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    using QPlainTextEdit::QPlainTextEdit;

    [[nodiscard]] QString exact() const { return exactText(*document()); }

    /// From its start to the caret.
    [[nodiscard]] QString exactToCaret() const;

protected:
    QMimeData *createMimeDataFromSelection() const override;
    void insertFromMimeData(const QMimeData *source) override;
};

} // namespace console

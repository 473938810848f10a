// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QWidget>

class QPlainTextEdit;
class QTabBar;
class QToolButton;

namespace console {

class Card;
struct Context;

/// Code to begin with, one tab per language, with the real address of the server in it (ui.md §19);
/// the texts are files of `resources/snippets`.
class SnippetBox final : public QWidget
{
    Q_OBJECT

public:
    explicit SnippetBox(Context &context, QWidget *parent = nullptr);

    /// Of the tab that is shown, as the copy button copies it.
    [[nodiscard]] QString text() const;
    /// What the longest line of all tabs needs, with the frame.
    [[nodiscard]] int textWidth() const;

private:
    void showText();
    /// As high as the longest text, so that nothing jumps when the tab changes.

    Context &m_context;
    QTabBar *m_tabs;
    QToolButton *m_copy;
    Card *m_frame;
    QPlainTextEdit *m_code;
};

} // namespace console

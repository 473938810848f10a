// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/errorinfo.h"

#include <QScrollArea>

class QPushButton;
class QVBoxLayout;

namespace console {

struct Context;
class WrappedText;

/// Why the selected letter died: the error and its causes, each with its stack, own frames first.
class LetterError final : public QScrollArea
{
    Q_OBJECT

public:
    explicit LetterError(Context &context, QWidget *parent = nullptr);

    /// \a signature  of the group that the error belongs to; empty: there is none. \a function  the
    /// title of a copy
    void setLetter(const QByteArray &signature, const QString &function);
    /// \a summary is what the list knows, until the record is there.
    void showSummary(const QString &summary);
    void showChain(std::vector<ErrorInfo> chain);
    /// Instead of a stack, with [Try again].
    void showProblem(const QString &text);

    [[nodiscard]] bool hasProblem() const { return m_hasProblem; }

Q_SIGNALS:
    void tryAgainWanted();
    /// A link was used and nothing can be opened: why.
    void problem(const QString &text);

private:
    void build();
    [[nodiscard]] QPushButton *addButton(const QString &name, const QString &icon,
                                         const QString &text, const QString &tip);
    [[nodiscard]] QLayout *makeButtons();
    void showRule();
    void addStack(const ErrorInfo &error, QVBoxLayout &layout);
    void paintWords();

    Context &m_context;
    WrappedText *m_error;
    QPushButton *m_runs;
    QPushButton *m_copy;
    QPushButton *m_markdown;
    QPushButton *m_rule;
    QByteArray m_signature;
    QString m_function;
    QWidget *m_stack = nullptr; ///< made anew for each letter
    QVBoxLayout *m_layout = nullptr;
    std::vector<ErrorInfo> m_chain;
    bool m_hasProblem = false; ///< in the place of the stack
};

} // namespace console

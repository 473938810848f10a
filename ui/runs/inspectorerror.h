// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/errorinfo.h"
#include "ui/core/inspection.h"

#include <QScrollArea>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace console {

struct Context;

/// The error of the subject: what, where in the own code, and what caused it (ui.md §8). GUI
/// thread.
class InspectorError final : public QScrollArea
{
    Q_OBJECT

public:
    explicit InspectorError(Context &context, QWidget *parent = nullptr);

    void setInspection(const Inspection &inspection);

Q_SIGNALS:
    void problem(const QString &text);

private:
    void build();
    void addButtons(QVBoxLayout *layout);
    void addError(QVBoxLayout *layout, const ErrorInfo &error, bool isCause);
    void addStack(QVBoxLayout *layout, const ErrorInfo &error);
    void addName(QVBoxLayout *layout, const ErrorInfo &error, bool isCause);
    QPushButton *addButton(const QString &name, const QString &text, const QString &icon);
    [[nodiscard]] QString filterOfThisError() const;
    [[nodiscard]] QString searchedWords() const;
    void findThisError();
    void searchLetters();

    Context &m_context;
    Inspection m_inspection;
    std::vector<ErrorInfo> m_chain;
    bool m_isBuilt = false;
    QWidget *m_content = nullptr;
};

} // namespace console

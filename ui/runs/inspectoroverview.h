// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/subjectfacts.h"

#include <QScrollArea>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace console {

struct Context;
class WrappedText;

/// Facts of the subject as label and value rows (ui.md §8). GUI thread.
class InspectorOverview final : public QScrollArea
{
    Q_OBJECT

public:
    explicit InspectorOverview(Context &context, QWidget *parent = nullptr);

    /// Rows stay as they are where only values changed.
    void setFacts(const SubjectFacts &facts);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row {
        Fact fact;
        QLabel *value = nullptr;
        WrappedText *words = nullptr; ///< instead, if it has a long word
    };

    void build(const SubjectFacts &facts);
    void addSection(const FactSection &section);
    void addLabel(QGridLayout *grid, int row, const QString &text);
    void addRow(QGridLayout *grid, int row, const Fact &fact);
    void addWords(QGridLayout *grid, int row, const Fact &fact);
    void addIcon(QHBoxLayout *line, const Fact &fact);
    void addCopy(QHBoxLayout *line, const Fact &fact);
    void addLink(QHBoxLayout *line, const Fact &fact);
    void follow(const FactLink &link);
    void showState(const SubjectFacts &facts);

    Context &m_context;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QLabel *m_word = nullptr;
    WrappedText *m_sentence = nullptr;
    std::vector<FactSection> m_sections;
    std::vector<Row> m_rows;
    int m_labelWidth = 0;
    SubjectFacts m_facts;
};

} // namespace console

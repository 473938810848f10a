// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/context.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace console {

class StepTable;

/// The Steps tab: the table with a filter of its own above it. F goes to the filter, Escape empties
/// it and goes back.
class StepsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit StepsPane(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] StepTable &table() const { return *m_table; }

protected:
    void focusInEvent(QFocusEvent *event) override;

private:
    void leaveFilter();
    void showWhatIsFound();

    QLineEdit *m_filter;
    QLabel *m_found;
    StepTable *m_table;
};

} // namespace console

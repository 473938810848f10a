// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/filtervocabulary.h"

#include <QWidget>

namespace console {

class FilterEdit;
struct Context;

/// A FilterEdit with room below it for what is wrong, marked at the character, and for the pinned
/// saved views (ui.md §17).
class FilterLine final : public QWidget
{
    Q_OBJECT

public:
    FilterLine(Context &context, FilterSubject subject, const QByteArray &name,
               QWidget *parent = nullptr);

    [[nodiscard]] FilterEdit *edit() const { return m_edit; }

    /// What is shown below the line; empty if nothing is wrong.
    [[nodiscard]] QString message() const { return m_message; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void say(const QString &message, int position);

    Context &m_context;
    FilterEdit *m_edit;
    QWidget *m_room; ///< below it, for what is wrong
    QString m_message;
    int m_position = 0;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QCheckBox;
class QToolButton;

namespace console {

class RangeBox;
struct Context;

/// Range, internal events, columns and live switch of the list of events (ui.md §9).
class EventsToolBar final : public QWidget
{
    Q_OBJECT

public:
    explicit EventsToolBar(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] RangeBox *range() const { return m_range; }

    [[nodiscard]] QCheckBox *internal() const { return m_internal; }

    [[nodiscard]] QToolButton *columnsButton() const { return m_columns; }

private:
    RangeBox *m_range;
    QCheckBox *m_internal;
    QToolButton *m_columns;
};

} // namespace console

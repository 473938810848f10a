// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace console {

class Pill;
struct Context;

/// A list with its pill in a thin strip below it. The strip is always there: when the pill comes,
/// it covers no row, and none moves. The focus is the list's.
class ListPage final : public QWidget
{
    Q_OBJECT

public:
    /// Takes \a list in.
    ListPage(Context &context, QWidget *list, QWidget *parent = nullptr);

    [[nodiscard]] Pill *pill() const { return m_pill; }

    [[nodiscard]] int stripHeight() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Context &m_context;
    Pill *m_pill = nullptr;
};

} // namespace console

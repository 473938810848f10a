// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace console {

/// Where a list is and a Sheet comes down on top of it. It asks for no more room with a sheet than
/// without: a low window must not grow because something is asked.
class SheetArea final : public QWidget
{
public:
    explicit SheetArea(QWidget *parent);

    void setContent(QWidget *content);

    /// The content begins so far below the upper edge.
    void setTop(int top);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void place();

    QWidget *m_content = nullptr;
    int m_top = 0;
};

} // namespace console

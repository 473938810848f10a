// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QScrollArea>

namespace console {

/// A panel that fills its place, and scrolls where that is lower than it needs: nothing of it is
/// out of reach in the smallest window.
class LowScroll final : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes \a content, and hands it the focus. \a leastHeight: what must be seen of it, in pixels
    /// at the usual size of text.
    LowScroll(QWidget *content, int leastHeight, QWidget *parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

private:
    int m_leastHeight;
};

} // namespace console

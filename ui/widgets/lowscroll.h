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

    /// It is seen whole in a window of a usual height.
    void setGrowing(bool isGrowing) { m_isGrowing = isGrowing; }

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    int m_leastHeight;
    bool m_isGrowing = false;
};

} // namespace console

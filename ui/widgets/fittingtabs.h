// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTabBar>

namespace console {

/// Tabs that give up some of the room around their words before they scroll. The first word stays
/// where it is: at the edge of what stands below.
class FittingTabs final : public QTabBar
{
    Q_OBJECT

public:
    explicit FittingTabs(QWidget *parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override;

private:
    /// Room left and right of the words together.
    [[nodiscard]] int padding() const;
    /// More of it, left of the word: of the first tab that is seen.
    [[nodiscard]] int before(int index) const;
    [[nodiscard]] QRect tabsRoom() const;
};

} // namespace console

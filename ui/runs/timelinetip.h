// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinetext.h"

#include <QFrame>

namespace console {

class Icons;
class Theme;

/// The card that explains a bar (ui.md §7.6). Never takes the focus; painted by itself, because it
/// changes with each move of the mouse.
class TimelineTip final : public QFrame
{
    Q_OBJECT

public:
    TimelineTip(Theme &theme, Icons &icons, QWidget *parent);

    void setCard(const TimelineCard &card);
    /// Near this place, inside the screen.
    void showAt(const QPoint &global);

    /// It stays when the mouse leaves.
    void pin() { m_isPinned = true; }

    /// Hides it unless it is pinned.
    void leave();

protected:
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QSize contentSize() const;
    /// All of the name: the column may have cut it.
    [[nodiscard]] QRect titleRect(int width) const;
    [[nodiscard]] QRect noteRect(int width, int top) const;
    [[nodiscard]] int labelWidth() const;

    Theme &m_theme;
    Icons &m_icons;
    TimelineCard m_card;
    bool m_isPinned = false;
};

} // namespace console

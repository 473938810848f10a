// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QRect>
#include <QStyledItemDelegate>

namespace console {

struct Context;

/// When the muting of a group ends: a time of day, or a date as well.
[[nodiscard]] QString mutedUntilText(const Context &context, devserver::TimePoint until);

/// Rows of the tree of dead letters: the error with its message below it, how many there are as a
/// badge above the time of the last one (and of the first one where there is room), and where there
/// is room the trend as small bars. Muted ones are dimmed.
class GroupDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit GroupDelegate(Context &context, QObject *parent = nullptr);

    /// Of a row, also left of its cells.
    [[nodiscard]] static QColor background(Context &context, bool isSelected, bool hasFocus);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    struct Space {
        QRect name;
        QRect message;
    };

    /// \returns where the badge is.
    QRect paintCount(QPainter *painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index, const QPoint &rightMiddle, bool isStrong) const;
    void paintTrend(QPainter *painter, const QRect &rect, const QModelIndex &index,
                    bool isStrong) const;
    void paintWords(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                    Space space, bool isStrong) const;
    /// Of a badge with up to three digits.
    [[nodiscard]] static int countRoom(const QStyleOptionViewItem &option);
    /// All that the row stands for.
    /// `until 14:00`, on another day `until 2026-12-09`, `muted`; empty: it is not.
    [[nodiscard]] QString mutedText(const QModelIndex &index) const;
    [[nodiscard]] bool isMuted(const QModelIndex &index) const;

    Context &m_context;
};

} // namespace console

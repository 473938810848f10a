// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"
#include "ui/core/lettergroupmodel.h"

#include <QRect>
#include <QStyledItemDelegate>

namespace console {

struct Context;

/// When the muting of a group ends: a time of day, or a date as well.
[[nodiscard]] QString mutedUntilText(const Context &context, devserver::TimePoint until);

/// What the rows say of the muting of these groups, together.
[[nodiscard]] LetterGroupModel::MuteWords muteWords(const Context &context,
                                                    const LetterGroupModel::Groups &groups);

/// Rows of the tree of dead letters: the error with its message below it, how many there are as a
/// badge above the time of the last one (and of the first one where there is room), and where there
/// is room the trend as small bars. Muted ones are dimmed, and say until when in the place of those
/// times.
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

    struct Look {
        QString muted; ///< until when; empty: it is not
        bool isStrong; ///< selected, with the focus
    };

    /// \returns where the badge is.
    QRect paintCount(QPainter *painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index, const QPoint &rightMiddle, const Look &look) const;
    void paintTrend(QPainter *painter, const QRect &rect, const QModelIndex &index,
                    bool isStrong) const;
    void paintWords(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                    Space space, const Look &look) const;
    /// Of a badge with up to three digits.
    [[nodiscard]] static int countRoom(const QStyleOptionViewItem &option);

    Context &m_context;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <vector>

/// What a list's model says about columns and cells; `RowDelegate` paints it, `ListTable` makes the
/// header of it.
namespace console {

/// One cell as it is painted: `[icon] text [icon] second`, or a bar with a text behind it.
struct Cell {
    QString text;
    QString brief;   ///< instead of the text where that does not fit; empty: the text, elided
    QString briefer; ///< instead of `brief` where that does not fit; empty: that, elided
    QString second;  ///< dimmed, behind the text, never mono
    QStringList secondBriefs; ///< shorter and shorter: the first that fits is instead of `second`
                              ///< where that does not, or none is; empty: it is elided
    QString icon;             ///< name in the icon set
    Token iconToken = Token::Text;
    Token token = Token::Text; ///< of the text
    bool isMono = false;
    bool isRight = false;
    int underlineFrom = 0;
    int underlineSize = 0; ///< characters of the text that have a dotted line below; 0: none
    Qt::TextElideMode elide = Qt::ElideRight;
    int keptStart = 0; ///< so many characters stay whole, and what follows is cut as `elide` says
    double fraction = -1; ///< 0..1: a 60 px bar before the text; negative: none
    int quietStart = 0;   ///< so many characters at the start of the text are dimmed: a folder
    bool isLink = false;  ///< all of it: a click leads there; it has a line below
    QString number;       ///< before the text, in a place of its own
    QString widestNumber; ///< of those above and below: behind them all texts begin alike
    QString secondIcon;   ///< before the second text, in its colour
    Token secondToken = Token::TextDim;

    bool operator==(const Cell &) const = default;
};

struct ColumnSpec {
    QByteArray id;                 ///< never translated; in settings and tests
    QString title;                 ///< translated
    int chars = 12;                ///< default width in average characters
    bool isShown = true;           ///< by default
    bool isSortable = true;        ///< a click on the header is answered with `sortRequested`
    bool isRight = false;          ///< the header; cells say it themselves
    bool isAscendingFirst = false; ///< what the first click on the header asks for
    int leastChars = 0;            ///< where room is scarce; 0: as its width suggests
    int mostChars = 0;             ///< grows with the texts in sight up to this; 0: does not.
                                   ///< Shrinks less than others then, while these need the room
    int rank = 0;                  ///< what is lower waits for room first, of equals the last one
    QString whyUnsorted = {};      ///< tooltip of a header that does not sort
    bool hasSecondsOfAll = false;  ///< what stands behind the texts is behind all of them or none
    bool growsLive = false; ///< a part of its texts says nothing, so it also grows with rows that
                            ///< come while one reads, until the list has a screenful and its
                            ///< widths are settled; others only when all share the room anew
    bool isId = false;      ///< gives way before a name or a class of another column is cut
    /// Of a column that no row makes wider or narrower: it has room for all of these, and where
    /// room is scarce for `leastCells`. Empty: as its characters and its texts say.
    std::vector<Cell> usualCells = {};
    std::vector<Cell> leastCells = {};

    bool operator==(const ColumnSpec &) const = default;
};

/// Roles besides Qt's own. Every list model answers CellRole; the rest is optional.
enum CellRole {
    CellDataRole = Qt::UserRole + 100, ///< Cell
    RowIdRole,                         ///< QByteArray; the same for every column
    RowDimmedRole,                     ///< bool: the row is about to leave
    FilterTermRole, ///< QString, `fn:charge-order`: what `Only this value` writes; empty: nothing
    CopyTextRole,   ///< QString: in full, for the clipboard; default: DisplayRole
};

} // namespace console

Q_DECLARE_METATYPE(console::Cell)

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"
#include "ui/core/theme.h"

#include <QCache>
#include <QStaticText>
#include <QStyledItemDelegate>

#include <climits>
#include <functional>

namespace console {

class Icons;

/// Of what a cell holds, in pixels.
struct CellWidths {
    int lead = 0; ///< without what stands dimmed behind the text; of a text whose start is kept
                  ///< whole, that; of one that has a shorter form, that
    int whole = 0;
};

/// Paints the `Cell` that a model answers for CellDataRole: no style calls, laid-out texts cached
/// (ui.md §4.3). Cells of models without it are painted from DisplayRole. GUI thread.
class RowDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    RowDelegate(Theme &theme, Icons &icons, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

    /// Tips, too, show what nobody sees.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

    /// \a measured  characters of the text at most; the others are taken to have no width.
    [[nodiscard]] static CellWidths widthsOf(const QFont &font, const QModelIndex &index,
                                             int measured = INT_MAX);

    [[nodiscard]] static CellWidths widthsOf(const QFont &font, const Cell &cell,
                                             int measured = INT_MAX);

    void setHoveredRow(int row) { m_hoveredRow = row; }

    /// In columns for which \a hasRoom says no, nothing stands dimmed behind any text.
    void setSecondsRule(std::function<bool(int column)> hasRoom)
    {
        m_hasRoomForSeconds = std::move(hasRoom);
    }

    /// Old rows while a new query runs.
    void setDimmed(bool isDimmed) { m_isDimmed = isDimmed; }

    /// Marks the current cell in its row, while keys move from cell to cell.
    void setCellShown(bool isShown) { m_isCellShown = isShown; }

    /// What is read of \a cell with so much \a room for its text.
    [[nodiscard]] static QString wordsIn(int room, const Cell &cell, const QFontMetrics &metrics);

    /// What is read behind the text of \a cell with so much \a room for it.
    [[nodiscard]] static QString secondIn(int room, const Cell &cell, const QFontMetrics &metrics);

    /// Space left and right of a cell's content.
    static constexpr int padding = 8;

    /// Pixels of the bar before \a text in a cell with so much \a room inside; 0: it stands.
    [[nodiscard]] static int barWidthIn(int room, const QString &text, const QFontMetrics &metrics);

private:
    struct TextKey {
        QString text;
        int width;
        bool isMono;
        Qt::TextElideMode elide;
        int keptStart;

        bool operator==(const TextKey &) const = default;

        friend size_t qHash(const TextKey &key, size_t seed)
        {
            return qHashMulti(seed, key.text, key.width, key.isMono, static_cast<int>(key.elide),
                              key.keptStart);
        }
    };

    [[nodiscard]] const QStaticText *textFor(const TextKey &key, const QFont &font) const;
    void paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index, bool hasFocus) const;
    void paintContent(QPainter *painter, const QStyleOptionViewItem &option, QRect space,
                      const Cell &cell, bool isStrong) const;
    /// Of a text in a row so high.
    [[nodiscard]] double topOf(int height, bool isMono) const;
    void paintUnderline(QPainter *painter, const QRect &space, const Cell &cell,
                        const QColor &color) const;
    void paintBar(QPainter *painter, const QRect &bar, const Cell &cell, bool isStrong) const;
    int paintProgress(QPainter *painter, const QStyleOptionViewItem &option, const QRect &space,
                      const Cell &cell, bool isStrong) const;

    Theme &m_theme;
    Icons &m_icons;
    mutable QCache<TextKey, QStaticText> m_texts;
    mutable QFont m_font; ///< that the cached texts were laid out with
    mutable QFont m_mono;
    mutable bool m_hasFonts = false;
    std::function<bool(int)> m_hasRoomForSeconds;
    int m_hoveredRow = -1;
    bool m_isDimmed = false;
    bool m_isCellShown = false;
};

} // namespace console

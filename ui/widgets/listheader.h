// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/viewuse.h"

#include <QHeaderView>

#include <map>
#include <set>
#include <vector>

class QMenu;
class QToolButton;

namespace console {

struct Context;

/// The header of a ListTable: flat, with our arrows; drag moves a column, a right click lists them,
/// a click sorts: once, the other way round, not at all (ui.md §6.1). What somebody ticks is shown,
/// and the view scrolls if that is too much; what stands there by default gives way where it is
/// narrow, and a sign at the end says so.
class ListHeader final : public QHeaderView
{
    Q_OBJECT

public:
    ListHeader(Context &context, QAbstractItemView *view);

    /// Called with each model; the first time it also sets widths and what is shown.
    void setColumns(const std::vector<ColumnSpec> &columns);
    void resetColumns();

    /// \a column -1: the list's own order.
    void setSort(int column, Qt::SortOrder order);

    /// Order, widths and hidden columns by their ids, so that new columns do no harm.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

    /// A tick for each column that is seen, `Fit columns` and `Reset columns`. The caller's.
    [[nodiscard]] QMenu *columnMenu(QWidget *parent);

    /// The widest column that nobody chose a width for takes what is left; where room is scarce,
    /// columns of text shrink, and then those that nobody asked for wait until there is room again.
    void fillWidth();
    /// Widths as they were at first; order and what is shown stay.
    void fitColumns();

    /// Of a few texts of each column.
    using Widest = std::map<int, CellWidths>;
    static constexpr int mostMeasured = 200; ///< rows of a small table

    enum class Growth {
        All,
        Live,    ///< measured while rows come and one scrolls, and can still grow
        Settled, ///< measured even when no border moves: what stands behind all texts or none
    };
    /// Those whose width depends on their texts, without those that somebody hid.
    [[nodiscard]] std::vector<int> growingColumns(Growth growth) const;
    /// Characters of a text of \a column that tell how much it grows; more are not measured.
    [[nodiscard]] int measuredChars(int column) const;
    /// Of these rows of a small table, or its first ones.
    [[nodiscard]] Widest widestOf(const std::vector<int> &columns,
                                  std::pair<int, int> rows = {0, mostMeasured - 1}) const;
    /// All share the room anew. \a widest  of the texts in sight. Only this makes columns smaller
    /// again: nothing moves to and fro while it is read.
    void shareRoom(const Widest &widest);
    /// The same, but no column gives what texts before needed: the borders of the same columns do
    /// not wander with the rows that a query or a turn of the wheel brings.
    void shareMore(const Widest &widest);
    /// While one reads no column moves, but those that grow live.
    void growLive(const Widest &widest);
    /// While nobody does, all share the room anew for a text that is wider than all before and cut.
    void growUnread(const Widest &widest);

    /// Who drags a section is at the list wherever the pointer is.
    [[nodiscard]] bool isHeld() const { return m_isHeld; }

    /// Somebody is at the list: no column may move.
    [[nodiscard]] bool isInUse() const { return m_isHeld || m_use.isInUse(); }

    /// Something that came while one read has too little room.
    [[nodiscard]] bool isCutLive() const { return m_isCutLive; }

    /// Since it was shared; a scroll bar that comes or goes changes the last column only.
    [[nodiscard]] bool hasOtherRoom() const;
    /// For what stands dimmed behind the texts: where some have none, it is shown behind none.
    [[nodiscard]] bool hasRoomForSeconds(int column) const;
    /// The texts have another width now: in another font.
    void forgetGrowth();

    /// Pixels at the right of the cells of \a column that stay free: the title of a last column
    /// that is aligned right stands left of the sign of the hidden ones, and above its numbers.
    [[nodiscard]] int insetOf(int column) const;
    /// The same for a cell in \a view; 0 where that has another header.
    [[nodiscard]] static int insetIn(const QWidget *view, int column);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void sortRequested(int column, Qt::SortOrder order);
    void sortCleared();
    /// Other columns are shown than before, by somebody's choice.
    void columnsChosen();
    void widthChosen();   ///< a border was dragged
    void letGo();         ///< nobody holds it any more
    void measureWanted(); ///< nobody uses the list any more: for `growUnread`

protected:
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void clickSection(int section);
    [[nodiscard]] int widthOf(int column) const;
    [[nodiscard]] int leastWidthOf(int column) const;
    [[nodiscard]] int titleWidth(const ColumnSpec &spec) const;
    [[nodiscard]] bool isReadWhole(int column) const;
    void measureSteady();

    [[nodiscard]] bool isSteady(int column) const { return m_steady.contains(column); }

    [[nodiscard]] int steadyWidthOf(int column) const;
    [[nodiscard]] int bareWidthOf(int column) const;
    [[nodiscard]] int lackOf(int column, int width, int CellWidths::*kind) const;
    void giveWhatIsCut(int CellWidths::*kind, int *left, std::map<int, int> *widths) const;
    [[nodiscard]] int mostWidthOf(int column) const;
    bool note(int column, const CellWidths &widest); ///< \returns whether that is more than before
    bool widen(int column);                          ///< \returns false: there is no room for it
    /// Of the texts in sight, in pixels; 0 of a column that does not grow.
    [[nodiscard]] CellWidths grownWidths(int column) const;
    [[nodiscard]] CellWidths boundedWidths(int column, const CellWidths &widest) const;
    [[nodiscard]] int fillColumn(const std::vector<int> &shown) const;
    [[nodiscard]] std::map<int, int> sharedWidths(const std::vector<int> &shown, int room) const;
    [[nodiscard]] int widestColumn(const std::vector<int> &columns) const;
    [[nodiscard]] std::set<int> withoutRoom(const std::vector<int> &wanted, int room) const;
    [[nodiscard]] int reservedFor(int column) const;
    [[nodiscard]] int namedFor(int column) const;
    [[nodiscard]] int toldFor(int column) const;
    void noteChosenWidth(int column, int width);
    void fillAfterDrag();
    void shareBehind(int dragged);
    void fillWidthLive();
    void shareWidth(std::vector<int> shown);
    /// What the columns share: without the scroll bar, also while there is none.
    [[nodiscard]] int room() const;
    bool stretchLast(); ///< \returns false: the view scrolls
    void share(const std::vector<int> &shown, int room);
    [[nodiscard]] int lastShown() const; ///< -1: none
    [[nodiscard]] int signLack(int last, int width, std::size_t hidden) const;
    [[nodiscard]] int signWidth(const QString &words) const;
    [[nodiscard]] static QString shortSign(qsizetype count);
    void showSign();
    void placeSign();
    void popUpMenu(const QPoint &at);
    [[nodiscard]] QString toolTipOf(int column) const;
    void setHovered(int column, bool isPressed);
    /// Nobody hid it; it may have no room now.
    [[nodiscard]] bool isWanted(int column) const;
    void setWanted(int column, bool isWanted);
    [[nodiscard]] std::vector<int> wantedColumns() const;
    void reveal(int column); ///< scrolls there, if it is out of sight

    Context &m_context;
    std::vector<ColumnSpec> m_columns;
    std::map<int, CellWidths> m_grown;        ///< by column
    std::map<int, std::vector<int>> m_steady; ///< of columns that no row makes wider: all that
                                              ///< are of use, the least one first
    int m_sharedRoom = 0;
    bool m_isRoomEnough = true; ///< else the view scrolls
    std::set<int> m_waiting;    ///< hidden as long as there is no room
    std::set<int> m_asked;      ///< ticked by somebody: never hidden for want of room
    QToolButton *m_sign;        ///< how many are hidden so
    bool m_isCutLive = false;   ///< what came while one read, or after a drag, had too little room
    QByteArray m_saved;         ///< restored before there were columns
    int m_hovered = -1;
    bool m_isPressed = false; ///< the hovered one
    bool m_isHeld = false;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    bool m_isOwnResize = false;
    std::map<int, int> m_chosen; ///< widths that somebody dragged
    std::set<int> m_squeezed;    ///< of those, what has less, or it would be hidden
    int m_dragged = -1;          ///< whose width was changed last, and the others do not share yet
    ViewUse m_use;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"
#include "ui/widgets/busyline.h"
#include "ui/widgets/unmeasured.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QPointer>
#include <QTableView>
#include <QTimer>

#include <map>
#include <utility>
#include <vector>

namespace console {

class ListHeader;
class PagedTableModel;
class RowDelegate;
struct CellWidths;
struct Context;

/// The table of all long lists (ui.md §4.3, §4.4): fixed rows, no grid, no type-ahead, our delegate
/// and header. It shows one PagedTableModel; `replace` changes the query without going blank.
///
/// New rows above never move what is read: away from the top the scroll bar moves with them, and at
/// the top, too, while a row is being clicked. The upper row is never cut. While a mouse button or
/// a menu is down, no row is removed. GUI thread.
class ListTable final : public QTableView
{
    Q_OBJECT

public:
    explicit ListTable(Context &context, QWidget *parent = nullptr);
    ~ListTable() override;

    /// Loads and owns \a next, shows it when its first page is there; until then the old rows stay,
    /// dimmed after 150 ms and when it fails. Selection and scroll go over by id.
    void replace(PagedTableModel *next);
    /// Stops a query that takes too long; the old rows are in force again.
    void stopReplacing();

    /// What is shown; null before the first `replace` has loaded.
    [[nodiscard]] PagedTableModel *list() const { return m_list; }

    /// The one being loaded, or null.
    [[nodiscard]] PagedTableModel *coming() const { return m_coming; }

    [[nodiscard]] ListHeader *header() const { return m_header; }

    [[nodiscard]] QByteArray currentId() const;
    /// Ascending; so are the ids.
    [[nodiscard]] std::vector<int> selectedRows() const;
    [[nodiscard]] QByteArrayList selectedIds() const;
    bool selectId(const QByteArray &id); ///< scrolls there; false: not loaded, nothing is done
    /// Nothing is chosen until a key or a click does it; the focus alone chooses the first row.
    void clearCurrent();
    void endCleared(); ///< the focus alone chooses the first row again
    /// `settledOn` at once, if it waits: what was chosen last is about to be kept.
    void settle();
    [[nodiscard]] QString selectionText() const; ///< shown columns, tabs in between: for Ctrl+C
    /// When what was chosen leaves, the next row is chosen, or none.
    void setChoosesNext(bool chooses);
    /// `fn:charge-order` of the current cell; empty if there is nothing to filter by.
    [[nodiscard]] QString currentFilterTerm() const;

    /// Which row is on top, unless new ones are followed; for the next start.
    [[nodiscard]] QJsonObject saveSpot() const;
    /// Scrolls there as soon as that row is loaded.
    void restoreSpot(const QJsonObject &saved);

    /// At the top: new rows are seen as they come.
    [[nodiscard]] bool isFollowing() const;
    void follow();

    /// Rows that came in above since the top was left.
    [[nodiscard]] int newAbove() const { return m_newAbove; }

    /// Removals wait, while a menu about a row is open. Counted.
    void hold();
    void release();

    void keyboardSearch(const QString &) override {}

Q_SIGNALS:
    void opened(const QByteArray &id); ///< Enter or double click
    /// The current row is another one, or none (empty).
    void currentChangedTo(const QByteArray &id);
    /// The same, but 80 ms after the last key: what details are asked for.
    void settledOn(const QByteArray &id);
    void selectionEdited();
    void newAboveChanged(int count);
    void replaced(); ///< `list` is another one now
    void failed(const devserver::Error &error);
    void takesLong(); ///< a query, for more than 2 s
    void contextMenuWanted(const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void updateGeometries() override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;

private:
    struct Spot {
        QByteArray current;
        int column = 0;
        QByteArrayList selected;
        QByteArray top; ///< first visible row; empty at the top of the list
    };

    void takeOver();
    [[nodiscard]] Spot spot() const;
    void goTo(const Spot &spot);
    void goToStart();
    void connectList();
    void shiftBy(int rows);
    [[nodiscard]] int topRow() const;
    [[nodiscard]] bool isBeingClicked() const;
    void settleScroll(int value); ///< to whole rows: onwards, or the nearest under a dragged bar
    void chooseAfterRemoval(int first);
    [[nodiscard]] int lastOfSeveral() const; ///< selected row; -1: no or one row is
    void noteScroll();
    void setNewAbove(int count);
    void noteVisible();
    void measureSoon(); ///< before the next paint, once, and only what may still change something
    void measureVisible();
    void shareAnew();
    void shareRoom();                       ///< all columns anew, by the texts in sight
    void shareMore();                       ///< the same, but what texts before needed counts, too
    void noteSettled();                     ///< if the texts of a screenful were measured
    [[nodiscard]] bool isBeingRead() const; ///< by somebody who is there: no column may move
    [[nodiscard]] int rowsInRoom() const;
    void noteChange(const QModelIndex &from, const QModelIndex &to);
    [[nodiscard]] std::pair<int, int> rowsInSight() const; ///< the last one is -1: none
    [[nodiscard]] bool isSettled() const;                  ///< no border moves by itself
    void noteCurrent();
    void applySettings();
    void setHoveredRow(int row);
    void showSlow(bool isSlow);
    void showAge(); ///< old rows: while a query runs or when it failed, or there is no server
    using Widest = std::map<int, CellWidths>;
    [[nodiscard]] Widest widestOf(const std::vector<int> &columns, std::pair<int, int> rows) const;
    [[nodiscard]] CellWidths widthsOf(const QModelIndex &index) const;

    Context &m_context;
    ListHeader *m_header;
    RowDelegate *m_delegate;
    PagedTableModel *m_list = nullptr;
    PagedTableModel *m_coming = nullptr;
    QTimer m_settle;
    QTimer m_slow;
    QTimer m_long;
    BusyLine m_busy;
    QByteArray m_currentId;
    Spot m_start;         ///< to go to when the first rows are there
    int m_scrolledTo = 0; ///< a multiple of the row height
    int m_wheel = 0;      ///< turned, but not a whole row yet; in eighths of a degree
    int m_newAbove = 0;
    int m_holds = 0;
    int m_hoveredRow = -1;
    bool m_isMouseDown = false;
    QElapsedTimer m_clicked;         ///< since a button was let go
    std::map<int, QString> m_ticked; ///< by column: the text that was measured last
    bool m_isTakingOver = false;
    bool m_isToMeasure = false; ///< before the next paint
    bool m_isToShare = false;
    int m_settledRows = 0;      ///< had room when columns got their widths; 0: not yet
    bool m_hasNewTexts = false; ///< in columns that are not measured while somebody reads
    bool m_isSortAsked = false; ///< by a click on a heading, which the next query answers
    bool m_isReordered = false; ///< what is coming is that answer
    UnmeasuredRows m_unmeasured;
    bool m_isMeasuring = false; ///< the range of the scroll bar is being set
    bool m_isSlow = false;
    bool m_hasFailed = false;    ///< the one that is coming
    bool m_hadSelection = false; ///< before the removal that is going on
    bool m_losesCurrent = false;
    bool m_choosesNext = true;
    bool m_isCleared = false; ///< on purpose: the focus alone chooses nothing
};

} // namespace console

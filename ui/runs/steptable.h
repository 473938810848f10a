// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"
#include "ui/core/place.h"
#include "ui/core/stepmodel.h"
#include "ui/widgets/context.h"

#include <QTableView>

#include <vector>

class QSortFilterProxyModel;

namespace console {

class ListHeader;
class TextClock;

/// What the drawing shows, as a table (ui.md §7.1).
class StepTable final : public QTableView
{
    Q_OBJECT

public:
    explicit StepTable(Context &context, QWidget *parent = nullptr);

    void setTimeline(const TimelineDataPtr &run);
    /// Goes to a step that was selected elsewhere; where it is the run, to none.
    void follow(const Selection &selection);
    /// Steps of whose texts none has \a words in it are hidden.
    void setFilter(const QString &words);

Q_SIGNALS:
    void stepSelected(const console::Selection &selection);
    void findRequested();

protected:
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    [[nodiscard]] std::vector<ColumnSpec> columns() const;
    [[nodiscard]] int stateChars() const;
    void sort(int column, Qt::SortOrder order);
    void tell(const QModelIndex &chosen);
    void chooseNone();
    void copyRows();
    void applySettings();

    Context &m_context;
    ListHeader *m_header;
    StepModel *m_steps;
    QSortFilterProxyModel *m_sorted;
    TextClock *m_texts;
    bool m_isLive = false;
    devserver::RunId m_run;
    bool m_isFollowing = false;
};

} // namespace console

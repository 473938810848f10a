// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPoint>
#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace console {

class SheetArea;
struct Context;

/// A panel that comes down on top of a list, as wide as the list, and asks something; nothing else
/// is blocked. The list makes room for it, so that what it asks about can be seen; where there is
/// too little, it lies over the list. Esc takes it away and gives the focus back; it asks before
/// what was written is lost.
class Sheet : public QWidget
{
    Q_OBJECT

public:
    /// Hidden until `openSheet`.
    Sheet(Context &context, SheetArea *over);

    void openSheet(const QString &title);
    void closeSheet();
    /// As Esc and Cancel do.
    void leaveSheet();

Q_SIGNALS:
    void opened();
    void closed();

protected:
    [[nodiscard]] Context &context() const { return m_context; }

    [[nodiscard]] QVBoxLayout &body() const { return *m_body; }

    /// Last in it.
    void addButtons(QPushButton *cancel, QPushButton *go);
    void setTitle(const QString &title);

    /// Something is written in it that would be lost.
    [[nodiscard]] virtual bool isChanged() const { return false; }

    /// After the content changed its height.
    void place();

    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QTableView *list() const;
    [[nodiscard]] bool isBeside(int height) const;
    void pushList(int top);
    void keepScroll();
    void restoreScroll();

    Context &m_context;
    SheetArea *m_over;
    int m_top = 0;               ///< of the list
    QPointer<QTableView> m_list; ///< where these hold
    QPoint m_scrolled;           ///< before it was opened
    QPoint m_pushed;             ///< since it made room
    QLabel *m_title;
    QVBoxLayout *m_body;
};

} // namespace console

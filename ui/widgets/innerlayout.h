// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QRect>
#include <QSplitter>

class QTableView;

/// What `Reset layout` brings back inside of views and panels: columns and splitters (ui.md §5).
namespace console {

/// Of widgets that share out their room by rules of their own.
class InnerLayout
{
public:
    virtual ~InnerLayout() = default;
    Q_DISABLE_COPY_MOVE(InnerLayout)

    /// As it was before anybody dragged something.
    virtual void resetLayout() = 0;

protected:
    InnerLayout() = default;
};

/// A list, and below it what is chosen in it. Until somebody drags, each has its share, and with
/// little room the list yields first: a few rows are enough to see where one is. They are whole,
/// and three as long as the detail has the least that it needs. What comes below it, as a bar,
/// takes its room from the detail, and gives it back there.
class DetailSplitter final
    : public QSplitter
    , public InnerLayout
{
    Q_OBJECT

public:
    /// \a listShare  percent of the height. The least height of the list is its minimum height.
    explicit DetailSplitter(int listShare, QWidget *parent = nullptr);

    /// The bars that come below it stand in \a host, which is around it; else in its parent.
    void setBarHost(const QWidget &host) { m_barHost = &host; }

    /// Puts the detail beside the list, or below it again.
    void turn();

    /// Empty as long as nobody arranged it.
    [[nodiscard]] QByteArray save() const;
    void restore(const QByteArray &saved);

    void resetLayout() override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void showList();
    void noteList();
    [[nodiscard]] QRect room() const;
    [[nodiscard]] bool isDivided() const;
    [[nodiscard]] const QTableView *table() const;
    [[nodiscard]] int heightOf(int rows) const;
    [[nodiscard]] int wholeRows(int height) const;

    int m_listShare;
    bool m_isArranged = false; ///< by somebody
    bool m_wasDivided = false; ///< at the last look
    const QWidget *m_barHost = nullptr;
    QRect m_room;   ///< when it was divided
    int m_list = 0; ///< height that the list is to have there; 0: it stands alone or beside
};

/// The direction of the splitter and the shares that it has at first; they need not be pixels.
void setUsualSizes(QSplitter *splitter, const QList<int> &sizes);

/// Everything inside of \a root: splitters with usual sizes, lists, each InnerLayout.
void resetInnerLayout(QWidget *root);

} // namespace console

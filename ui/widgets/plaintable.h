// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTableView>

class QHeaderView;

namespace console {

class Theme;
struct Context;

/// The header of small tables: flat, its text above the text of the cells. The caller owns it.
[[nodiscard]] QHeaderView *makePlainHeader(Theme &theme, QWidget *parent);

/// A small table that looks like the long ones: same rows, no grid; Enter or a double click opens.
class PlainTable final : public QTableView
{
    Q_OBJECT

public:
    /// \a widths in average characters; the last column takes the rest.
    PlainTable(Context &context, QAbstractItemModel *model, const QList<int> &widths,
               QWidget *parent = nullptr);

    /// As they were at first.
    void resetColumns();
    /// Makes the columns that are shown, except one, wide enough for their texts and titles; none
    /// becomes narrower. \returns whether one became wider.
    bool growColumns(int except);
    /// Pixels that the texts of \a column need.
    [[nodiscard]] int widestOf(int column) const;

    void keyboardSearch(const QString &) override {}

Q_SIGNALS:
    void opened(int row);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyLook();

    Context &m_context;
    QList<int> m_widths; ///< in characters
};

} // namespace console

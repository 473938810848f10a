// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"
#include "ui/widgets/unmeasured.h"

#include <QTableView>

#include <vector>

namespace console {

class ListHeader;
struct Context;

/// A table of few rows in the look of the lists: same delegate and header, rows as high as in the
/// settings. Its columns share the width by the texts of its rows, also of those that come: what
/// one reads stays, and when nobody does, what is cut gets its room. GUI thread.
class SmallTable : public QTableView
{
    Q_OBJECT

public:
    SmallTable(Context &context, QWidget *parent);

protected:
    /// Once, for good.
    void showModel(QAbstractItemModel *model, const std::vector<ColumnSpec> &columns);

    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void measureSoon(); ///< how wide the texts are: before the next paint
    void measure();
    void grow();
    void shareRoom();
    void shareAnew();

    ListHeader *m_header;
    UnmeasuredRows m_unmeasured;
    bool m_isToMeasure = false;
    bool m_isToShare = false; ///< all rows are others
};

} // namespace console

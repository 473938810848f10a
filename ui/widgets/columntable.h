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

/// A small table whose columns share the width, as those of the lists: what has no room is hidden,
/// with a sign in the header. One row can be chosen. GUI thread.
class ColumnTable final : public QTableView
{
    Q_OBJECT

public:
    ColumnTable(Context &context, QAbstractItemModel *model, const std::vector<ColumnSpec> &columns,
                QWidget *parent = nullptr);

    void keyboardSearch(const QString &) override {}

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    /// How wide the texts are that a column grows with: before the next paint.
    void measureSoon();
    void measure();
    void grow();
    void shareRoom();
    void shareAnew();

    ListHeader *m_header;
    UnmeasuredRows m_unmeasured;
    bool m_isToMeasure = false;
    bool m_isToShare = false;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"
#include "ui/widgets/unmeasured.h"

#include <QTableView>

#include <vector>

namespace console {

struct Context;
class ListHeader;

/// A small table in the look of the lists: same delegate and header, rows as high as in the
/// settings. Where it is narrow it gives up columns before it cuts what they say.
class InspectorTable final : public QTableView
{
    Q_OBJECT

public:
    InspectorTable(Context &context, const QString &name, const QString &accessibleName,
                   QWidget *parent);

    /// \a leastFirst: ids of the columns that may be given up, the least important one first.
    void setTable(QAbstractItemModel *model, std::vector<ColumnSpec> columns,
                  const std::vector<QByteArray> &leastFirst = {});

    /// After setTable: `Copy rows`, `Copy request ID`, behind \a actions.
    void giveMenu(std::vector<QByteArray> actions);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void measureSoon(); ///< before the next paint
    void measure();
    void grow();
    void shareRoom();
    void shareAnew();

    Context &m_context;
    ListHeader *m_header;
    UnmeasuredRows m_unmeasured;
    bool m_isToMeasure = false;
    bool m_isToShare = false; ///< all rows are others
};

} // namespace console

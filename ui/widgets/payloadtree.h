// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>

namespace console {

class Theme;

/// The tree of a JSON text: names and values in their colours.
class PayloadTree final : public QTreeView
{
    Q_OBJECT

public:
    explicit PayloadTree(Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void copyRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace console

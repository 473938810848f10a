// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>

class QSplitter;
class QWidget;

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

/// The direction of the splitter and the shares that it has at first; they need not be pixels.
void setUsualSizes(QSplitter *splitter, const QList<int> &sizes);

/// Everything inside of \a root: splitters with usual sizes, lists, each InnerLayout.
void resetInnerLayout(QWidget *root);

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/innerlayout.h"

#include "ui/widgets/listheader.h"

#include <QSplitter>
#include <QVariant>

namespace console {

namespace {

constexpr char usualSizes[] = "usualSizes";
constexpr char usualOrientation[] = "usualOrientation";

} // namespace

void setUsualSizes(QSplitter *splitter, const QList<int> &sizes)
{
    splitter->setProperty(usualSizes, QVariant::fromValue(sizes));
    splitter->setProperty(usualOrientation, splitter->orientation());
}

void resetInnerLayout(QWidget *root)
{
    for (QWidget *inner : root->findChildren<QWidget *>()) {
        if (auto *own = dynamic_cast<InnerLayout *>(inner)) {
            own->resetLayout();
        } else if (auto *header = qobject_cast<ListHeader *>(inner)) {
            header->resetColumns();
        } else if (auto *splitter = qobject_cast<QSplitter *>(inner)) {
            const auto sizes = splitter->property(usualSizes).value<QList<int>>();
            if (sizes.isEmpty())
                continue;
            splitter->setOrientation(splitter->property(usualOrientation).value<Qt::Orientation>());
            splitter->setSizes(sizes);
        }
    }
}

} // namespace console

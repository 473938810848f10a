// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/listpage.h"

#include "ui/widgets/pill.h"

#include <QVBoxLayout>

namespace console {

ListPage::ListPage(Context &context, QWidget *list, QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(list, 1);
    m_pill = new Pill(context, this); // after the list, which tells of what is new until its end
    layout->addWidget(m_pill);
    setFocusProxy(list);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/paneheading.h"

#include <QLabel>

namespace console {

QLabel *paneHeading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setContentsMargins(paneMargin, 8, paneMargin, 4);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace console

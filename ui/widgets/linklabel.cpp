// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/linklabel.h"

#include "ui/core/theme.h"

#include <QLabel>

namespace console {

void keepLinkColour(QLabel *label, Theme &theme)
{
    QObject::connect(&theme, &Theme::changed, label, [label] {
        const QString text = label->text();
        label->clear();
        label->setText(text);
    });
}

} // namespace console

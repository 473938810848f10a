// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/consolestyle.h"

#include <QLabel>

namespace console {

/// Tooltips say what apps and senders named: `<b>` in it is text, whatever Qt takes it for.
void ConsoleStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    auto *label = qobject_cast<QLabel *>(widget);
    if (label != nullptr && label->inherits("QTipLabel"))
        label->setTextFormat(Qt::PlainText);
}

} // namespace console

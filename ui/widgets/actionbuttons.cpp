// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/actionbuttons.h"

#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QAction>
#include <QToolButton>

namespace console {

QToolButton *makeActionButton(Context &context, const QByteArray &action, const QString &name,
                              QWidget *parent)
{
    QAction *made = context.actions.action(action);
    if (const char *icon = context.actions.spec(action)->icon;
        made->icon().isNull() && qstrlen(icon) > 0)
        made->setIcon(context.icons.icon(QString::fromLatin1(icon)));
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setDefaultAction(made);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(made->text());
    return button;
}

} // namespace console

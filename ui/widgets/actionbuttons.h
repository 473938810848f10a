// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

class QToolButton;
class QWidget;

namespace console {

struct Context;

/// A button with icon and text of an action of the table; it follows the action.
[[nodiscard]] QToolButton *makeActionButton(Context &context, const QByteArray &action,
                                            const QString &name, QWidget *parent);

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/payloadfilter.h"

#include <QMenu>

namespace console {

struct Context;

/// Where the values of a payload can be asked for.
struct PayloadOrigin {
    PayloadRole role = PayloadRole::Other;
    QByteArray view = "runs"; ///< whose list is filtered
};

/// What can be done with one value of a payload (ui.md §8). What cannot be done says why.
class PayloadMenu final : public QMenu
{
    Q_OBJECT

public:
    PayloadMenu(Context &context, const PayloadOrigin &origin, QWidget *parent);

    /// The entries about a value; disabled until \a setPart.
    void addPartActions();
    void setPart(const PayloadPart &part);

private:
    [[nodiscard]] QAction *add(const QString &name, const QString &text);
    void describe(QAction *action, bool isPossible, const QString &whyNot);

    Context &m_context;
    PayloadOrigin m_origin;
    PayloadPart m_part;
    QAction *m_value = nullptr;
    QAction *m_path = nullptr;
    QAction *m_only = nullptr;
    QAction *m_compose = nullptr;
};

} // namespace console

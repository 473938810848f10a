// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace console {

/// A thin line between two parts of a panel.
[[nodiscard]] inline QWidget *makeRule(QWidget *parent)
{
    auto *rule = new QWidget(parent);
    rule->setFixedHeight(1);
    rule->setBackgroundRole(QPalette::Midlight);
    rule->setAutoFillBackground(true);
    return rule;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace console {

struct Context;

/// Stands for all views while the server has failed: there is nobody to ask for rows.
class TroublePage final : public QWidget
{
    Q_OBJECT

public:
    explicit TroublePage(Context &context, QWidget *parent = nullptr);
};

} // namespace console

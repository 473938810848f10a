// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

#include <QWidget>

namespace console {

/// 3 px in the colour of the project, under the menu bar: this window is not production (ui.md §5).
class ColorLine final : public QWidget
{
    Q_OBJECT

public:
    explicit ColorLine(Theme &theme, QWidget *parent = nullptr);

    /// The same project has always the same colour.
    void setProject(const QString &project);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    Token m_token = Token::Accent;
};

} // namespace console

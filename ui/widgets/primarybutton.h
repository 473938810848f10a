// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPushButton>

namespace console {

class Theme;

/// The one button of a page that is meant to be pressed: filled with the selection colour,
/// and with little of it while it is disabled.
class PrimaryButton final : public QPushButton
{
    Q_OBJECT

public:
    PrimaryButton(Theme &theme, const QString &text, QWidget *parent = nullptr);

    /// Else it looks as every other button does.
    void setPrimary(bool isPrimary);

private:
    void colour();

    Theme &m_theme;
    bool m_isPrimary = true;
};

} // namespace console

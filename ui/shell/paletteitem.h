// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

#include <QString>

#include <functional>

namespace console {

/// One row of the command palette.
struct PaletteItem {
    QByteArray key; ///< stays the same between two lists; also for recent use
    QString icon;
    Token tint = Token::TextDim;
    QString text;
    QString keys;
    QString note;          ///< where it works, what it is, or how it is
    QString reason;        ///< why it cannot be done now; empty: it can
    bool isOfPane = false; ///< an action on what is selected
    QString prefix;        ///< a row of the help: what to type; then there is nothing to run
    int score = 0;
    std::function<void()> run;
    std::function<void()> openWindow; ///< Ctrl+Enter, or empty
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace console {

struct WindowOptions {
    QString settingsPath;       ///< INI file; empty: nothing is kept
    bool readsDesktop = false;  ///< theme and motion as the desktop wishes, over D-Bus
    bool isClockManual = false; ///< tests beat the frame clock
    bool showsTips = false;     ///< once each, until they are switched off
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QLabel;

namespace console {

class Theme;

/// Links in a label have the colour of the time when its text was set: sets it again with each
/// theme.
void keepLinkColour(QLabel *label, Theme &theme);

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QString;
class QWidget;

namespace console {

/// Reads \a text out to those who use a screen reader, without taking the focus (ui.md §23): what a
/// filter found, that an action is done. \a place  any widget of the window it happened in
void announce(const QWidget &place, const QString &text);

} // namespace console

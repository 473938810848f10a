// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <Qt>

class QCompleter;
class QRect;

namespace console {

class Theme;

/// What a proposal of a completer says, apart from its whole text (Qt::DisplayRole, which is read
/// aloud): the name, and dimmed at the right edge something about it.
enum CompletionRole { CompletionNameRole = Qt::UserRole + 10, CompletionNoteRole };

/// Gives a completer a popup that looks like the other lists of the window. \a theme must outlive
/// it. \a hint  what keys do, below the rows; empty: none
void dressCompletions(QCompleter &completer, const Theme &theme, const QString &hint = {});

/// QCompleter::complete, with a popup of whole rows. \a at  in the completer's widget
void showCompletions(QCompleter &completer, const QRect &at);

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QWidget;

namespace console {

class Settings;
struct Context;

/// Theme, density, font size, times, motion.
[[nodiscard]] QWidget *makeAppearancePage(Settings &settings, QWidget *parent);
/// Single letters, and the keys of every action with its conflicts.
[[nodiscard]] QWidget *makeKeyboardPage(Context &context, QWidget *parent);
/// Where the data of this project are and how much they take.
[[nodiscard]] QWidget *makeDataPage(Context &context, QWidget *parent);
/// What is asked before it is done.
[[nodiscard]] QWidget *makeQuestionsPage(Settings &settings, QWidget *parent);
/// The command that opens a file at a line, and where the files of errors are.
[[nodiscard]] QWidget *makeEditorPage(Context &context, QWidget *parent);

} // namespace console

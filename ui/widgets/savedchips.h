// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/savedviews.h"

#include <QWidget>

#include <vector>

namespace console {

class Chip;
class FilterEdit;
struct Context;

/// The pinned saved views of a filter line as chips (ui.md §17): the one whose filter is in the
/// line is checked; a click shows it, a second click clears the line. Without one it takes no room.
class SavedChips final : public QWidget
{
    Q_OBJECT

public:
    SavedChips(Context &context, FilterEdit &edit, QWidget *parent);

private:
    void list();
    void showWhichIsOn();
    void click(std::size_t at);

    Context &m_context;
    FilterEdit &m_edit;
    std::vector<SavedView> m_views;
    std::vector<Chip *> m_chips;
};

} // namespace console

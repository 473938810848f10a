// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/payloadreading.h"
#include "ui/core/textdiff.h"
#include "ui/widgets/exacttext.h"

namespace console {

class Theme;

/// What differs between two things, part by part; equal parts are one quiet line.
class DiffView final : public ExactTextEdit
{
    Q_OBJECT

public:
    struct Part {
        QString title;
        std::vector<DiffLine> lines; ///< long runs of equal lines left out already
        bool areEqual = false;
    };

    explicit DiffView(Theme &theme, QWidget *parent = nullptr);

    void setParts(const std::vector<Part> &parts);

    /// Not if a line is so long that laying it out would take a while.
    void setWraps(bool wraps);

    [[nodiscard]] bool canWrap() const { return m_longestLine <= plainTextLine; }

    /// The caret goes to the next place that differs; \a direction -1: to the one before.
    void step(int direction);

    /// How many places differ: lines that belong together are one.
    [[nodiscard]] int differences() const { return static_cast<int>(m_places.size()); }

private:
    void mark();
    void applyWrap();

    Theme &m_theme;
    bool m_wraps = false;
    qsizetype m_longestLine = 0; ///< characters
    std::vector<Part> m_parts;
    std::vector<int> m_places; ///< numbers of the first lines of what differs
};

} // namespace console

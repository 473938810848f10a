// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/payloadreading.h"
#include "ui/core/textdiff.h"
#include "ui/widgets/exacttext.h"

#include <QTextEdit>

namespace console {

class Theme;

/// What differs between two things, part by part under headings; the equal parts are one quiet line
/// at the end.
class DiffView final : public ExactTextEdit
{
    Q_OBJECT

public:
    struct Part {
        QString title;
        QString note;                ///< behind the title, quietly; empty: none
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

protected:
    void changeEvent(QEvent *event) override;

private:
    using Marks = QList<QTextEdit::ExtraSelection>;

    /// A line of the text that has no sign of its own.
    struct Heading {
        int line = 0;
        int title = 0; ///< so many characters are bold, the others quiet
    };

    void mark();
    [[nodiscard]] Marks marksOf(const QTextBlock &block, const DiffLine &line) const;
    void setHeadingFonts();
    void applyWrap();

    Theme &m_theme;
    bool m_wraps = false;
    qsizetype m_longestLine = 0;   ///< characters
    std::vector<DiffLine> m_lines; ///< of the text, without signs; headings and gaps are empty ones
    std::vector<Heading> m_headings;
    std::vector<int> m_places; ///< numbers of the first lines of what differs
};

} // namespace console

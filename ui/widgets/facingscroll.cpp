// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/facingscroll.h"

#include <QPlainTextEdit>
#include <QScrollBar>

#include <utility>

namespace console {

namespace {

int lineBeside(const std::vector<int> &lines, int line)
{
    const auto at = static_cast<std::size_t>(line);
    return at < lines.size() ? lines[at] : line;
}

} // namespace

FacingScroll::FacingScroll(QPlainTextEdit *before, QPlainTextEdit *after)
    : QObject(before)
    , m_before(before)
    , m_after(after)
{
    for (const QPlainTextEdit *edit : {before, after}) {
        const auto look = [this, edit] { this->look(edit); };
        for (const QScrollBar *bar : {edit->verticalScrollBar(), edit->horizontalScrollBar()})
            connect(bar, &QScrollBar::valueChanged, this, look);
        // The bars tell nothing when the text scrolls to its caret.
        connect(edit, &QPlainTextEdit::updateRequest, this, look);
    }
}

void FacingScroll::setLines(Lines lines)
{
    m_lines = std::move(lines);
    follow(m_after);
}

FacingScroll::Place FacingScroll::placeOf(const QPlainTextEdit *edit)
{
    // The value of the bar is a line.
    return {edit->verticalScrollBar()->value(), edit->horizontalScrollBar()->value()};
}

void FacingScroll::look(const QPlainTextEdit *edit)
{
    const Place now = placeOf(edit);
    Place &known = edit == m_after ? m_placeAfter : m_placeBefore;
    if (std::exchange(known, now) != now && !m_isFollowing) // else it is the one that follows
        follow(edit);
}

void FacingScroll::follow(const QPlainTextEdit *moved)
{
    m_isFollowing = true;
    const bool isAfter = moved == m_after;
    const QPlainTextEdit *other = isAfter ? m_before : m_after;
    const Place to = placeOf(moved);
    // At the end of one, the end of the other is seen, too.
    const bool isAtEnd = to.line > 0 && to.line == moved->verticalScrollBar()->maximum();
    other->verticalScrollBar()->setValue(
        isAtEnd ? other->verticalScrollBar()->maximum()
                : lineBeside(isAfter ? m_lines.before : m_lines.after, to.line));
    other->horizontalScrollBar()->setValue(to.x);
    (isAfter ? m_placeBefore : m_placeAfter) = placeOf(other);
    m_isFollowing = false;
}

} // namespace console

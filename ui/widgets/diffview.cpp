// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/diffview.h"

#include "ui/core/theme.h"
#include "ui/widgets/codefont.h"

#include <QTextBlock>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int signLength = 2;

QString signOf(DiffLine::Kind kind)
{
    switch (kind) {
    case DiffLine::Kind::Same:
        return u"  "_s;
    case DiffLine::Kind::Removed:
        return u"- "_s;
    case DiffLine::Kind::Added:
        return u"+ "_s;
    }
    Q_UNREACHABLE();
}

} // namespace

DiffView::DiffView(Theme &theme, QWidget *parent)
    : ExactTextEdit(parent)
    , m_theme(theme)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setFrameShape(NoFrame);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    document()->setDocumentMargin(8);
    useCodeFont(this);
    connect(&theme, &Theme::changed, this, &DiffView::mark);
}

void DiffView::setParts(const std::vector<Part> &parts)
{
    m_parts = parts;
    for (Part &part : m_parts) {
        if (part.areEqual)
            part.title = tr("%1: no difference").arg(part.title);
    }
    QStringList lines;
    m_places.clear();
    for (const Part &part : m_parts) {
        lines.append(part.title);
        bool isInside = false;
        for (const DiffLine &line : part.lines) {
            const bool isChanged = line.kind != DiffLine::Kind::Same;
            if (isChanged && !isInside)
                m_places.push_back(static_cast<int>(lines.size()));
            isInside = isChanged;
            lines.append(signOf(line.kind) + heldText(line.text));
        }
    }
    m_longestLine = 0;
    for (const QString &line : lines)
        m_longestLine = std::max(m_longestLine, line.size());
    if (!canWrap())
        applyWrap(); // before it is laid out
    const QString text = lines.join(u'\n');
    if (text != exact())
        setPlainText(text);
    mark();
    applyWrap();
}

void DiffView::setWraps(bool wraps)
{
    m_wraps = wraps;
    applyWrap();
}

void DiffView::applyWrap()
{
    const LineWrapMode mode = m_wraps && canWrap() ? WidgetWidth : NoWrap;
    if (mode != lineWrapMode())
        setLineWrapMode(mode);
}

void DiffView::step(int direction)
{
    if (m_places.empty())
        return;
    const int now = textCursor().blockNumber();
    int target = direction > 0 ? m_places.front() : m_places.back(); // round and round
    if (direction > 0) {
        const auto next = std::upper_bound(m_places.begin(), m_places.end(), now);
        if (next != m_places.end())
            target = *next;
    } else {
        const auto next = std::lower_bound(m_places.begin(), m_places.end(), now);
        if (next != m_places.begin())
            target = *(next - 1);
    }
    setTextCursor(QTextCursor(document()->findBlockByNumber(target)));
    centerCursor();
}

void DiffView::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    QTextBlock block = document()->firstBlock();
    const auto add = [&](const QColor &back, bool isWhole, int from, int length) {
        QTextEdit::ExtraSelection mark;
        mark.format.setBackground(back);
        mark.format.setProperty(QTextFormat::FullWidthSelection, isWhole);
        mark.cursor = QTextCursor(block);
        mark.cursor.setPosition(block.position() + from);
        mark.cursor.setPosition(block.position() + from + length, QTextCursor::KeepAnchor);
        marks.append(mark);
        return &marks.last();
    };
    for (const Part &part : m_parts) {
        QTextEdit::ExtraSelection *title = add(m_theme.color(Token::Window), true, 0, 0);
        title->format.setForeground(m_theme.color(Token::TextDim));
        add(m_theme.color(Token::Window), false, 0, static_cast<int>(part.title.size()))
            ->format.setForeground(
                m_theme.color(part.lines.empty() ? Token::TextDim : Token::Text));
        block = block.next();
        for (const DiffLine &line : part.lines) {
            const bool isAdded = line.kind == DiffLine::Kind::Added;
            if (line.kind != DiffLine::Kind::Same) {
                // All rows of a line that is wrapped: those that its text fills, and the last one.
                const QColor ground =
                    m_theme.color(isAdded ? Token::DiffAdded : Token::DiffRemoved);
                const int length = block.length() - 1;
                add(ground, true, 0, length);
                add(ground, true, length, 0);
                if (line.markLength > 0) {
                    QColor strong =
                        m_theme.blend(isAdded ? Token::StateCompleted : Token::StateFailed, 0.32);
                    add(strong, false, signLength + line.markStart, line.markLength);
                }
            }
            block = block.next();
        }
    }
    setExtraSelections(marks);
}

} // namespace console

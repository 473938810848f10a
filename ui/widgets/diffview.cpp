// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/diffview.h"

#include "ui/core/theme.h"
#include "ui/widgets/codefont.h"

#include <QApplication>
#include <QEvent>
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

QTextEdit::ExtraSelection markAt(const QTextBlock &block, int from, int length,
                                 const QTextCharFormat &format)
{
    QTextEdit::ExtraSelection mark{.cursor = QTextCursor(block), .format = format};
    mark.cursor.setPosition(block.position() + from);
    mark.cursor.setPosition(block.position() + from + length, QTextCursor::KeepAnchor);
    return mark;
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
    document()->setDocumentMargin(12);
    useCodeFont(this);
    connect(&theme, &Theme::changed, this, &DiffView::mark);
}

void DiffView::setParts(const std::vector<Part> &parts)
{
    QStringList lines;
    QStringList equal;
    m_lines.clear();
    m_places.clear();
    m_headings.clear();
    const auto addHeading = [&](const QString &title, const QString &note) {
        if (!lines.isEmpty())
            lines.append(QString());
        m_headings.push_back(
            {.line = static_cast<int>(lines.size()), .title = static_cast<int>(title.size())});
        const QString dot = title.isEmpty() || note.isEmpty() ? QString() : u" \u00b7 "_s;
        lines.append(title + dot + note);
        m_lines.resize(static_cast<std::size_t>(lines.size()));
    };
    for (const Part &part : parts) {
        if (part.areEqual) {
            equal.append(part.title);
            continue;
        }
        addHeading(part.title, part.note);
        bool isInside = false;
        for (const DiffLine &line : part.lines) {
            const bool isChanged = line.kind != DiffLine::Kind::Same;
            if (isChanged && !isInside)
                m_places.push_back(static_cast<int>(lines.size()));
            isInside = isChanged;
            lines.append(signOf(line.kind) + heldText(line.text));
            m_lines.push_back(line);
        }
    }
    if (!equal.isEmpty())
        addHeading(QString(), tr("No difference: %1").arg(equal.join(u", "_s)));
    m_longestLine = 0;
    for (const QString &line : lines)
        m_longestLine = std::max(m_longestLine, line.size());
    if (!canWrap())
        applyWrap(); // before it is laid out
    const QString text = lines.join(u'\n');
    if (text != exact())
        setPlainText(text);
    setHeadingFonts();
    mark();
    applyWrap();
}

/// Headings are no text of anybody: in the font of the window.
void DiffView::setHeadingFonts()
{
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    all.setCharFormat({});
    const QFont usual = QApplication::font();
    QFont strong = usual;
    strong.setWeight(QFont::DemiBold);
    for (const Heading &heading : m_headings) {
        const QTextBlock block = document()->findBlockByNumber(heading.line);
        const auto set = [&block](const QFont &font, int from, int to) {
            QTextCursor cursor(block);
            cursor.setPosition(block.position() + from);
            cursor.setPosition(block.position() + to, QTextCursor::KeepAnchor);
            QTextCharFormat format;
            format.setFont(font);
            cursor.mergeCharFormat(format);
        };
        set(strong, 0, heading.title);
        set(usual, heading.title, block.length() - 1);
    }
}

void DiffView::changeEvent(QEvent *event)
{
    ExactTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setHeadingFonts();
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

DiffView::Marks DiffView::marksOf(const QTextBlock &block, const DiffLine &line) const
{
    const bool isAdded = line.kind == DiffLine::Kind::Added;
    QTextCharFormat ground;
    ground.setBackground(m_theme.color(isAdded ? Token::DiffAdded : Token::DiffRemoved));
    ground.setProperty(QTextFormat::FullWidthSelection, true);
    // All rows of a line that is wrapped: those that its text fills, and the last one.
    const int length = block.length() - 1;
    Marks marks{markAt(block, 0, length, ground), markAt(block, length, 0, ground)};
    if (line.markLength > 0) {
        QTextCharFormat strong;
        strong.setBackground(
            m_theme.blend(isAdded ? Token::StateCompleted : Token::StateFailed, 0.32));
        marks.append(markAt(block, signLength + line.markStart, line.markLength, strong));
    }
    return marks;
}

void DiffView::mark()
{
    Marks marks;
    QTextBlock block = document()->firstBlock();
    for (const DiffLine &line : m_lines) {
        if (line.kind != DiffLine::Kind::Same)
            marks += marksOf(block, line);
        block = block.next();
    }
    QTextCharFormat quiet;
    quiet.setForeground(m_theme.color(Token::TextDim));
    for (const Heading &heading : m_headings) {
        const QTextBlock words = document()->findBlockByNumber(heading.line);
        marks.append(markAt(words, heading.title, words.length() - 1 - heading.title, quiet));
    }
    setExtraSelections(marks);
}

} // namespace console

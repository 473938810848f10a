// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the editor shows besides the text: what is wrong, where the caret is.

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/jsoneditor.h"
#include "ui/widgets/jsontyping.h"

#include <QPainter>
#include <QPaintEvent>
#include <QTextBlock>

#include <algorithm>

namespace console {

void JsonEditor::showMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    markDifferences(marks);
    if (hasFocus())
        markCaret(marks);
    for (const FieldProfile::Doubt &doubt : m_doubts) {
        QTextEdit::ExtraSelection mark;
        mark.format.setUnderlineStyle(QTextCharFormat::DotLine);
        mark.format.setUnderlineColor(m_context.theme.color(Token::Accent));
        mark.cursor = textCursor();
        mark.cursor.setPosition(positionOf(doubt.begin));
        mark.cursor.setPosition(positionOf(doubt.end), QTextCursor::KeepAnchor);
        marks.append(mark);
    }
    if (showsProblem())
        markProblem(marks);
    setExtraSelections(marks);
    viewport()->update(); // the band goes on beside them
    updateNumbers();
}

/// The pair of brackets that it is at.
void JsonEditor::markCaret(QList<QTextEdit::ExtraSelection> &marks) const
{
    const BracketPair pair = bracketsAt(*this);
    for (const int at : {pair.at, pair.partner}) {
        if (at < 0)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.format.setBackground(m_context.theme.blend(Token::Selection, 0.28));
        mark.cursor = textCursor();
        mark.cursor.setPosition(at);
        mark.cursor.setPosition(at + 1, QTextCursor::KeepAnchor);
        marks.append(mark);
    }
}

void JsonEditor::markProblem(QList<QTextEdit::ExtraSelection> &marks) const
{
    const QTextBlock block = document()->findBlockByNumber(m_problem->line - 1);
    const int length = block.length() - 1;
    // At the end of a line there is nothing to underline but its last character.
    const int column = std::clamp(m_problem->column - 1, 0, std::max(length - 1, 0));
    QTextEdit::ExtraSelection mark;
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(m_context.theme.color(Token::StateFailed));
    mark.cursor = QTextCursor(block);
    mark.cursor.setPosition(block.position() + column);
    mark.cursor.setPosition(block.position() + std::min(column + 1, std::max(length, 0)),
                            QTextCursor::KeepAnchor);
    marks.append(mark);
}

int JsonEditor::positionOf(qsizetype byte) const
{
    const auto position = static_cast<int>(QString::fromUtf8(draftText().left(byte)).size());
    return std::min(position, document()->characterCount() - 1);
}

bool JsonEditor::isWrong(int line) const
{
    return showsProblem() && m_problem->line == line + 1;
}

/// From edge to edge: what Qt marks ends before the margins of the document.
void JsonEditor::paintBand()
{
    const QTextBlock block = textCursor().block();
    if (!hasFocus() || isDifferent(block.blockNumber())) // that ground says more
        return;
    const QRectF line = blockBoundingGeometry(block).translated(contentOffset());
    QPainter painter(viewport());
    painter.fillRect(QRectF(0, line.top(), viewport()->width(), line.height()),
                     m_context.theme.blend(Token::Text, 0.04));
}

void JsonEditor::paintEvent(QPaintEvent *event)
{
    paintBand();
    NumberedEdit::paintEvent(event);
    if (!showsProblem())
        return;
    const QTextBlock block = document()->findBlockByNumber(m_problem->line - 1);
    if (!block.isValid() || !block.isVisible())
        return;
    QTextCursor end(block);
    end.movePosition(QTextCursor::EndOfBlock);
    const QRect caret = cursorRect(end);
    QPainter painter(viewport());
    QFont small = QWidget::font();
    small.setItalic(true);
    painter.setFont(small);
    painter.setPen(m_context.theme.color(Token::StateFailed));
    const QRect room(caret.right() + 20, caret.top(), viewport()->width() - caret.right() - 28,
                     caret.height());
    painter.drawText(
        room, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(m_problem->message, Qt::ElideRight, room.width()));
}

} // namespace console

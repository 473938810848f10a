// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/jsontyping.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTextBlock>

namespace console {

using namespace Qt::StringLiterals;

namespace {

const QString indentStep = u"  "_s;

QChar closing(QChar open)
{
    return open == u'{' ? u'}' : open == u'[' ? u']' : open == u'"' ? u'"' : QChar();
}

QChar charAt(const QPlainTextEdit &edit, int position)
{
    return position < 0 ? QChar() : edit.document()->characterAt(position);
}

QString indentOf(const QString &line)
{
    int at = 0;
    while (at < line.size() && line[at] == u' ')
        ++at;
    return line.left(at);
}

/// Whether the caret is inside of a string of its line.
bool isInString(const QTextCursor &cursor)
{
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    bool isInside = false;
    for (int at = 0; at < before.size(); ++at) {
        if (isInside && before[at] == u'\\')
            ++at;
        else if (before[at] == u'"')
            isInside = !isInside;
    }
    return isInside;
}

void newLine(QPlainTextEdit &edit)
{
    QTextCursor cursor = edit.textCursor();
    const QString indent = indentOf(cursor.block().text().left(cursor.positionInBlock()));
    const QChar before = charAt(edit, cursor.selectionStart() - 1);
    const QChar after = charAt(edit, cursor.selectionEnd());
    const bool isOpen = (before == u'{' || before == u'[') && !isInString(cursor);
    cursor.beginEditBlock();
    cursor.insertText(u'\n' + indent + (isOpen ? indentStep : QString()));
    if (isOpen && after == closing(before)) {
        const int place = cursor.position();
        cursor.insertText(u'\n' + indent);
        cursor.setPosition(place);
    }
    cursor.endEditBlock();
    edit.setTextCursor(cursor);
}

bool open(QPlainTextEdit &edit, QChar typed)
{
    QTextCursor cursor = edit.textCursor();
    const QChar after = charAt(edit, cursor.selectionEnd());
    const bool isAll =
        cursor.selectionEnd() - cursor.selectionStart() == edit.document()->characterCount() - 1;
    if (cursor.hasSelection() && !isAll) { // around what is selected
        const QString inside = cursor.selectedText();
        cursor.insertText(typed + inside + closing(typed));
        edit.setTextCursor(cursor);
        return true;
    }
    if (!isAll && isInString(cursor) && typed != u'{')
        return false; // `{` may begin a placeholder
    const bool hasRoom = after.isNull() || after.isSpace() || after == QChar::ParagraphSeparator
                         || u"]},"_s.contains(after) || (after == u'"' && typed == u'{');
    if (!hasRoom)
        return false;
    cursor.insertText(QString(typed) + closing(typed));
    cursor.movePosition(QTextCursor::Left);
    edit.setTextCursor(cursor);
    return true;
}

/// A closing character that is there already is stepped over.
bool stepOver(QPlainTextEdit &edit, QChar typed)
{
    QTextCursor cursor = edit.textCursor();
    if (cursor.hasSelection() || charAt(edit, cursor.position()) != typed)
        return false;
    if (typed == u'"' && (!isInString(cursor) || charAt(edit, cursor.position() - 1) == u'\\'))
        return false;
    cursor.movePosition(QTextCursor::Right);
    edit.setTextCursor(cursor);
    return true;
}

/// A closing bracket that is the first of its line goes back one step.
void closeBracket(QPlainTextEdit &edit, QChar typed)
{
    QTextCursor cursor = edit.textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    cursor.beginEditBlock();
    if (before.trimmed().isEmpty() && before.size() >= indentStep.size()) {
        cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor,
                            static_cast<int>(indentStep.size()));
    }
    cursor.insertText(QString(typed));
    cursor.endEditBlock();
    edit.setTextCursor(cursor);
}

/// Backspace between an empty pair removes both.
bool removePair(QPlainTextEdit &edit)
{
    QTextCursor cursor = edit.textCursor();
    const QChar before = charAt(edit, cursor.position() - 1);
    if (cursor.hasSelection() || closing(before).isNull()
        || charAt(edit, cursor.position()) != closing(before))
        return false;
    cursor.beginEditBlock();
    cursor.deleteChar();
    cursor.deletePreviousChar();
    cursor.endEditBlock();
    return true;
}

/// First and last line that the selection touches.
std::pair<QTextBlock, QTextBlock> linesOf(const QPlainTextEdit &edit)
{
    const QTextCursor cursor = edit.textCursor();
    QTextBlock last = edit.document()->findBlock(cursor.selectionEnd());
    const QTextBlock first = edit.document()->findBlock(cursor.selectionStart());
    if (last != first && last.position() == cursor.selectionEnd())
        last = last.previous(); // the selection ends before its first character
    return {first, last};
}

void duplicate(QPlainTextEdit &edit)
{
    const QTextBlock block = edit.textCursor().block();
    const int column = edit.textCursor().positionInBlock();
    QTextCursor cursor(block);
    cursor.movePosition(QTextCursor::EndOfBlock);
    cursor.insertText(u'\n' + block.text());
    cursor.setPosition(cursor.block().position() + column);
    edit.setTextCursor(cursor);
}

void moveLine(QPlainTextEdit &edit, bool isUp)
{
    const QTextBlock block = edit.textCursor().block();
    const QTextBlock other = isUp ? block.previous() : block.next();
    if (!other.isValid())
        return;
    const int column = edit.textCursor().positionInBlock();
    const QString text = block.text();
    const QString otherText = other.text();
    const int first = std::min(block.position(), other.position());
    QTextCursor cursor(edit.document());
    cursor.beginEditBlock();
    cursor.setPosition(first);
    cursor.movePosition(QTextCursor::NextBlock, QTextCursor::KeepAnchor);
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    cursor.insertText(isUp ? text + u'\n' + otherText : otherText + u'\n' + text);
    cursor.endEditBlock();
    cursor.setPosition(isUp ? first + column
                            : first + static_cast<int>(otherText.size()) + 1 + column);
    edit.setTextCursor(cursor);
}

void comment(QPlainTextEdit &edit)
{
    const auto [first, last] = linesOf(edit);
    bool areAll = true;
    for (QTextBlock block = first; block.isValid(); block = block.next()) {
        areAll = areAll && block.text().trimmed().startsWith(u"//"_s);
        if (block == last)
            break;
    }
    QTextCursor cursor(edit.document());
    cursor.beginEditBlock();
    const int end = last.blockNumber();
    for (int number = first.blockNumber(); number <= end; ++number) {
        const QTextBlock block = edit.document()->findBlockByNumber(number);
        const int indent = static_cast<int>(indentOf(block.text()).size());
        cursor.setPosition(block.position() + indent);
        if (areAll) {
            const bool hasBlank = block.text().mid(indent + 2, 1) == u" "_s;
            cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, hasBlank ? 3 : 2);
            cursor.removeSelectedText();
        } else {
            cursor.insertText(u"// "_s);
        }
    }
    cursor.endEditBlock();
}

enum class LineCommand { None, Duplicate, Comment, MoveUp, MoveDown };

LineCommand lineCommand(const QKeyEvent &event, bool hasComments)
{
    if (event.modifiers() == Qt::ControlModifier && event.key() == Qt::Key_D)
        return LineCommand::Duplicate;
    if (hasComments && event.modifiers() == Qt::ControlModifier && event.key() == Qt::Key_Slash)
        return LineCommand::Comment;
    if (event.modifiers().testFlag(Qt::AltModifier) && event.key() == Qt::Key_Up)
        return LineCommand::MoveUp;
    if (event.modifiers().testFlag(Qt::AltModifier) && event.key() == Qt::Key_Down)
        return LineCommand::MoveDown;
    return LineCommand::None;
}

bool typeCommand(QPlainTextEdit &edit, const QKeyEvent &event, bool hasComments)
{
    switch (lineCommand(event, hasComments)) {
    case LineCommand::Duplicate:
        duplicate(edit);
        return true;
    case LineCommand::Comment:
        comment(edit);
        return true;
    case LineCommand::MoveUp:
        moveLine(edit, true);
        return true;
    case LineCommand::MoveDown:
        moveLine(edit, false);
        return true;
    case LineCommand::None:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

bool isLineCommand(const QKeyEvent &event, bool hasComments)
{
    return lineCommand(event, hasComments) != LineCommand::None;
}

bool typeJson(QPlainTextEdit &edit, const QKeyEvent &event, bool hasComments)
{
    if (typeCommand(edit, event, hasComments))
        return true;
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        newLine(edit);
        return true;
    }
    if (event.key() == Qt::Key_Backspace)
        return removePair(edit);
    if (event.text().size() != 1)
        return false;
    const QChar typed = event.text().front();
    if ((typed == u'}' || typed == u']' || typed == u'"') && stepOver(edit, typed))
        return true;
    if (!closing(typed).isNull())
        return open(edit, typed);
    if (typed == u'}' || typed == u']') {
        closeBracket(edit, typed);
        return true;
    }
    return false;
}

void replaceWhole(QPlainTextEdit &edit, const QString &text)
{
    QTextCursor cursor(edit.document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
}

BracketPair bracketsAt(const QPlainTextEdit &edit)
{
    constexpr int farthest = 100'000; // characters that are looked through
    const int caret = edit.textCursor().position();
    for (const int at : {caret - 1, caret}) {
        const QChar c = charAt(edit, at);
        const bool opens = c == u'{' || c == u'[';
        if (!opens && c != u'}' && c != u']')
            continue;
        int depth = 0;
        const int step = opens ? 1 : -1;
        const int size = edit.document()->characterCount();
        for (int place = at; place >= 0 && place < size && std::abs(place - at) < farthest;
             place += step) {
            const QChar other = charAt(edit, place);
            if (other == u'{' || other == u'[')
                depth += 1;
            else if (other == u'}' || other == u']')
                depth -= 1;
            if (depth == 0)
                return {at, place};
        }
    }
    return {};
}

} // namespace console

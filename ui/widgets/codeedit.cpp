// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/codeedit.h"

#include "ui/core/theme.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/jsonhighlighter.h"

#include <QTextBlock>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int shownMatches = 1000; ///< that are marked

} // namespace

CodeEdit::CodeEdit(Theme &theme, QWidget *parent)
    : NumberedEdit(parent)
    , m_theme(theme)
    , m_highlighter(new JsonHighlighter(theme, document()))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    document()->setDocumentMargin(12);
    useCodeFont(this);
}

void CodeEdit::setText(const LineIndexPtr &text, bool isJson)
{
    m_text = text;
    m_found = {};
    setExtraSelections({});
    m_highlighter->hold();
    m_highlighter->setOn(isJson);
    m_highlighter->hold();
    setPlainText(QString::fromUtf8(text->text()));
    m_highlighter->startOver();
}

const FoundPlaces &CodeEdit::find(const QString &words)
{
    const QString text = exact();
    m_found = {};
    m_found.length = words.size();
    for (qsizetype at = 0; !words.isEmpty() && m_found.count() < FoundPlaces::most;) {
        at = text.indexOf(words, at, Qt::CaseInsensitive);
        if (at < 0)
            break;
        m_found.places.push_back(at);
        at += words.size();
    }
    m_found.choose(textCursor().selectionStart());
    showFound(!words.isEmpty());
    return m_found;
}

const FoundPlaces &CodeEdit::step(int direction)
{
    m_found.step(direction);
    showFound(true);
    return m_found;
}

void CodeEdit::showFound(bool moves)
{
    QList<QTextEdit::ExtraSelection> marks;
    for (int i = 0; i < std::min(m_found.count(), shownMatches); ++i) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = textCursor();
        const auto at = static_cast<int>(m_found.places[static_cast<std::size_t>(i)]);
        mark.cursor.setPosition(at);
        mark.cursor.setPosition(at + static_cast<int>(m_found.length), QTextCursor::KeepAnchor);
        mark.format.setBackground(m_theme.blend(Token::StateBackoff, 0.28));
        marks.append(mark);
    }
    setExtraSelections(marks);
    if (!moves || m_found.current < 0)
        return;
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(m_found.place()));
    cursor.setPosition(static_cast<int>(m_found.place() + m_found.length), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    ensureCursorVisible();
}

qsizetype CodeEdit::caretByte() const
{
    return exactToCaret().toUtf8().size();
}

} // namespace console

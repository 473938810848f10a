// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Texts that the editor does not lay out: a megabyte costs it a second, and as much for each key if
// it is one line.

#include "ui/core/draftformat.h"
#include "ui/core/lineindex.h"
#include "ui/events/draftsender.h"
#include "ui/events/jsoneditor.h"
#include "ui/events/jsontyping.h"
#include "ui/events/largedraft.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QUrl>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longLine = 16 * 1024; ///< bytes; costs as much as 500 usual lines

/// Short lines, if it is known where one may end.
QByteArray withShortLines(const QByteArray &text, DraftShape shape)
{
    return LineIndex::of(text)->longestLine() > longLine && !checkDraft(text, shape)
               ? formatDraft(text)
               : text;
}

} // namespace

bool JsonEditor::isLarge() const
{
    return !m_large->text().isEmpty();
}

qsizetype JsonEditor::draftSize() const
{
    return isLarge() ? m_large->text().size() : document()->characterCount() - 1;
}

/// The text below stays as it is. Empty: that one counts again.
void JsonEditor::setLarge(const QByteArray &text)
{
    m_unfolding.cancel();
    m_large->setText(text);
    setReadOnly(isLarge());
    Q_EMIT textChanged();
    m_checkTimer.stop();
    check();
}

void JsonEditor::editLarge()
{
    const QByteArray text = m_large->text();
    m_unfolding.start(
        [text, shape = m_shape](const CancelFlag &) { return withShortLines(text, shape); },
        [this](const QByteArray &lines) {
            setLarge({});
            replaceWhole(*this, QString::fromUtf8(lines));
            moveCursor(QTextCursor::Start);
            setFocus();
        });
}

void JsonEditor::formatLarge()
{
    const QByteArray text = m_large->text();
    m_unfolding.start(
        [text, shape = m_shape](const CancelFlag &) {
            return checkDraft(text, shape) ? text : formatDraft(text);
        },
        [this, text](const QByteArray &formatted) {
            if (formatted != text)
                setLarge(formatted);
        });
}

bool JsonEditor::takeLargeKey(QKeyEvent *event)
{
    if (!isLarge())
        return false;
    if (event->matches(QKeySequence::Undo) || event->key() == Qt::Key_Delete
        || event->key() == Qt::Key_Backspace)
        setLarge({});
    else if (event->matches(QKeySequence::Paste))
        insertFromMimeData(QGuiApplication::clipboard()->mimeData());
    else
        m_large->takeKey(event);
    return true;
}

bool JsonEditor::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasUrls() || QPlainTextEdit::canInsertFromMimeData(source);
}

void JsonEditor::insertFromMimeData(const QMimeData *source)
{
    const QList<QUrl> urls = source->urls();
    if (urls.size() == 1 && urls.front().isLocalFile()) {
        Q_EMIT fileDropped(urls.front().toLocalFile());
        return;
    }
    const QString pasted = source->text();
    if (pasted.size() > DraftSender::mostBytes) {
        Q_EMIT tooLarge(pasted.size());
        return;
    }
    if (!isLarge() && pasted.size() <= mostEdited) {
        QPlainTextEdit::insertFromMimeData(source);
        return;
    }
    QString whole = pasted;
    if (!isLarge()) { // else it takes the place of all
        const QTextCursor cursor = textCursor();
        whole = toPlainText();
        whole.replace(cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart(),
                      pasted);
    }
    setDraftText(whole.replace("\r\n"_L1, "\n"_L1).toUtf8());
}

} // namespace console

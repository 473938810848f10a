// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Texts that the editor does not lay out: a megabyte costs it a second, and as much for each key if
// it is one line.

#include "ui/core/draft.h"
#include "ui/core/draftformat.h"
#include "ui/core/lineindex.h"
#include "ui/widgets/jsoneditor.h"
#include "ui/widgets/jsontyping.h"
#include "ui/widgets/largedraft.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longLine = 16 * 1024; ///< bytes; costs as much as 500 usual lines
constexpr std::size_t mostStands = 4;     ///< may have megabytes each

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
    m_layingOut.cancel();
    if (isLarge()) // people read it laid out; what is sent stays what came
        m_layingOut.start(
            [text, shape = m_shape](const CancelFlag &isCancelled) {
                return LineIndex::of(withShortLines(text, shape), &isCancelled);
            },
            [this](const LineIndexPtr &lines) {
                if (lines->text() != m_large->text())
                    m_large->showAs(lines);
            });
    m_since = document()->availableUndoSteps();
    setReadOnly(isLarge());
    Q_EMIT textChanged();
    m_checkTimer.stop();
    check();
}

JsonEditor::Stand JsonEditor::stand() const
{
    return {m_large->text(), document()->availableUndoSteps(), m_since};
}

/// Before a change that the document does not know.
void JsonEditor::noteStand()
{
    m_redone.clear();
    m_undone.push_back(stand());
    if (m_undone.size() > mostStands)
        m_undone.erase(m_undone.begin());
}

void JsonEditor::forgetLarge()
{
    m_undone.clear();
    m_redone.clear();
}

void JsonEditor::showLarge(const QByteArray &text)
{
    noteStand();
    setLarge(text);
}

/// \a text  is edited from now on
void JsonEditor::leaveLarge(const QByteArray &text)
{
    noteStand();
    setLarge({});
    replaceWhole(*this, heldText(text));
    m_since = document()->availableUndoSteps();
}

/// Below is what stood there before.
void JsonEditor::removeLarge()
{
    const QByteArray removed = m_large->text();
    showLarge({});
    setFocus();
    Q_EMIT largeRemoved(removed);
}

void JsonEditor::goTo(const Stand &there)
{
    while (document()->availableUndoSteps() > there.steps && document()->isUndoAvailable())
        document()->undo();
    while (document()->availableUndoSteps() < there.steps && document()->isRedoAvailable())
        document()->redo();
    setLarge(there.large);
    m_since = there.since;
}

/// What was edited since then is undone first, by the document.
bool JsonEditor::undoLarge()
{
    if (m_undone.empty() || (!isLarge() && document()->availableUndoSteps() > m_since))
        return false;
    const Stand now = stand();
    goTo(m_undone.back());
    m_undone.pop_back();
    m_redone.push_back(now);
    return true;
}

bool JsonEditor::redoLarge()
{
    if (m_redone.empty()
        || (!isLarge() && document()->availableUndoSteps() < m_redone.back().steps))
        return false;
    const Stand now = stand();
    goTo(m_redone.back());
    m_redone.pop_back();
    m_undone.push_back(now);
    return true;
}

void JsonEditor::editLarge()
{
    const QByteArray text = m_large->text();
    m_unfolding.start(
        [text, shape = m_shape](const CancelFlag &) { return withShortLines(text, shape); },
        [this](const QByteArray &lines) {
            leaveLarge(lines);
            moveCursor(QTextCursor::Start);
            setFocus();
        });
}

void JsonEditor::formatLarge()
{
    const QByteArray text = m_large->text();

    struct Formatted {
        QByteArray text;
        std::optional<DraftProblem> problem;
    };

    m_unfolding.start(
        [text, shape = m_shape](const CancelFlag &) {
            std::optional<DraftProblem> problem = checkDraft(text, shape);
            return Formatted{problem ? text : formatDraft(text), problem};
        },
        [this, text](const Formatted &formatted) {
            if (formatted.problem) { // the bar says what it is
                take(formatted.problem);
                m_large->goTo(formatted.problem->offset);
            } else if (formatted.text != text) {
                showLarge(formatted.text);
            }
        });
}

/// An editor that cannot be written in leaves these to the window.
bool JsonEditor::isLargeKey(const QKeyEvent &event) const
{
    constexpr std::array keys{QKeySequence::Undo, QKeySequence::Redo, QKeySequence::Paste,
                              QKeySequence::Copy, QKeySequence::SelectAll};
    return isLarge() && std::ranges::any_of(keys, [&](QKeySequence::StandardKey key) {
               return event.matches(key);
           });
}

bool JsonEditor::takeLargeKey(QKeyEvent *event)
{
    // No key removes all at once; with Alt one of these is Ctrl+Z on some desktops.
    if (isLarge() && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace))
        return true;
    if (event->matches(QKeySequence::Undo))
        return undoLarge() || isLarge(); // not the text below
    if (event->matches(QKeySequence::Redo))
        return redoLarge() || isLarge();
    if (!isLarge())
        return false;
    if (event->matches(QKeySequence::Paste))
        insertFromMimeData(QGuiApplication::clipboard()->mimeData());
    else
        m_large->takeKey(event);
    return true;
}

bool JsonEditor::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasUrls() || QPlainTextEdit::canInsertFromMimeData(source);
}

/// What is large already and is edited all the same stays so.
bool JsonEditor::wouldBeLarge(qsizetype pasted) const
{
    const QTextCursor cursor = textCursor();
    const qsizetype rest = draftSize() - (cursor.selectionEnd() - cursor.selectionStart());
    return pasted > mostEdited || (draftSize() <= mostEdited && rest + pasted > mostEdited);
}

void JsonEditor::insertFromMimeData(const QMimeData *source)
{
    const QList<QUrl> urls = source->urls();
    if (urls.size() == 1 && urls.front().isLocalFile()) {
        Q_EMIT fileDropped(urls.front().toLocalFile());
        return;
    }
    const QString pasted = source->text();
    if (pasted.size() > mostEventBytes) {
        Q_EMIT tooLarge(pasted.size());
        return;
    }
    if (!isLarge() && !wouldBeLarge(pasted.size())) {
        ExactTextEdit::insertFromMimeData(source);
        return;
    }
    QString whole = pasted;
    if (!isLarge()) { // else it takes the place of all, until Ctrl+Z
        const QTextCursor cursor = textCursor();
        whole = exact();
        whole.replace(cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart(),
                      pasted);
    }
    setDraftText(whole.replace("\r\n"_L1, "\n"_L1).toUtf8());
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/jsoneditor.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/draftformat.h"
#include "ui/core/placeholders.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/draftcompleter.h"
#include "ui/widgets/drafthighlighter.h"
#include "ui/widgets/jsontyping.h"
#include "ui/widgets/largedraft.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int checkDelay = 200;                          // ms
constexpr qsizetype quickCheck = JsonEditor::mostEdited; ///< larger ones: on another thread

/// A letter with Alt alone, which Qt would write. AltGr writes: it is a modifier of its own, or
/// Ctrl and Alt.
bool isForMenus(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers held = event.modifiers();
    return (held & (Qt::AltModifier | Qt::MetaModifier)) != 0
           && (held & (Qt::ControlModifier | Qt::GroupSwitchModifier)) == 0
           && !event.text().isEmpty() && event.text().front().isPrint();
}

} // namespace

JsonEditor::JsonEditor(Context &context, QWidget *parent)
    : NumberedEdit(parent)
    , m_context(context)
    , m_highlighter(new DraftHighlighter(context.theme, document()))
    , m_completer(new DraftCompleter(*this, context.theme))
    , m_large(new LargeDraft(context, this))
{
    setFrameShape(NoFrame);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    document()->setDocumentMargin(6);
    useCodeFont(this);
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(checkDelay);
    connect(&m_checkTimer, &QTimer::timeout, this, &JsonEditor::check);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        m_job.cancel();
        m_doubts.clear(); // their places are those of the old text
        m_checkTimer.start();
        Q_EMIT checked();
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &JsonEditor::showMarks);
    // Nothing is called wrong while it is still being chosen.
    connect(m_completer, &DraftCompleter::shownChanged, this, [this] {
        showMarks();
        viewport()->update();
        Q_EMIT checked();
    });
    connect(&context.theme, &Theme::changed, this, &JsonEditor::showMarks);
    connect(m_large, &LargeDraft::editWanted, this, &JsonEditor::editLarge);
    connect(m_large, &LargeDraft::removeWanted, this, &JsonEditor::removeLarge);
    connect(m_large, &LargeDraft::dropped, this, &JsonEditor::insertFromMimeData);
    connect(document(), &QTextDocument::undoCommandAdded, this, [this] { m_redone.clear(); });
    showNumbers(context.theme);
    m_large->raise(); // the numbers below it are those of another text
}

void JsonEditor::setDraftText(const QByteArray &text)
{
    if (text.size() > mostEdited) {
        showLarge(text);
        return;
    }
    if (isLarge())
        leaveLarge(text);
    else
        replaceWhole(*this, heldText(text));
    goToEmptyLine();
    m_checkTimer.stop();
    check();
}

/// Where a blank draft is written in, else to the start.
void JsonEditor::goToEmptyLine()
{
    moveCursor(QTextCursor::Start);
    for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next()) {
        const QString line = block.text();
        if (line.isEmpty() || !line.trimmed().isEmpty())
            continue;
        QTextCursor cursor(block);
        cursor.movePosition(QTextCursor::EndOfBlock);
        setTextCursor(cursor);
        return;
    }
}

QByteArray JsonEditor::draftText() const
{
    return isLarge() ? m_large->text() : exact().toUtf8();
}

void JsonEditor::setShape(DraftShape shape)
{
    if (m_shape == shape)
        return;
    m_shape = shape;
    m_highlighter->setPlain(shape == DraftShape::Object);
    check();
}

void JsonEditor::check()
{
    const QByteArray text = draftText();
    if (text.size() <= quickCheck) {
        take(checkDraft(text, m_shape));
        return;
    }
    m_job.start([text, shape = m_shape](const CancelFlag &) { return checkDraft(text, shape); },
                [this](std::optional<DraftProblem> problem) { take(std::move(problem)); });
}

void JsonEditor::setProfile(const FieldProfile *profile)
{
    m_profile = profile;
    m_completer->setProfile(profile);
}

void JsonEditor::lookForDoubts()
{
    m_doubts.clear();
    const QByteArray text = draftText();
    if (m_profile != nullptr && !m_problem && text.size() <= quickCheck)
        m_doubts = m_profile->doubtsIn(text);
    showMarks();
}

QString JsonEditor::doubt() const
{
    return m_doubts.empty() ? QString() : m_doubts.front().message;
}

void JsonEditor::take(std::optional<DraftProblem> problem)
{
    m_problem = std::move(problem);
    lookForDoubts();
    viewport()->update();
    setAccessibleDescription(m_problem ? tr("line %1, column %2: %3")
                                             .arg(m_problem->line)
                                             .arg(m_problem->column)
                                             .arg(m_problem->message)
                                       : QString());
    Q_EMIT checked();
}

void JsonEditor::format()
{
    m_checkTimer.stop();
    if (isLarge()) {
        formatLarge();
        return;
    }
    const QByteArray text = draftText();
    take(checkDraft(text, m_shape)); // what was typed last counts
    if (m_problem) {
        goToProblem();
        return;
    }
    const QByteArray formatted = formatDraft(text);
    if (formatted != text)
        replaceWhole(*this, heldText(formatted));
}

void JsonEditor::goToProblem()
{
    const QTextBlock block = document()->findBlockByNumber(m_problem->line - 1);
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(m_problem->column - 1, 0, block.length() - 1));
    setTextCursor(cursor);
    setFocus();
}

/// Of the placeholder, the unusual value or the error under the mouse.
QString JsonEditor::helpAt(const QPoint &place) const
{
    const int position = cursorForPosition(place).position();
    const qsizetype byte = exact().left(position).toUtf8().size();
    const QByteArray text = draftText();
    const std::vector<Placeholder> placeholders =
        m_shape == DraftShape::Object ? std::vector<Placeholder>() : findPlaceholders(text);
    PlaceholderValues values;
    values.now = m_context.backend.now();
    values.random = [](quint64 below) {
        return below == 0 ? 0 : QRandomGenerator::global()->generate64() % below;
    };
    for (const Placeholder &each : placeholders) {
        if (byte >= each.begin && byte < each.end)
            return placeholderHelp(each, values);
    }
    for (const FieldProfile::Doubt &doubt : m_doubts) {
        if (byte >= doubt.begin && byte < doubt.end)
            return doubt.message;
    }
    const int line = document()->findBlock(position).blockNumber() + 1;
    return m_problem && m_problem->line == line ? m_problem->message : QString();
}

bool JsonEditor::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text =
        document()->characterCount() > quickCheck ? QString() : helpAt(help->pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, viewport());
    return true;
}

JsonEditor::Command JsonEditor::commandOf(const QKeyEvent &event)
{
    const bool isEnter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    const Qt::KeyboardModifiers plain = event.modifiers() & ~Qt::KeypadModifier;
    if (isEnter && plain.testFlag(Qt::ControlModifier))
        return plain.testFlag(Qt::ShiftModifier) ? Command::SendAndOpen : Command::Send;
    if (event.key() == Qt::Key_Up && plain == Qt::ControlModifier)
        return Command::Older;
    if (event.key() == Qt::Key_Down && plain == Qt::ControlModifier)
        return Command::Newer;
    if (event.key() == Qt::Key_Space && plain == Qt::ControlModifier)
        return Command::Propose;
    if (event.key() == Qt::Key_F && plain == (Qt::ShiftModifier | Qt::AltModifier))
        return Command::Format;
    return Command::None;
}

bool JsonEditor::isSending(const QKeyEvent &event)
{
    const Command command = commandOf(event);
    return command == Command::Send || command == Command::SendAndOpen;
}

bool JsonEditor::takeCommand(const QKeyEvent &event)
{
    const Command command = commandOf(event);
    switch (command) {
    case Command::Send:
    case Command::SendAndOpen:
        m_checkTimer.stop();
        check(); // what was typed last counts
        Q_EMIT sendRequested(command == Command::SendAndOpen);
        return true;
    case Command::Older:
    case Command::Newer:
        Q_EMIT historyRequested(command == Command::Older ? -1 : 1);
        return true;
    case Command::Propose:
        // It is about the text below, and proposes what goes into drafts.
        if (!isLarge() && m_shape != DraftShape::Object)
            m_completer->propose(gutterWidth());
        return true;
    case Command::Format:
        format();
        return true;
    case Command::None:
        return false;
    }
    Q_UNREACHABLE();
}

bool JsonEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // Here these keys mean the text, not what the window has them for.
        auto *key = static_cast<QKeyEvent *>(event);
        if (commandOf(*key) != Command::None || isLineCommand(*key, hasComments())
            || isLargeKey(*key)) {
            key->accept();
            return true;
        }
    }
    return NumberedEdit::event(event);
}

void JsonEditor::keyPressEvent(QKeyEvent *event)
{
    if (m_completer->isShown() && isSending(*event)) {
        m_completer->hide(); // it sends what is written, not what is proposed
    } else if (m_completer->isShown()) {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Escape:
        case Qt::Key_Tab:
            event->ignore(); // the popup's
            return;
        default:
            break;
        }
    }
    if (takeCommand(*event) || takeLargeKey(event))
        return;
    if (isForMenus(*event)) {
        event->ignore();
        return;
    }
    if (typeJson(*this, *event, hasComments())) {
        ensureCursorVisible();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (m_completer->isShown())
        m_completer->propose(gutterWidth());
}

void JsonEditor::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    showMarks();
}

void JsonEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    showMarks();
}

bool JsonEditor::isCompleting() const
{
    return m_completer->isShown();
}

void JsonEditor::resizeEvent(QResizeEvent *event)
{
    NumberedEdit::resizeEvent(event);
    m_large->setGeometry(contentsRect());
}

} // namespace console

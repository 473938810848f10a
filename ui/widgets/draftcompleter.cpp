// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/draftcompleter.h"

#include "ui/core/placeholders.h"
#include "ui/widgets/completionlist.h"
#include "ui/widgets/exacttext.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int roomForBar = 24; ///< there may be a scroll bar

} // namespace

DraftCompleter::DraftCompleter(ExactTextEdit &edit, const Theme &theme)
    : QObject(&edit)
    , m_edit(edit)
    , m_completer(new QCompleter(this))
    , m_proposals(new QStandardItemModel(this))
{
    m_completer->setModel(m_proposals);
    m_completer->setWidget(&edit);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    dressCompletions(*m_completer, theme);
    m_completer->popup()->setObjectName(u"composerCompletion"_s);
    m_completer->popup()->installEventFilter(this);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) { insert(index.data(Qt::UserRole).toString()); });
}

bool DraftCompleter::isShown() const
{
    return m_completer->popup()->isVisible();
}

void DraftCompleter::hide()
{
    m_completer->popup()->hide();
}

bool DraftCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        Q_EMIT shownChanged();
    return QObject::eventFilter(watched, event);
}

void DraftCompleter::add(const QString &name, const QString &note, const QString &inserted)
{
    auto *item = new QStandardItem(note.isEmpty() ? name : QString(name + u"   "_s + note));
    item->setData(inserted, Qt::UserRole);
    item->setData(name, CompletionNameRole);
    item->setData(note, CompletionNoteRole);
    m_proposals->appendRow(item); // owns it
}

void DraftCompleter::propose(int left)
{
    const QByteArray before = m_edit.exactToCaret().toUtf8();
    m_spot = spotAt(before, before.size());
    m_proposals->clear();
    const QString begun = QString::fromUtf8(m_spot.begun);
    if (m_spot.isKey)
        proposeNames(begun);
    else
        proposeValues(begun);
    if (m_proposals->rowCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    QRect at = m_edit.cursorRect();
    at.translate(left, 4);
    at.setWidth(m_completer->popup()->sizeHintForColumn(0) + roomForBar);
    showCompletions(*m_completer, at);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void DraftCompleter::proposeNames(const QString &begun)
{
    if (m_profile == nullptr)
        return;
    for (const FieldProfile::Field &field : m_profile->fieldsAt(m_spot.path)) {
        if (field.name.startsWith(begun, Qt::CaseInsensitive))
            add(field.name,
                tr("%1, in %2 of %3").arg(field.type).arg(field.seen).arg(m_profile->events()),
                u'"' + field.name + u'"');
    }
}

void DraftCompleter::proposeValues(const QString &begun)
{
    if (m_profile != nullptr && !m_spot.key.isEmpty()) {
        for (const FieldProfile::Value &value : m_profile->valuesOf(m_spot.path, m_spot.key)) {
            const QString json = QString::fromUtf8(value.json);
            const bool isText = json.startsWith(u'"');
            // Behind a quote only texts go on; without one only they need none.
            const bool canStand = m_spot.isInString ? isText : begun.isEmpty() || !isText;
            if (canStand
                && QStringView(json).mid(isText ? 1 : 0).startsWith(begun, Qt::CaseInsensitive))
                add(json, tr("in %1 of %2").arg(value.seen).arg(m_profile->events()), json);
        }
    }
    if (!begun.isEmpty())
        return;
    for (const QByteArray &example : placeholderExamples())
        add(QString::fromUtf8(example), {}, QString::fromUtf8(example));
}

void DraftCompleter::insert(const QString &text)
{
    QTextCursor cursor = m_edit.textCursor();
    const QByteArray before = m_edit.exactToCaret().toUtf8();
    const int caret = cursor.position();
    const bool isQuoted = text.startsWith(u'"');
    // A placeholder goes into the string that is there, a name or value takes its place.
    const qsizetype kept = isQuoted || !m_spot.isInString ? m_spot.begin : before.size();
    const auto begin = static_cast<int>(QString::fromUtf8(before.left(kept)).size());
    // A quote that auto-close put behind the caret belongs to the name or value.
    const bool hasQuote =
        isQuoted && m_spot.isInString && m_edit.document()->characterAt(caret) == u'"';
    cursor.setPosition(begin);
    cursor.setPosition(caret + (hasQuote ? 1 : 0), QTextCursor::KeepAnchor);
    const bool hasColon = m_edit.document()
                              ->findBlock(caret)
                              .text()
                              .mid(cursor.positionInBlock())
                              .trimmed()
                              .startsWith(u':');
    cursor.insertText(m_spot.isKey && !hasColon ? text + u": "_s : text);
    m_edit.setTextCursor(cursor);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftchanges.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/textdiff.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/exacttext.h"
#include "ui/widgets/settings.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int linesAround = 3;

/// The fields of a draft that have something, as lines.
QString fieldsOf(const Draft &draft)
{
    QStringList lines;
    const auto add = [&lines](const QString &title, const QByteArray &value) {
        if (!value.isEmpty())
            lines.append(title + u": " + QString::fromUtf8(value));
    };
    add(draft.target == Draft::Target::Invoke ? DraftChanges::tr("Function")
                                              : DraftChanges::tr("Event"),
        draft.name);
    add(DraftChanges::tr("ID"), draft.id);
    add(DraftChanges::tr("When"), draft.when);
    add(DraftChanges::tr("User"), draft.user);
    return lines.join(u'\n');
}

DiffView::Part partOf(const QString &title, const QString &before, const QString &after)
{
    const std::vector<DiffLine> lines = diffLines(before, after);
    return {.title = title, .lines = withoutEqual(lines, linesAround), .areEqual = !differs(lines)};
}

} // namespace

DraftChanges::DraftChanges(Context &context, DraftHistory::Entry entry, const Draft &now,
                           QWidget *parent)
    : QDialog(parent)
    , m_entry(std::move(entry))
    , m_tabs(new QTabWidget(this))
    , m_diff(new DiffView(context.theme, m_tabs))
{
    setObjectName(u"draftChanges"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    const QString name = QString::fromUtf8(m_entry.draft.name);
    const QString time =
        formatTime(m_entry.sentAt, context.backend.now(), context.settings.timeStyle());
    setWindowTitle(tr("Changed since: %1").arg(name));
    auto *about = new QLabel(m_entry.isSent ? tr("%1, sent %2").arg(name, time)
                                            : tr("%1, removed %2").arg(name, time),
                             this);
    about->setObjectName(u"draftChangesAbout"_s);
    about->setTextFormat(Qt::PlainText);

    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("An entry of the history"));
    m_diff->setObjectName(u"draftChangesDiff"_s);
    m_diff->setAccessibleName(tr("What is different in the editor now"));
    m_tabs->addTab(m_diff, tr("Changed since"));
    m_tabs->addTab(sentPage(), tr("As sent"));
    showDiff(now);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(useButton(u"draftChangesWritten"_s, tr("Use as written"), m_entry.draft),
                       QDialogButtonBox::ActionRole);
    QPushButton *sent =
        useButton(u"draftChangesSent"_s, tr("Use as sent"), m_entry.asSent.value_or(m_entry.draft));
    sent->setEnabled(m_entry.asSent.has_value());
    if (!m_entry.asSent)
        sent->setToolTip(m_entry.isSent ? tr("It was sent as it is written")
                                        : tr("It was not sent"));
    buttons->addButton(sent, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 26);
    m_diff->setFocus();
}

void DraftChanges::showDiff(const Draft &now)
{
    std::vector<DiffView::Part> parts{
        partOf(tr("Data"), QString::fromUtf8(m_entry.draft.text), QString::fromUtf8(now.text))};
    const DiffView::Part fields = partOf(tr("Fields"), fieldsOf(m_entry.draft), fieldsOf(now));
    if (!fields.areEqual)
        parts.insert(parts.begin(), fields);
    m_diff->setParts(parts);
}

QWidget *DraftChanges::sentPage()
{
    auto *text = new ExactTextEdit(m_tabs);
    text->setObjectName(u"draftChangesText"_s);
    text->setAccessibleName(tr("As it was sent"));
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    useCodeFont(text);
    const Draft &sent = m_entry.asSent.value_or(m_entry.draft);
    text->setPlainText(m_entry.isSent ? fieldsOf(sent) + u"\n\n" + heldText(sent.text)
                                      : tr("It was not sent."));
    return text;
}

QPushButton *DraftChanges::useButton(const QString &name, const QString &text, const Draft &draft)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, draft] {
        Q_EMIT chosen(draft);
        close();
    });
    return button;
}

} // namespace console

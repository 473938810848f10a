// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/discardsheet.h"

#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/primarybutton.h"
#include "ui/widgets/settings.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int keptReasons = 10;
const QString reasonsKey = u"dead/reasons"_s;

} // namespace

DiscardSheet::DiscardSheet(Context &context, SheetArea *over)
    : Sheet(context, over)
    , m_note(new QLabel(this))
    , m_reason(new QComboBox(this))
    , m_go(new PrimaryButton(context.theme, QString(), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"deadDiscardSheet"_s);
    m_reason->setObjectName(u"deadDiscardReason"_s);
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    m_reason->setCompleter(nullptr); // Enter takes what was typed, not an earlier one like it
    auto *label = new QLabel(tr("Reason"), this);
    label->setObjectName(u"deadDiscardLabel"_s);
    label->setBuddy(m_reason);
    m_go->setObjectName(u"deadDiscardGo"_s);
    m_cancel->setObjectName(u"deadDiscardCancel"_s);
    m_note->setObjectName(u"deadDiscardNote"_s);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    body().addWidget(m_note);
    auto *asked = new QHBoxLayout;
    asked->setSpacing(8);
    asked->addWidget(label);
    asked->addWidget(m_reason, 1);
    body().addLayout(asked);
    addButtons(m_cancel, m_go);
    connect(m_reason, &QComboBox::editTextChanged, this, &DiscardSheet::check);
    connect(m_go, &QPushButton::clicked, this, &DiscardSheet::go);
    connect(m_cancel, &QPushButton::clicked, this, &DiscardSheet::leaveSheet);
}

void DiscardSheet::openFor(std::vector<devserver::RunId> runs, const QString &what)
{
    m_runs = std::move(runs);
    const auto count = static_cast<int>(m_runs.size());
    m_reason->clear();
    m_reason->addItems(context().settings.value(reasonsKey).toStringList());
    m_reason->setCurrentIndex(m_reason->count() > 0 ? 0 : -1); // the last one
    m_note->setText(
        tr("(It leaves|They leave) the list and can be restored for 7 days.", nullptr, count));
    m_reason->lineEdit()->setPlaceholderText(
        tr("Why? It is kept with the letter(s).", nullptr, count));
    m_go->setText(count == 1 ? tr("Discard") : tr("Discard %1").arg(formatCount(count)));
    openSheet(tr("Discard %1").arg(what));
    m_reason->setFocus();
    m_reason->lineEdit()->selectAll();
    check();
}

bool DiscardSheet::isChanged() const
{
    // An earlier reason can be chosen again.
    const QString reason = m_reason->currentText().trimmed();
    return !reason.isEmpty()
           && m_reason->findText(reason, Qt::MatchExactly | Qt::MatchCaseSensitive) < 0;
}

void DiscardSheet::check()
{
    const bool isGiven = !m_reason->currentText().trimmed().isEmpty();
    m_go->setEnabled(isGiven);
    m_go->setToolTip(isGiven ? QString() : tr("A reason is needed"));
}

void DiscardSheet::go()
{
    const QString reason = m_reason->currentText().trimmed();
    if (reason.isEmpty())
        return;
    QStringList reasons = context().settings.value(reasonsKey).toStringList();
    reasons.removeAll(reason);
    reasons.prepend(reason);
    context().settings.setValue(reasonsKey,
                                reasons.first(std::min<qsizetype>(reasons.size(), keptReasons)));
    closeSheet();
    Q_EMIT confirmed(m_runs, reason.toUtf8());
}

void DiscardSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_cancel->hasFocus())
        leaveSheet();
    else if (isEnter)
        go();
    else
        Sheet::keyPressEvent(event);
}

} // namespace console

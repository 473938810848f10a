// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/drafttarget.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/format.h"
#include "ui/core/matchingverdicts.h"

#include <QAbstractItemView>
#include <QButtonGroup>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QStandardItemModel>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::EventNames;

namespace {

constexpr int mostNames = 500;

} // namespace

DraftTarget::DraftTarget(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_target(new QButtonGroup(this))
    , m_name(new QLineEdit(this))
    , m_idLabel(new QLabel(tr("ID"), this))
    , m_id(new QLineEdit(this))
    , m_who(new QLabel(this))
    , m_names(new QStandardItemModel(this))
{
    makeRow();
    auto *completer = new QCompleter(m_names, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setCompletionRole(Qt::UserRole);
    completer->popup()->setObjectName(u"composerNames"_s);
    m_name->setCompleter(completer);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this,
            [this](const QString &name) { Q_EMIT nameChosen(name.toUtf8()); });
    connect(m_name, &QLineEdit::editingFinished, this,
            [this] { Q_EMIT nameChosen(m_name->text().toUtf8()); });
    connect(m_name, &QLineEdit::textChanged, this, [this] {
        sayWho();
        Q_EMIT edited();
    });
    connect(m_id, &QLineEdit::textChanged, this, &DraftTarget::edited);
    connect(m_target, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (isOn)
            showTarget();
    });
    connect(&context.catalog, &Catalog::changed, this, [this] {
        fillNames();
        sayWho();
    });
    showTarget();
}

void DraftTarget::makeRow()
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    const auto radio = [&](Draft::Target target, const QString &name, const QString &text) {
        auto *button = new QRadioButton(text, this);
        button->setObjectName(name);
        m_target->addButton(button, static_cast<int>(target));
        row->addWidget(button);
        return button;
    };
    radio(Draft::Target::Event, u"composerTargetEvent"_s, tr("Event"))->setChecked(true);
    radio(Draft::Target::Invoke, u"composerTargetInvoke"_s, tr("Invoke"));
    m_name->setObjectName(u"composerName"_s);
    m_name->setMinimumWidth(260);
    m_name->setTextMargins(4, 2, 4, 2);
    m_id->setTextMargins(4, 2, 4, 2);
    m_id->setObjectName(u"composerId"_s);
    m_id->setAccessibleName(tr("ID of the event"));
    m_id->setPlaceholderText(tr("auto"));
    m_id->setToolTip(tr("Events with the same ID start each function once in 24 hours"));
    m_id->setMaximumWidth(170);
    m_idLabel->setBuddy(m_id);
    m_idLabel->setForegroundRole(QPalette::PlaceholderText);
    m_who->setObjectName(u"composerWho"_s);
    m_who->setForegroundRole(QPalette::PlaceholderText);
    m_who->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addSpacing(8);
    row->addWidget(m_name, 2);
    row->addWidget(m_idLabel);
    row->addWidget(m_id, 1);
    row->addSpacing(4);
    row->addWidget(m_who, 3);
}

void DraftTarget::setDraft(const Draft &draft)
{
    m_target->button(static_cast<int>(draft.target))->setChecked(true);
    m_name->setText(QString::fromUtf8(draft.name));
    m_id->setText(QString::fromUtf8(draft.id));
}

Draft DraftTarget::draft() const
{
    Draft draft;
    draft.target = static_cast<Draft::Target>(m_target->checkedId());
    draft.name = m_name->text().trimmed().toUtf8();
    if (draft.target == Draft::Target::Event)
        draft.id = m_id->text().trimmed().toUtf8();
    return draft;
}

void DraftTarget::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

QString DraftTarget::problem() const
{
    constexpr qsizetype longestName = 512;
    const Draft now = draft();
    const bool isEvent = now.target == Draft::Target::Event;
    if (now.name.isEmpty())
        return isEvent ? tr("Write the name of an event") : tr("Choose a function");
    if (!isEvent && m_context.catalog.functionBySlug(now.name) == nullptr)
        return tr("No function %1 is registered").arg(m_name->text());
    if (isEvent && now.name.toLower().startsWith("inngest/"))
        return tr("Names that begin with inngest/ are the server's own");
    if (m_name->text().size() > longestName)
        return tr("A name has at most 512 characters");
    return {};
}

void DraftTarget::showTarget()
{
    const bool isEvent = draft().target == Draft::Target::Event;
    m_idLabel->setVisible(isEvent);
    m_id->setVisible(isEvent);
    m_name->setAccessibleName(isEvent ? tr("Name of the event") : tr("Function"));
    m_name->setPlaceholderText(isEvent ? tr("Name, such as order/created") : tr("Function"));
    fillNames();
    sayWho();
    Q_EMIT edited();
}

void DraftTarget::loadNames()
{
    if (m_request)
        m_request->cancel();
    m_request = m_context.backend.ask(devserver::api::EventNamesQuery{});
    devserver::api::then<EventNames>(
        m_request, this,
        [this](const EventNames &names) {
            m_seen.clear();
            for (const devserver::api::EventName &each : names.names)
                m_seen.append(each.name);
            fillNames();
        },
        [](const devserver::Error &) {}); // names are a help only
}

void DraftTarget::fillNames()
{
    const std::vector<devserver::Function> functions = m_context.catalog.functions();
    m_names->clear();
    const auto add = [&](const QByteArray &name, const QString &what) {
        const QString text = QString::fromUtf8(name);
        auto *item = new QStandardItem(what.isEmpty() ? text : text + u"   "_s + what);
        item->setData(text, Qt::UserRole);
        m_names->appendRow(item); // owns it
    };
    if (draft().target == Draft::Target::Invoke) {
        for (const devserver::Function &function : functions)
            add(function.config.slug, function.config.name == function.config.slug
                                          ? QString()
                                          : QString::fromUtf8(function.config.name));
        return;
    }
    QByteArrayList names = m_context.catalog.triggerNames();
    for (const QByteArray &name : m_seen) {
        if (!names.contains(name) && names.size() < mostNames)
            names.append(name);
    }
    std::sort(names.begin(), names.end());
    for (const QByteArray &name : names) {
        if (name.startsWith("inngest/"))
            continue;
        const int count = listenerCount(name, functions);
        add(name, count == 0 ? tr("nobody listens")
                             : tr("%n function(s)", nullptr, count)
                                   .replace(u"function(s)"_s,
                                            count == 1 ? u"function"_s : u"functions"_s));
    }
}

void DraftTarget::sayWho()
{
    const Draft now = draft();
    QString text;
    if (now.target == Draft::Target::Event)
        text = whoListens(now.name, m_context.catalog.functions());
    m_who->setText(text.remove(u'`'));
    m_who->setToolTip(text);
}

} // namespace console

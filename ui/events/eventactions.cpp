// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/eventactions.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/eventlistmodel.h"
#include "ui/core/filtertext.h"
#include "ui/core/serveraddress.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/view.h"

#include <QMenu>

namespace console {

using namespace Qt::StringLiterals;
using devserver::EventId;
using devserver::api::Sent;

EventActions::EventActions(Context &context, View &view, ListTable &table)
    : QObject(&view)
    , m_context(context)
    , m_view(view)
    , m_table(table)
{
    bind("event.sendAgain"_ba, [this](const Record &record) { sendAgain(record); });
    bind("event.editSend"_ba, [this](const Record &record) {
        const QByteArray data = memberOf(record.event.json.bytes(), "data"_ba);
        if (record.event.target.isEmpty())
            m_context.navigator.composeEvent(record.event.name, data,
                                             userOf(record.event.json.bytes()));
        else
            m_context.navigator.composeInvoke(record.event.target, data);
    });
    bind("event.favourite"_ba, [this](const Record &record) {
        const QByteArray json = record.event.json.bytes();
        m_context.navigator.keepFavourite(record.event.name, memberOf(json, "data"_ba),
                                          userOf(json));
    });
    bind("event.copyJson"_ba, [this](const Record &record) { copy(CopyLanguage::Json, record); });
    bind("event.copyCurl"_ba, [this](const Record &record) { copy(CopyLanguage::Curl, record); });
    bind("event.copyTypeScript"_ba,
         [this](const Record &record) { copy(CopyLanguage::TypeScript, record); });
    bind("event.copyPython"_ba,
         [this](const Record &record) { copy(CopyLanguage::Python, record); });
    bind("event.copyGo"_ba, [this](const Record &record) { copy(CopyLanguage::Go, record); });
    bind(
        "event.goRuns"_ba,
        [this](const Record &record) {
            if (record.runs.size() == 1)
                m_context.navigator.openRun(record.runs.front().id);
            else
                m_context.navigator.filterRuns(
                    filterTermText("event-id"_ba, {record.event.internalId.toText()}));
        },
        &EventActions::whyNoRuns);
    context.actions.bind(
        "event.copyId"_ba, &table,
        [this] {
            QStringList ids;
            const auto *model = qobject_cast<EventListModel *>(m_table.list());
            for (const int row : m_table.selectedRows())
                ids.append(QString::fromUtf8(model->at(row).id));
            m_context.desktop.copy(ids.join(u'\n'));
        },
        [this]() -> Availability {
            return {.isEnabled = !m_table.selectedRows().empty(),
                    .reason = tr("No event is selected"),
                    .text = {}};
        });
    connect(&table, &ListTable::selectionEdited, &context.actions, &ActionRegistry::refresh);
}

QMenu *EventActions::makeMenu() const
{
    ActionRegistry &actions = m_context.actions;
    QMenu *menu = actions.contextMenu(
        &m_table, {"event.sendAgain"_ba, "event.editSend"_ba, "event.favourite"_ba, ""_ba});
    menu->setObjectName(u"eventsMenu"_s);
    const auto add = [&](const QString &title, const QString &icon, const QByteArrayList &ids) {
        QMenu *part = menu->addMenu(m_context.icons.icon(icon), title);
        part->setToolTipsVisible(true);
        for (const QByteArray &id : ids)
            part->addAction(actions.action(id));
    };
    add(tr("Filter"), u"filter"_s,
        {"list.only"_ba, "list.not"_ba, "list.sameEvent"_ba, "list.aroundTime"_ba});
    add(tr("Copy"), u"copy"_s,
        {"event.copyId"_ba, "list.copy"_ba, "event.copyJson"_ba, "event.copyCurl"_ba,
         "event.copyTypeScript"_ba, "event.copyPython"_ba, "event.copyGo"_ba});
    menu->addSeparator();
    menu->addAction(actions.action("event.goRuns"_ba));
    return menu;
}

void EventActions::bind(const QByteArray &id, std::function<void(const Record &)> run,
                        QString (EventActions::*whyNot)() const)
{
    m_context.actions.bind(
        id, &m_table, [this, run = std::move(run)] { withRecord(run); },
        [this, whyNot]() -> Availability {
            const std::size_t selected = m_table.selectedRows().size();
            QString reason;
            if (selected != 1)
                reason = selected == 0 ? tr("No event is selected") : tr("Select one event only");
            else if (whyNot != nullptr)
                reason = (this->*whyNot)();
            return {.isEnabled = reason.isEmpty(), .reason = reason, .text = {}};
        });
}

QString EventActions::whyNoRuns() const
{
    const auto *model = qobject_cast<EventListModel *>(m_table.list());
    return model->at(m_table.selectedRows().front()).started.empty() ? tr("It started no run")
                                                                     : QString();
}

void EventActions::withRecord(const std::function<void(const Record &)> &run)
{
    const std::optional<EventId> event = EventId::fromText(m_table.currentId());
    if (!event)
        return;
    devserver::api::then<Record>(
        m_context.backend.ask(devserver::api::EventRecordQuery{*event}), this,
        [run](const Record &record) { run(record); },
        [this](const devserver::Error &error) {
            m_view.showError("event.record"_ba, tr("The event could not be read"), error);
        });
}

void EventActions::sendAgain(const Record &record)
{
    const devserver::Event &event = record.event;
    const QByteArray json = event.json.bytes();
    devserver::api::Reply *reply =
        event.target.isEmpty() ? m_context.backend.send(eventAsSent(json, event.hasOwnId))
                               : m_context.backend.invoke(event.target, memberOf(json, "data"_ba));
    devserver::api::then<Sent>(
        reply, this,
        [this, name = event.name](const Sent &sent) {
            if (sent.events.empty())
                return;
            const EventId id = sent.events.front();
            m_view.infoBars().show(
                {.id = "event.sent"_ba,
                 .kind = InfoKind::Success,
                 .text = tr("%1 was sent again").arg(QString::fromUtf8(name)),
                 .buttons = {{tr("Show it"), [this, id] { m_context.navigator.openEvent(id); }}},
                 .details = {},
                 .lasts = passingBar});
        },
        [this](const devserver::Error &error) {
            m_view.showError("event.sendAgain"_ba, tr("Sending again was refused"), error);
        });
}

void EventActions::copy(CopyLanguage language, const Record &record)
{
    m_context.desktop.copy(copyAs(language,
                                  eventAsSent(record.event.json.bytes(), record.event.hasOwnId),
                                  reachable(m_context.backend.server().address)));
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/earlierevents.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/copyas.h"

namespace console {

using devserver::EventId;
using devserver::api::EventRecord;
using devserver::api::EventSummaryPage;
using devserver::api::Filter;
using devserver::api::RunPage;

namespace {

constexpr int mostLearnt = 50; ///< events that proposals are made of
constexpr int oftenEnough = 3; ///< events before something counts as usual

Filter exactly(const QByteArray &key, const QByteArray &value)
{
    Filter filter;
    filter.kind = Filter::Kind::Term;
    filter.term.key = key;
    filter.term.values = {value};
    return filter;
}

void ignore(const devserver::Error &) {} // proposals are a help only

} // namespace

EarlierEvents::EarlierEvents(Context &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    m_tellTimer.setSingleShot(true);
    m_tellTimer.setInterval(0); // once for the answers that came together
    connect(&m_tellTimer, &QTimer::timeout, this, &EarlierEvents::changed);
}

QByteArray EarlierEvents::lastDataFor(const Draft &draft) const
{
    return draft.target == m_target && draft.name == m_name ? m_lastData : QByteArray();
}

void EarlierEvents::forget()
{
    m_name.clear();
}

void EarlierEvents::learn(const Draft &draft)
{
    const Draft::Target target = draft.target;
    const QByteArray name = draft.name;
    if (target == m_target && name == m_name)
        return;
    m_target = target;
    m_name = name;
    m_profile.clear();
    m_lastData.clear();
    if (m_request)
        m_request->cancel();
    Q_EMIT changed();
    if (name.isEmpty())
        return;
    if (target == Draft::Target::Event)
        askEvents();
    else
        askInputs();
}

void EarlierEvents::askEvents()
{
    devserver::api::EventListQuery query;
    query.filter = exactly("event", m_name);
    query.limit = mostLearnt;
    m_request = m_context.backend.ask(query);
    devserver::api::then<EventSummaryPage>(
        m_request, this,
        [this, name = m_name](const EventSummaryPage &page) {
            bool isNewest = true;
            for (const devserver::api::EventSummary &event : page.rows) {
                if (event.name != name || name != m_name)
                    continue;
                askRecord(event.internalId, isNewest);
                isNewest = false;
            }
        },
        ignore);
}

void EarlierEvents::askInputs()
{
    devserver::api::RunsQuery query;
    query.filter = exactly("fn", m_name);
    query.limit = mostLearnt;
    m_request = m_context.backend.ask(query);
    devserver::api::then<RunPage>(
        m_request, this,
        [this, name = m_name](const RunPage &page) {
            bool isNewest = true;
            for (const devserver::api::RunSummary &run : page.rows) {
                if (run.slug != name || name != m_name || run.event.isNull())
                    continue;
                askRecord(run.event, isNewest);
                isNewest = false;
            }
        },
        ignore);
}

void EarlierEvents::askRecord(EventId event, bool isNewest)
{
    devserver::api::then<EventRecord>(
        m_context.backend.ask(devserver::api::EventRecordQuery{event}), this,
        [this, name = m_name, target = m_target, isNewest](const EventRecord &record) {
            if (name != m_name || target != m_target)
                return;
            const QByteArray data = memberOf(record.event.json.bytes(), "data");
            m_profile.learn(data);
            if (isNewest)
                m_lastData = data;
            m_tellTimer.start();
        },
        ignore);
}

QStringList EarlierEvents::missingIn(const QByteArray &text) const
{
    QStringList missing;
    if (m_profile.events() < oftenEnough)
        return missing;
    for (const FieldProfile::Field &field : m_profile.fieldsAt({})) {
        const bool isUsual = field.seen * 10 >= m_profile.events() * 8;
        const QByteArray key = '"' + field.name.toUtf8() + '"';
        if (isUsual && !text.contains(key))
            missing.append(field.name);
    }
    return missing;
}

} // namespace console

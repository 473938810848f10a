// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakebackend.h"

#include "tests/support/fakepages.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace devserver::test {

using namespace Qt::StringLiterals;

namespace {

template<typename Row, typename Same>
void replaceOrAdd(std::vector<Row> &all, const Row &row, const Same &isSame)
{
    const auto known = std::find_if(all.begin(), all.end(), isSame);
    if (known == all.end())
        all.insert(all.begin(), row);
    else
        *known = row;
}

struct Ask {
    FakeBackend &backend;

    [[nodiscard]] bool passes(const api::Filter &filter, const api::RunSummary &run) const
    {
        return !backend.runMatches || backend.runMatches(filter, run);
    }

    [[nodiscard]] bool passes(const api::Filter &filter, const api::EventSummary &event) const
    {
        return !backend.eventMatches || backend.eventMatches(filter, event);
    }

    [[nodiscard]] bool passes(const api::Filter &filter, const api::LetterSummary &letter) const
    {
        return !backend.letterMatches || backend.letterMatches(filter, letter);
    }

    Result<api::QueryAnswer> operator()(const api::RunsQuery &query) const
    {
        return pageOf<api::RunPage>(
            backend.runs, query.after, query.limit, [&](const api::RunSummary &run) {
                return isAmong(query.among, run) && passes(query.filter, run);
            });
    }

    Result<api::QueryAnswer> operator()(const api::WaitingQuery &) const
    {
        api::RunPage page;
        std::copy_if(backend.runs.begin(), backend.runs.end(), std::back_inserter(page.rows),
                     [](const api::RunSummary &run) { return !run.activities.empty(); });
        return page;
    }

    Result<api::QueryAnswer> operator()(const api::CountQuery &query) const
    {
        const auto count = [&](const auto &rows) {
            return std::count_if(rows.begin(), rows.end(),
                                 [&](const auto &row) { return passes(query.filter, row); });
        };
        switch (query.of) {
        case api::CountQuery::Of::Runs:
            return api::Count{.rows = count(backend.runs)};
        case api::CountQuery::Of::Events:
            return api::Count{.rows = count(backend.events)};
        case api::CountQuery::Of::Letters:
            return api::Count{.rows = count(backend.letters)};
        }
        Q_UNREACHABLE();
    }

    Result<api::QueryAnswer> operator()(const api::StockQuery &) const { return api::Counters{}; }

    Result<api::QueryAnswer> operator()(const api::RunRecordQuery &query) const
    {
        if (const auto known = backend.records.find(query.run); known != backend.records.end())
            return known->second;
        for (const api::RunSummary &run : backend.runs) {
            if (run.id != query.run)
                continue;
            api::RunRecord record;
            record.summary = run;
            record.run.id = run.id;
            record.run.status = run.status;
            record.run.queuedAt = run.queuedAt;
            record.run.startedAt = run.startedAt;
            record.run.endedAt = run.endedAt;
            return record;
        }
        return failure(ErrorCode::NotFound, u"no such run"_s);
    }

    Result<api::QueryAnswer> operator()(const api::EventListQuery &query) const
    {
        return pageOf<api::EventSummaryPage>(
            backend.events, query.after, query.limit, [&](const api::EventSummary &event) {
                return isAmong(query.among, event) && passes(query.filter, event);
            });
    }

    Result<api::QueryAnswer> operator()(const api::EventRecordQuery &query) const
    {
        const auto known = backend.eventRecords.find(query.event);
        if (known == backend.eventRecords.end())
            return failure(ErrorCode::NotFound, u"no such event"_s);
        return known->second;
    }

    Result<api::QueryAnswer> operator()(const api::EventNamesQuery &) const
    {
        return api::EventNames{backend.eventNames};
    }

    template<typename LettersOf>
    [[nodiscard]] bool isMeant(const LettersOf &query, const api::LetterSummary &letter) const
    {
        return (query.fingerprint.isEmpty() || query.fingerprint == letter.fingerprint)
               && (query.slug.isEmpty() || query.slug == letter.slug)
               && passes(query.filter, letter);
    }

    Result<api::QueryAnswer> operator()(const api::LetterListQuery &query) const
    {
        return pageOf<api::LetterSummaryPage>(
            backend.letters, query.after, query.limit,
            [&](const api::LetterSummary &letter) { return isMeant(query, letter); });
    }

    Result<api::QueryAnswer> operator()(const api::LetterIdsQuery &query) const
    {
        api::LetterIds ids;
        for (const api::LetterSummary &letter : backend.letters) {
            if (letter.state == LetterState::Open && isMeant(query, letter))
                ids.runs.push_back(letter.run);
        }
        return ids;
    }

    Result<api::QueryAnswer> operator()(const api::LetterGroupListQuery &query) const
    {
        std::map<std::tuple<QByteArray, QByteArray, TimePoint>, api::LetterGroupRow> groups;
        std::map<api::LetterGroupRow *, std::vector<TimePoint>> times;
        for (const api::LetterSummary &letter : backend.letters) {
            const bool isMeant = backend.letterMatches || letter.state == LetterState::Open;
            if (!isMeant || !passes(query.filter, letter))
                continue;
            const TimePoint hour = query.isByHour
                                       ? std::chrono::floor<std::chrono::hours>(letter.failedAt)
                                       : TimePoint();
            api::LetterGroupRow &group = groups[{letter.slug, letter.fingerprint, hour}];
            if (group.count == 0) {
                group.fingerprint = letter.fingerprint;
                group.slug = letter.slug;
                group.functionName = letter.functionName;
                group.appName = letter.appName;
                if (query.isByHour)
                    group.hour = hour;
                group.errorName = letter.errorName;
                group.errorMessage = letter.errorMessage;
                group.lastSeen = letter.failedAt;
                group.trend = std::vector<int>(30, 0);
            }
            ++group.count;
            group.firstSeen =
                group.count == 1 ? letter.failedAt : std::min(group.firstSeen, letter.failedAt);
            times[&group].push_back(letter.failedAt);
        }
        TimePoint oldest = backend.now(); // of all: their trends have the same axis
        for (const auto &[group, failed] : times)
            oldest = std::min(oldest, group->firstSeen);
        for (const auto &[group, failed] : times) {
            const TimePoint from = group->hour.value_or(oldest);
            const TimePoint to = group->hour ? *group->hour + std::chrono::hours(1) : backend.now();
            for (const TimePoint at : failed) {
                const auto last = static_cast<qint64>(group->trend.size()) - 1;
                const qint64 part =
                    (at - from) * (last + 1) / std::max(to - from, TimePoint::duration(1));
                ++group->trend[static_cast<std::size_t>(std::clamp<qint64>(part, 0, last))];
            }
        }
        api::LetterGroupList list;
        for (const auto &[key, group] : groups)
            list.groups.push_back(group);
        std::stable_sort(list.groups.begin(), list.groups.end(),
                         [](const auto &a, const auto &b) { return a.count > b.count; });
        return list;
    }

    Result<api::QueryAnswer> operator()(const api::BulksQuery &) const
    {
        return api::Bulks{backend.bulks};
    }

    Result<api::QueryAnswer> operator()(const api::FunctionStatsQuery &query) const
    {
        const auto known = backend.stats.find(query.slug);
        return known == backend.stats.end() ? api::FunctionStats{} : known->second;
    }

    Result<api::QueryAnswer> operator()(const api::LastRunsQuery &) const
    {
        std::map<QByteArray, api::RunSummary> last;
        for (const api::RunSummary &run : backend.runs) // newest first
            last.emplace(run.slug, run);
        api::RunPage page;
        for (const auto &[slug, run] : last)
            page.rows.push_back(run);
        return page;
    }

    Result<api::QueryAnswer> operator()(const api::StorageQuery &) const { return backend.storage; }

    Result<api::QueryAnswer> operator()(const api::CatalogQuery &) const
    {
        api::Catalog catalog;
        for (const App &app : backend.apps) {
            api::CatalogApp entry{.app = app, .functions = {}};
            for (const Function &function : backend.functions) {
                if (function.app == app.id)
                    entry.functions.push_back(function);
            }
            catalog.apps.push_back(std::move(entry));
        }
        return catalog;
    }

    Result<api::QueryAnswer> operator()(const auto &) const
    {
        return failure(ErrorCode::Unsupported, u"the window does not ask this"_s);
    }
};

} // namespace

FakeBackend::FakeBackend(QObject *parent)
    : ConsoleBackend(parent)
    , m_now(std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + std::chrono::hours(12))
{
    state.phase = api::ServerPhase::Serving;
    state.address = u"127.0.0.1:8288"_s;
    state.port = 8288;
    // Where nobody can write, not even root: what a test keeps beside it must not meet the next
    // one.
    state.dataFile = u"/etc/passwd/shop/redrive.db"_s;
}

void FakeBackend::refuseNext(const Error &error)
{
    m_refusal = error;
}

void FakeBackend::holdReplies(bool holds)
{
    m_holds = holds;
}

void FakeBackend::releaseReplies()
{
    for (const Held &held : std::exchange(m_held, {})) {
        if (held.reply)
            held.reply->deliver(held.answering());
    }
}

void FakeBackend::setState(const api::ServerState &next)
{
    state = next;
    Q_EMIT serverChanged();
}

void FakeBackend::post(const api::RunSummary &run)
{
    replaceOrAdd(runs, run, [&](const api::RunSummary &known) { return known.id == run.id; });
    m_mailbox.post(run);
}

void FakeBackend::post(const api::EventSummary &event)
{
    replaceOrAdd(events, event, [&](const api::EventSummary &known) {
        return known.internalId == event.internalId;
    });
    m_mailbox.post(event);
}

void FakeBackend::post(const api::LetterSummary &letter)
{
    replaceOrAdd(letters, letter,
                 [&](const api::LetterSummary &known) { return known.run == letter.run; });
    m_mailbox.post(letter);
}

void FakeBackend::post(const Bulk &bulk)
{
    replaceOrAdd(bulks, bulk, [&](const Bulk &known) { return known.id == bulk.id; });
    m_mailbox.post(bulk);
}

void FakeBackend::post(const AppChanged &app)
{
    std::erase_if(apps, [&](const App &known) { return known.id == app.app.id; });
    if (!app.isGone)
        apps.push_back(app.app);
    m_mailbox.post(app);
}

void FakeBackend::post(const FunctionChanged &function)
{
    replaceOrAdd(functions, function.function,
                 [&](const Function &known) { return known.id == function.function.id; });
    m_mailbox.post(function);
}

api::Reply *FakeBackend::answer(Answering answering)
{
    auto *reply = new api::Reply(this);
    if (m_holds) {
        m_held.push_back({.reply = reply, .answering = std::move(answering)});
        return reply;
    }
    QMetaObject::invokeMethod(
        reply, [reply, answering = std::move(answering)] { reply->deliver(answering()); },
        Qt::QueuedConnection);
    return reply;
}

api::Reply *FakeBackend::obey(api::Answer done)
{
    if (const std::optional<Error> refusal = std::exchange(m_refusal, std::nullopt))
        return answer([refusal] { return Result<api::Answer>(tl::unexpected<Error>(*refusal)); });
    return answer([done = std::move(done)] { return Result<api::Answer>(done); });
}

api::Reply *FakeBackend::ask(api::Query query)
{
    asked.push_back(query);
    return answer([this, query = std::move(query)]() -> Result<api::Answer> {
        if (queryError)
            return tl::unexpected<Error>(*queryError);
        Result<api::QueryAnswer> found = std::visit(Ask{*this}, query);
        if (!found)
            return tl::unexpected<Error>(found.error());
        return api::Answer(std::move(*found));
    });
}

api::Reply *FakeBackend::act(Verb verb)
{
    acted.push_back(verb);
    VerbDone done;
    if (const auto *rerun = std::get_if<RerunRun>(&verb)) {
        done.run = RunId{m_ids.next(m_now)};
        done.originalRun = rerun->run;
    } else if (const auto *retry = std::get_if<RetryLetter>(&verb)) {
        done.run = retry->run;
        done.cycle = 1;
    } else if (std::holds_alternative<RetryEdited>(verb)) {
        done.run = RunId{m_ids.next(m_now)};
    }
    return obey(done);
}

api::Reply *FakeBackend::preview(const BulkPlan &plan)
{
    previewed.push_back(plan);
    api::BulkPreview preview = bulkPreview;
    if (preview.eligible == 0)
        preview.eligible = static_cast<int>(plan.runs.size());
    return obey(preview);
}

api::Reply *FakeBackend::start(BulkPlan plan)
{
    started.push_back(std::move(plan));
    return obey(api::BulkStarted{BulkId{m_ids.next(m_now)}});
}

api::Reply *FakeBackend::stopBulk(BulkId bulk)
{
    stopped.push_back(bulk);
    return obey(api::Done{});
}

EventId FakeBackend::freshEvent()
{
    return EventId{m_ids.next(m_now)};
}

api::Reply *FakeBackend::send(QByteArray json)
{
    sent.append(std::move(json));
    return obey(api::Sent{{freshEvent()}});
}

api::Reply *FakeBackend::invoke(QByteArray slug, QByteArray data)
{
    invoked.emplace_back(std::move(slug), std::move(data));
    return obey(api::Sent{{freshEvent()}});
}

api::Reply *FakeBackend::addApp(QByteArray url)
{
    addedApps.append(url);
    return obey(api::AppNoted{std::move(url)});
}

api::Reply *FakeBackend::syncApp(AppId app)
{
    syncedApps.push_back(app);
    return obey(syncAnswer);
}

api::Reply *FakeBackend::removeApp(AppId app)
{
    removedApps.push_back(app);
    return obey(api::Done{});
}

api::Reply *FakeBackend::moveApp(AppId app, QByteArray url)
{
    movedApps.emplace_back(app, url);
    url.replace("//127.0.0.1:", "//localhost:"); // as the server writes it
    return obey(api::AppNoted{std::move(url)});
}

api::Reply *FakeBackend::setSample(bool isOn)
{
    sampleSwitches.push_back(isOn);
    return obey(api::Done{});
}

api::Reply *FakeBackend::compareSigningKey(QByteArray key)
{
    comparedKeys.append(key);
    return obey(signingKey.isEmpty() ? api::KeyComparison::NoneHere
                : key == signingKey  ? api::KeyComparison::Same
                                     : api::KeyComparison::Other);
}

api::Reply *FakeBackend::startServer(quint16 port)
{
    serverStarts.push_back(port);
    return obey(api::Done{});
}

api::Reply *FakeBackend::stopServer()
{
    ++serverStops;
    return obey(api::Done{});
}

api::Reply *FakeBackend::clearData(api::ClearScope scope)
{
    cleared.push_back(scope);
    return obey(clearAnswer);
}

} // namespace devserver::test

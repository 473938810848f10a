// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the window asks of the server, by the same doors and decoders as over HTTP.

#include "devserver/host/engineroom.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/appurl.h"
#include "devserver/protocol/eventcodec.h"
#include "devserver/protocol/signing.h"

#include <set>

namespace devserver::host {

using namespace Qt::StringLiterals;

namespace {

using transport::EngineDoor;

/// Hands on the error, or what \a make makes of the value.
template<typename T, typename Make>
EngineDoor::Done<T> answering(const EngineRoom::Done &done, Make make)
{
    return [done, make](Result<T> result) {
        if (result)
            done(api::Answer(make(std::move(*result))));
        else
            done(tl::unexpected<Error>(result.error()));
    };
}

api::LetterIdsQuery lettersWithoutFunction()
{
    api::LetterIdsQuery query;
    query.filter.kind = api::Filter::Kind::Term;
    query.filter.term.key = "is"_ba;
    query.filter.term.values = {"gone"_ba};
    return query;
}

std::set<RunId> setOf(const api::QueryAnswer &answer)
{
    const std::vector<RunId> &runs = std::get<api::LetterIds>(answer).runs;
    return {runs.begin(), runs.end()};
}

api::BulkPreview previewOf(const BulkPlan &plan, const std::set<RunId> &open,
                           const std::set<RunId> &gone)
{
    api::BulkPreview preview;
    for (const RunId &run : plan.runs) {
        if (!open.contains(run))
            ++preview.notOpen;
        else if (gone.contains(run))
            ++preview.functionGone;
        else
            ++preview.eligible;
    }
    return preview;
}

} // namespace

bool EngineRoom::isServing(const Done &done) const
{
    if (m_server && m_state.phase == api::ServerPhase::Serving)
        return true;
    done(failure(ErrorCode::Stopping, u"the server is not running"_s));
    return false;
}

void EngineRoom::ask(api::Query query, store::Withdrawn withdrawn, const Done &done)
{
    if (!isServing(done))
        return;
    const auto *catalog = std::get_if<api::CatalogQuery>(&query);
    const bool isOfAllApps = catalog != nullptr && catalog->appName.isEmpty();
    m_server->ask(std::move(query), std::move(withdrawn),
                  answering<api::QueryAnswer>(done, [this, isOfAllApps](api::QueryAnswer answer) {
                      return isOfAllApps ? withNamelessApps(std::move(answer)) : answer;
                  }));
}

/// The store does not know them: what a window read would take them away from it again.
api::QueryAnswer EngineRoom::withNamelessApps(api::QueryAnswer answer) const
{
    auto *catalog = std::get_if<api::Catalog>(&answer);
    if (catalog != nullptr && m_server) {
        for (App &app : m_server->door().namelessApps())
            catalog->apps.push_back({.app = std::move(app), .functions = {}});
    }
    return answer;
}

void EngineRoom::act(Verb verb, const Done &done)
{
    if (isServing(done)) {
        m_server->door().request(
            std::move(verb), answering<VerbDone>(done, [](VerbDone verbDone) { return verbDone; }));
    }
}

void EngineRoom::preview(BulkPlan plan, const Done &done)
{
    if (!isServing(done))
        return;
    const api::QueryRunner query = m_server->door().query;
    query(api::LetterIdsQuery{},
          [done, query, plan = std::move(plan)](const Result<api::QueryAnswer> &open) {
              if (!open) {
                  done(tl::unexpected<Error>(open.error()));
                  return;
              }
              query(lettersWithoutFunction(),
                    answering<api::QueryAnswer>(
                        done, [plan, isOpen = setOf(*open)](const api::QueryAnswer &gone) {
                            return previewOf(plan, isOpen, setOf(gone));
                        }));
          });
}

void EngineRoom::startBulk(BulkPlan plan, const Done &done)
{
    if (isServing(done)) {
        m_server->door().request(StartBulk{.plan = std::move(plan)},
                                 answering<VerbDone>(done, [](const VerbDone &verbDone) {
                                     return api::BulkStarted{verbDone.bulk};
                                 }));
    }
}

void EngineRoom::stopBulk(BulkId bulk, const Done &done)
{
    if (isServing(done)) {
        m_server->door().request(
            StopBulk{.bulk = bulk},
            answering<VerbDone>(done, [](const VerbDone &) { return api::Done{}; }));
    }
}

void EngineRoom::send(const QByteArray &json, const Done &done)
{
    if (!isServing(done))
        return;
    protocol::EventBatch batch = protocol::decodeEvents(json, "application/json", {});
    // Over HTTP the good events before a bad one are taken; a person sends all of them or none.
    if (batch.error)
        done(tl::unexpected<Error>(*batch.error));
    else if (batch.drafts.empty())
        done(failure(ErrorCode::InvalidInput, u"there is no event to send"_s));
    else
        sendDrafts(std::move(batch.drafts), done);
}

void EngineRoom::invoke(const QByteArray &slug, const QByteArray &data, const Done &done)
{
    if (!isServing(done))
        return;
    QByteArray body;
    if (!data.trimmed().isEmpty()) {
        const Result<RawJson> parsed = RawJson::parse(data);
        if (!parsed) {
            done(tl::unexpected<Error>(parsed.error()));
            return;
        }
        body = R"({"data":)" + parsed->bytes() + '}';
    }
    protocol::EventBatch batch = protocol::decodeInvoke(body, slug, {});
    if (batch.error)
        done(tl::unexpected<Error>(*batch.error));
    else
        sendDrafts(std::move(batch.drafts), done);
}

void EngineRoom::sendDrafts(std::vector<EventDraft> drafts, const Done &done)
{
    for (EventDraft &draft : drafts)
        draft.sender.kind = "composer"_ba;
    m_server->door().sendEvents(std::move(drafts),
                                answering<std::vector<EventId>>(done, [](std::vector<EventId> ids) {
                                    return api::Sent{std::move(ids)};
                                }));
}

void EngineRoom::addApp(const QByteArray &url, const Done &done)
{
    if (!isServing(done))
        return;
    const Result<QByteArray> normal = protocol::normaliseUrl(url);
    if (!normal) {
        done(tl::unexpected<Error>(normal.error()));
        return;
    }
    m_server->nameApp(*normal);
    done(api::Answer(api::AppNoted{*normal}));
}

void EngineRoom::syncApp(AppId app, const Done &done)
{
    if (!isServing(done))
        return;
    const App *known = m_feed->app(app);
    if (known == nullptr) {
        done(failure(ErrorCode::NotFound, u"no such app"_s));
        return;
    }
    if (known->kind == AppKind::InProcess) { // its functions are never older than this program
        done(api::Answer(api::AppSynced{.name = known->name, .error = {}}));
        return;
    }
    m_server->syncApp(app, [done, before = known->checksum](const Result<App> &now) {
        if (now)
            done(api::Answer(api::AppSynced{
                .name = now->name, .isModified = now->checksum != before, .error = now->error}));
        else
            done(tl::unexpected<Error>(now.error()));
    });
}

void EngineRoom::removeApp(AppId app, const Done &done)
{
    if (!isServing(done))
        return;
    const App *known = m_feed->app(app);
    if (known == nullptr) {
        done(failure(ErrorCode::NotFound, u"no such app"_s));
        return;
    }
    if (known->kind == AppKind::InProcess) {
        setSample(false, done);
        return;
    }
    m_server->door().removeApp(
        known->url, answering<SyncDone>(done, [](const SyncDone &) { return api::Done{}; }));
}

void EngineRoom::moveApp(AppId app, const QByteArray &url, const Done &done)
{
    if (!isServing(done))
        return;
    const Result<QByteArray> normal = protocol::normaliseUrl(url);
    if (!normal) {
        done(tl::unexpected<Error>(normal.error()));
        return;
    }
    m_server->moveApp(app, *normal, answering<SyncDone>(done, [to = *normal](const SyncDone &) {
                          return api::AppNoted{to};
                      }));
}

void EngineRoom::setSample(bool isOn, const Done &done)
{
    if (isOn && !m_sample) {
        done(failure(ErrorCode::Unsupported, u"there are no sample functions in this program"_s));
        return;
    }
    if (isOn != m_settings.sample.has_value()) {
        m_settings.sample = isOn ? m_sample : std::nullopt;
        if (m_server)
            m_server->setSample(m_settings.sample);
        note(m_state.phase, m_state.error);
    }
    done(api::Answer(api::Done{}));
}

/// By what both sign with (protocol.md 14.3): the text of the key. In the other case its hex digits
/// are the same bytes, and the same bearer token, but the signatures differ.
void EngineRoom::compareSigningKey(const QByteArray &key, const Done &done) const
{
    const QByteArray &own = m_settings.routes.signingKey;
    if (own.isEmpty()) {
        done(api::Answer(api::KeyComparison::NoneHere));
        return;
    }
    if (!protocol::isSigningKey(key)) {
        done(api::Answer(api::KeyComparison::NoKey));
        return;
    }
    const bool isSame = protocol::strippedKey(key) == protocol::strippedKey(own);
    done(api::Answer(isSame ? api::KeyComparison::Same : api::KeyComparison::Other));
}

} // namespace devserver::host

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/switchboard.h"

#include <utility>

namespace devserver::host {

namespace {

using transport::EngineDoor;

/// Calls back with the alternative that was asked for, or with the error.
template<typename Body, typename T, typename Take>
std::function<void(engine::Reply)> expecting(EngineDoor::Done<T> done, Take take)
{
    return [done = std::move(done), take](engine::Reply reply) {
        if (auto *error = std::get_if<Error>(&reply.body))
            done(tl::unexpected<Error>(std::move(*error)));
        else if (auto *body = std::get_if<Body>(&reply.body))
            done(take(std::move(*body)));
        else
            Q_UNREACHABLE();
    };
}

constexpr auto asItIs = [](auto body) { return body; };

} // namespace

Switchboard::Switchboard(Post post)
    : m_post(std::move(post))
{}

transport::EngineDoor Switchboard::door(const QByteArray &actor)
{
    EngineDoor door;
    door.sendEvents = [this](std::vector<EventDraft> drafts,
                             EngineDoor::Done<std::vector<EventId>> done) {
        const auto token = wait(
            expecting<engine::EventsAccepted>(std::move(done), [](engine::EventsAccepted accepted) {
                return std::move(accepted.ids);
            }));
        m_post(engine::EventsReceived{.token = token, .drafts = std::move(drafts)});
    };
    door.registerApp = [this](Registration registration, EngineDoor::Done<SyncDone> done) {
        const auto token = wait(expecting<SyncDone>(std::move(done), asItIs));
        m_post(engine::FunctionsSynced{.token = token, .registration = std::move(registration)});
    };
    door.noteRefusal = [this](QByteArray app, QByteArray url, const Error &why) {
        engine::SyncRefused refused{
            .appName = std::move(app), .url = std::move(url), .reason = why.message.toUtf8()};
        if (why.code == ErrorCode::Unsupported)
            refused.code = QByteArrayLiteral("sdk_version_denied");
        m_post(std::move(refused));
    };
    door.removeApp = [this](QByteArray url, EngineDoor::Done<SyncDone> done) {
        const auto token = wait(expecting<SyncDone>(std::move(done), asItIs));
        m_post(engine::AppRemoved{.token = token, .url = std::move(url)});
    };
    door.request = [this, actor](Verb verb, EngineDoor::Done<VerbDone> done) {
        const auto token = wait(expecting<VerbDone>(std::move(done), asItIs));
        m_post(engine::VerbRequested{.token = token, .verb = std::move(verb), .actor = actor});
    };
    return door;
}

void Switchboard::moveApp(AppId app, QByteArray url, EngineDoor::Done<SyncDone> done)
{
    const auto token = wait(expecting<SyncDone>(std::move(done), asItIs));
    m_post(engine::AppMoved{.token = token, .app = app, .url = std::move(url)});
}

void Switchboard::notePoll(engine::AppPolled poll, EngineDoor::Done<App> done)
{
    poll.token = wait(expecting<App>(std::move(done), asItIs));
    m_post(std::move(poll));
}

engine::ReplyToken Switchboard::wait(Waiting waiting)
{
    const engine::ReplyToken token = m_next++;
    m_waiting.emplace(token, std::move(waiting));
    return token;
}

void Switchboard::deliver(engine::Reply reply)
{
    auto found = m_waiting.extract(reply.token);
    if (!found.empty())
        found.mapped()(std::move(reply));
}

void Switchboard::refuseAll(const Error &error)
{
    for (auto &[token, waiting] : std::exchange(m_waiting, {}))
        waiting(engine::Reply{.token = token, .body = error});
}

} // namespace devserver::host

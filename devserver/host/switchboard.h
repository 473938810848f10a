// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/input.h"
#include "devserver/engine/outcome.h"
#include "devserver/transport/enginedoor.h"

#include <functional>
#include <map>

namespace devserver::host {

/// Connects those who ask with the replies of the engine: every question becomes an input with a
/// token, every reply finds the callback of its token. Engine thread.
class Switchboard final
{
public:
    using Post = std::function<void(engine::Input)>;

    explicit Switchboard(Post post);

    /// A door for \a actor, whose name the verbs carry; `query` is left for the host to set.
    [[nodiscard]] transport::EngineDoor door(const QByteArray &actor);
    /// \a done hears when that is stored.
    void moveApp(AppId app, QByteArray url, transport::EngineDoor::Done<SyncDone> done);
    /// \a done gets the app as it is once that is stored.
    void notePoll(engine::AppPolled poll, transport::EngineDoor::Done<App> done);
    void deliver(engine::Reply reply);
    /// Whoever still waits gets this error.
    void refuseAll(const Error &error);

    [[nodiscard]] bool isIdle() const { return m_waiting.empty(); }

private:
    using Waiting = std::function<void(engine::Reply)>;

    [[nodiscard]] engine::ReplyToken wait(Waiting waiting);

    Post m_post;
    engine::ReplyToken m_next = 1;
    std::map<engine::ReplyToken, Waiting> m_waiting;
};

} // namespace devserver::host

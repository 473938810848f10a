// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/access.h"
#include "devserver/api/clearing.h"
#include "devserver/api/queries.h"
#include "devserver/model/result.h"
#include "devserver/model/verb.h"

#include <QObject>

#include <utility>
#include <variant>
#include <vector>

namespace devserver::api {

/// Events are stored; ids in the order in which they were given.
struct Sent {
    std::vector<EventId> events;
};

/// An address was taken up; the app appears by mailbox, with its error if it does not answer.
struct AppNoted {
    QByteArray url; ///< normalised
};

/// An app was asked to register, and what came of it is stored.
struct AppSynced {
    QByteArray name;         ///< under which it is registered; empty: under none
    bool isModified = false; ///< its registration is another one than before
    QByteArray error;        ///< code of `App::error`; empty: it is registered and answers well
};

struct BulkStarted {
    BulkId bulk;
};

/// What a bulk retry of exactly these letters would do now.
struct BulkPreview {
    int eligible = 0;
    int notOpen = 0;      ///< closed or retrying meanwhile
    int functionGone = 0; ///< its app does not register it any more
};

/// Done, nothing to say.
struct Done {};

using Answer = std::variant<QueryAnswer, VerbDone, Sent, AppNoted, AppSynced, BulkStarted,
                            BulkPreview, KeyComparison, DataCleared, Done>;

/// The answer to one call of the ConsoleBackend: `finished` or `failed` comes once, on the GUI
/// thread, never before the call has returned. Deletes itself afterwards.
class Reply final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Nothing comes any more; whoever works on it may stop. Deletes itself.
    void cancel();

    [[nodiscard]] bool isCancelled() const { return m_isOver; }

    /// For the backend: emits one of the signals, unless it was cancelled.
    void deliver(const Result<Answer> &answer);

Q_SIGNALS:
    void finished(const devserver::api::Answer &answer);
    void failed(const devserver::Error &error);
    void cancelled();

private:
    bool m_isOver = false;
};

/// The part of an answer that the question promises; null if the backend answered something else.
template<typename T>
[[nodiscard]] const T *answerAs(const Answer &answer)
{
    if constexpr (std::is_constructible_v<QueryAnswer, T> && !std::is_same_v<T, QueryAnswer>) {
        const auto *query = std::get_if<QueryAnswer>(&answer);
        return query == nullptr ? nullptr : std::get_if<T>(query);
    } else {
        return std::get_if<T>(&answer);
    }
}

/// Calls \a done with the answer; nothing is called once \a context is gone.
template<typename T, typename DoneCall, typename FailedCall>
void then(Reply *reply, QObject *context, DoneCall done, FailedCall failed)
{
    QObject::connect(reply, &Reply::finished, context,
                     [done = std::move(done)](const Answer &answer) {
                         if (const T *part = answerAs<T>(answer))
                             done(*part);
                     });
    QObject::connect(reply, &Reply::failed, context,
                     [failed = std::move(failed)](const Error &error) { failed(error); });
}

} // namespace devserver::api

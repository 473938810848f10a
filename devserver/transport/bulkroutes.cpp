// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// `POST /v1/dead-letters/retry` (semantics §9.5): many dead letters as one operation.

#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/restcodec.h"
#include "devserver/transport/routeparts.h"
#include "devserver/transport/routes.h"

#include <utility>

namespace devserver::transport {

using namespace Qt::StringLiterals;

namespace {

/// What the body asks for; either `ids`, or a selection of open letters.
struct Wish {
    BulkPlan plan;
    api::LetterIdsQuery selection;
    bool hasIds = false;
};

Error wrong(const char *key, const QString &what)
{
    return {ErrorCode::InvalidInput, QString::fromLatin1(key) + u" must be "_s + what};
}

Result<std::vector<RunId>> idsIn(const JsonValue &list)
{
    if (!list.isArray())
        return tl::unexpected(wrong("ids", u"an array of run ids"_s));
    std::vector<RunId> runs;
    for (const JsonValue &each : list.elements()) {
        Result<RunId> run = runIdOf(each.toUtf8());
        if (!run)
            return tl::unexpected(run.error());
        runs.push_back(*run);
    }
    return runs;
}

Result<int> numberIn(const JsonValue &root, const char *key, int standard)
{
    const std::optional<JsonValue> value = root.find(key);
    if (!value)
        return standard;
    const std::optional<qint64> number = value->toInt64();
    constexpr qint64 most = 1'000'000;
    if (!number || *number < 0 || *number > most)
        return tl::unexpected(wrong(key, u"a whole number that is not negative"_s));
    return static_cast<int>(*number);
}

/// Empty if it is absent. What is no text would be a filter that lets everything through.
Result<QByteArray> textIn(const JsonValue &root, const char *key)
{
    const std::optional<JsonValue> value = root.find(key);
    if (!value || value->isNull())
        return QByteArray();
    if (!value->isString())
        return tl::unexpected(wrong(key, u"a text"_s));
    return value->toUtf8();
}

Result<Wish> wishOf(const QByteArray &body)
{
    const Result<RawJson> json = RawJson::parse(body);
    if (!json || !JsonValue::of(*json).isObject())
        return failure(ErrorCode::InvalidInput, u"the body must be a JSON object"_s);
    const JsonValue root = JsonValue::of(*json);
    if (std::optional<Error> problem =
            foreignMember(root, {"ids", "function", "fingerprint", "title", "per_second",
                                 "stop_after_same", "one_first"}))
        return tl::unexpected<Error>(*std::move(problem));
    const Result<int> perSecond = numberIn(root, "per_second", BulkPlan().perSecond);
    const Result<int> stopAfterSame = numberIn(root, "stop_after_same", BulkPlan().stopAfterSame);
    if (!perSecond || !stopAfterSame)
        return tl::unexpected(perSecond ? stopAfterSame.error() : perSecond.error());
    Wish wish;
    for (const auto &[key, text] :
         {std::pair("title", &wish.plan.title), std::pair("function", &wish.selection.slug),
          std::pair("fingerprint", &wish.selection.fingerprint)}) {
        Result<QByteArray> found = textIn(root, key);
        if (!found)
            return tl::unexpected(found.error());
        *text = *std::move(found);
    }
    wish.plan.perSecond = *perSecond;
    wish.plan.stopAfterSame = *stopAfterSame;
    if (const std::optional<JsonValue> oneFirst = root.find("one_first")) {
        if (!oneFirst->isBool())
            return tl::unexpected(wrong("one_first", u"true or false"_s));
        wish.plan.triesOneFirst = *oneFirst->toBool();
    }
    if (const std::optional<JsonValue> ids = root.find("ids")) {
        Result<std::vector<RunId>> runs = idsIn(*ids);
        if (!runs)
            return tl::unexpected(runs.error());
        wish.plan.runs = std::move(*runs);
        wish.hasIds = true;
        if (!wish.selection.slug.isEmpty() || !wish.selection.fingerprint.isEmpty())
            return failure(ErrorCode::InvalidInput,
                           u"ids say which dead letters are meant; leave out function and "
                           "fingerprint"_s);
    } else if (wish.selection.slug.isEmpty() && wish.selection.fingerprint.isEmpty()) {
        return failure(ErrorCode::InvalidInput,
                       u"ids, function or fingerprint must say which dead letters are meant"_s);
    }
    return wish;
}

/// Of one that nobody named: whose letters they are, `fn:shop-charge-order`. Windows have the words
/// for it.
QByteArray usualTitle(const QByteArray &function)
{
    return function.isEmpty() ? QByteArray() : "fn:" + function;
}

} // namespace

void Routes::retryLetters(const Call &call)
{
    Result<Wish> wish = wishOf(call.request.body);
    if (!wish) {
        call.respond(failed(wish.error()));
        return;
    }
    const auto start = [this, respond = call.respond,
                        function = wish->selection.slug](BulkPlan plan) {
        const auto letters = static_cast<qsizetype>(plan.runs.size());
        if (plan.title.isEmpty())
            plan.title = usualTitle(function);
        m_door.request(StartBulk{std::move(plan)}, [this, respond,
                                                    letters](const Result<VerbDone> &done) {
            respond(
                done ? jsonReply(202, protocol::encodeBulkReply(done->bulk, letters, m_clock.now()))
                     : failed(done.error()));
        });
    };
    if (wish->hasIds) {
        start(std::move(wish->plan));
        return;
    }
    m_door.query(wish->selection, [start, plan = wish->plan,
                                   respond = call.respond](Result<api::QueryAnswer> found) mutable {
        if (!found) {
            respond(failed(found.error()));
            return;
        }
        plan.runs = std::get<api::LetterIds>(std::move(*found)).runs;
        start(std::move(plan));
    });
}

} // namespace devserver::transport

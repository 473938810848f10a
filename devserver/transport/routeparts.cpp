// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/routeparts.h"

#include "devserver/protocol/durations.h"
#include "devserver/protocol/restcodec.h"

#include <algorithm>

namespace devserver::transport {

using namespace Qt::StringLiterals;

namespace {

template<typename IdType>
Result<IdType> idOf(const QByteArray &text, QStringView what)
{
    if (const std::optional<IdType> id = IdType::fromText(text))
        return *id;
    return failure(ErrorCode::InvalidInput,
                   u"\"%1\" is not %2: a ULID of 26 characters is expected"_s.arg(
                       QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 64))), what));
}

Error notSupported(const QString &name)
{
    return {ErrorCode::InvalidInput, u"\"%1\" is not supported here"_s.arg(name.left(64))};
}

QByteArray nameOf(const QByteArray &pair)
{
    const qsizetype equals = pair.indexOf('=');
    return QByteArray::fromPercentEncoding(equals < 0 ? pair : pair.first(equals));
}

} // namespace

HttpReply failed(const Error &error)
{
    return errorReply(protocol::httpStatusOf(error.code), error.message);
}

std::optional<QByteArray> parameter(const HttpRequest &request, QByteArrayView name)
{
    for (const QByteArray &pair : request.query.split('&')) {
        if (nameOf(pair) != name)
            continue;
        const qsizetype equals = pair.indexOf('=');
        QByteArray value = equals < 0 ? QByteArray() : pair.mid(equals + 1);
        return QByteArray::fromPercentEncoding(value.replace('+', ' '));
    }
    return std::nullopt;
}

Result<int> limitOf(const HttpRequest &request, int standard, int most)
{
    const std::optional<QByteArray> text = parameter(request, "limit");
    if (!text)
        return standard;
    bool isNumber = false;
    const int limit = text->toInt(&isNumber);
    if (!isNumber || limit < 1 || limit > most)
        return failure(ErrorCode::InvalidInput,
                       u"limit must be a number from 1 to %1, not \"%2\""_s.arg(
                           QString::number(most), QString::fromUtf8(*text)));
    return limit;
}

Result<std::optional<TimePoint>> timeOf(const HttpRequest &request, QByteArrayView name)
{
    const std::optional<QByteArray> text = parameter(request, name);
    if (!text || text->isEmpty())
        return std::optional<TimePoint>();
    // An offset such as +02:00 that was not percent-encoded arrives with a space.
    if (const std::optional<TimePoint> time = parseDate(QByteArray(*text).replace(' ', '+')))
        return time;
    return failure(ErrorCode::InvalidInput,
                   u"%1 must be a time such as 2026-01-31T12:00:00Z, not \"%2\""_s.arg(
                       QString::fromLatin1(name), QString::fromUtf8(*text)));
}

std::optional<Error> foreignParameter(const HttpRequest &request,
                                      std::initializer_list<QByteArrayView> known)
{
    for (const QByteArray &pair : request.query.split('&')) {
        const QByteArray key = nameOf(pair);
        if (!pair.isEmpty() && std::find(known.begin(), known.end(), key) == known.end())
            return notSupported(QString::fromUtf8(key));
    }
    return std::nullopt;
}

std::optional<Error> foreignMember(const JsonValue &object,
                                   std::initializer_list<QByteArrayView> known)
{
    for (const auto &[key, value] : object.members()) {
        const bool isKnown = std::any_of(known.begin(), known.end(),
                                         [&](QByteArrayView each) { return key.equals(each); });
        if (!isKnown)
            return notSupported(key.toString());
    }
    return std::nullopt;
}

std::optional<Error> plainBodyProblem(const HttpRequest &request,
                                      std::initializer_list<QByteArrayView> known)
{
    if (request.body.trimmed().isEmpty())
        return std::nullopt;
    const Result<RawJson> json = RawJson::parse(request.body);
    if (!json || !JsonValue::of(*json).isObject())
        return Error{ErrorCode::InvalidInput, u"the body must be empty or a JSON object"_s};
    return foreignMember(JsonValue::of(*json), known);
}

Result<RunId> runIdOf(const QByteArray &text)
{
    return idOf<RunId>(text, u"a run id");
}

Result<EventId> eventIdOf(const QByteArray &text)
{
    return idOf<EventId>(text, u"an event id");
}

std::optional<RunId> runIn(const QByteArray &text, const Responder &respond)
{
    const Result<RunId> run = runIdOf(text);
    if (run)
        return *run;
    respond(failed(run.error()));
    return std::nullopt;
}

} // namespace devserver::transport

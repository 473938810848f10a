// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/result.h"
#include "devserver/transport/http.h"

#include <QByteArray>
#include <QByteArrayList>

#include <initializer_list>
#include <optional>

/// Small parts that the handlers of several routes share.
namespace devserver::transport {

/// The reply of `/v0` and `/v1` for an error, with the status of its code.
[[nodiscard]] HttpReply failed(const Error &error);

/// A decoded query parameter; nothing if it is absent.
[[nodiscard]] std::optional<QByteArray> parameter(const HttpRequest &request, QByteArrayView name);

/// `limit` between 1 and \a most, \a standard if absent.
[[nodiscard]] Result<int> limitOf(const HttpRequest &request, int standard, int most);

/// RFC 3339 time of a query parameter; nothing if absent.
[[nodiscard]] Result<std::optional<TimePoint>> timeOf(const HttpRequest &request,
                                                      QByteArrayView name);

/// What is wrong with the query: the first parameter that is none of \a known. For lists of our
/// own, where a filter with a slip of the pen would list everything.
[[nodiscard]] std::optional<Error> foreignParameter(const HttpRequest &request,
                                                    std::initializer_list<QByteArrayView> known);

/// A ULID in the path, or 400 naming it.
[[nodiscard]] Result<RunId> runIdOf(const QByteArray &text);
[[nodiscard]] Result<EventId> eventIdOf(const QByteArray &text);

/// What is wrong with the members of a body: the first one that is none of \a known.
[[nodiscard]] std::optional<Error> foreignMember(const JsonValue &object,
                                                 std::initializer_list<QByteArrayView> known);
/// Of a call that needs no body: what is wrong with it, unless it is empty or an object of \a known
/// members. Options that would be ignored are refused.
[[nodiscard]] std::optional<Error>
plainBodyProblem(const HttpRequest &request, std::initializer_list<QByteArrayView> known = {});

/// The run id of a path; if it is none, that is answered already.
[[nodiscard]] std::optional<RunId> runIn(const QByteArray &text, const Responder &respond);

} // namespace devserver::transport

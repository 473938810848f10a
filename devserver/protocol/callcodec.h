// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/protocol/headerlist.h"

#include <QByteArray>

#include <vector>

namespace devserver::protocol {

/// The one account of this server (protocol.md 1.3).
inline constexpr QByteArrayView accountId = "00000000-0000-4000-a000-000000000000";
inline constexpr QByteArrayView environmentId = "00000000-0000-4000-b000-000000000000";

/// Body of a call (protocol.md 5.2); events and memos are the bytes that we hold. With \a useApi
/// the app fetches both itself (protocol.md 5.6). Cost: one copy of the bytes carried.
[[nodiscard]] QByteArray encodeCall(const CallRequest &request, bool useApi);

/// How long `encodeCall` without `useApi` gets, within a few bytes, without making it.
[[nodiscard]] qsizetype callSizeBytes(const CallRequest &request);

/// Whether the call has to be made with `useApi`.
[[nodiscard]] bool exceedsCallLimit(const CallRequest &request);

/// Header fields of a call (protocol.md 5.1) but for the signature.
[[nodiscard]] HeaderList callHeaders(const CallRequest &request);

/// Registered URL of the function with the `stepId` of this call.
[[nodiscard]] QByteArray callUrl(const CallRequest &request);

/// Body of `GET /v0/runs/{id}/batch`: a bare array.
[[nodiscard]] QByteArray encodeBatch(const std::vector<Event> &events);

/// Body of `GET /v0/runs/{id}/actions`: step id -> memo.
[[nodiscard]] QByteArray encodeActions(const std::vector<Memo> &memos);

} // namespace devserver::protocol

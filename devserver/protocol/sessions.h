// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/jsonvalue.h"
#include "devserver/model/rawjson.h"
#include "devserver/model/result.h"

namespace devserver::protocol {

/// Member `meta` of an event (protocol.md 3.2): `sessions` over `propagated_sessions`, null
/// removes.
///
/// \returns `{"sessions":{…}}`, absent if no session is left. The error names the member.
[[nodiscard]] Result<RawJson> decodeMeta(const JsonValue &meta);

} // namespace devserver::protocol

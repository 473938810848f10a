// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace devserver::protocol {

/// A form body (urlencoded or multipart, by `contentType`) as one event (protocol.md 3.1).
///
/// `name`, `id`, `v` and `ts` are the first values of these fields, `data` and `user` the JSON
/// objects in theirs. Without a field `data`, all fields are the data, as `field -> [values]`.
/// Files are left out. \returns JSON text, or `InvalidInput` for a body that is no form.
[[nodiscard]] Result<QByteArray> formToEvent(QByteArrayView body, QByteArrayView contentType);

} // namespace devserver::protocol

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/rawjson.h"

#include <QByteArray>

namespace devserver {

/// The canonical form of RFC 8785: no spaces, members sorted by UTF-16 code units, numbers as
/// ECMAScript writes them, least escaping. Of duplicate names the last counts.
///
/// Beyond the RFC: lone surrogate escapes are kept (lower-case hex), and numbers out of the range
/// of a double keep their text. An absent value gives an empty text.
QByteArray canonicalJson(const RawJson &json);

} // namespace devserver

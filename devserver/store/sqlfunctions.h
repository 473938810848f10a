// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

struct sqlite3;

namespace devserver::store {

/// SQL functions that filters need, for one connection: `text REGEXP pattern` (ignores case) and
/// `json_part(json, path)`, which gives a text, a number, `true`, `false`, `null` or the raw JSON
/// of a container, and NULL if there is no such part. Paths are member names and indexes with dots.
void addFilterFunctions(sqlite3 *connection);

} // namespace devserver::store

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/functions.h"

#include <algorithm>
#include <array>

namespace devserver::expr {

namespace {

constexpr Arity none;
constexpr Arity zero{0, 0};
constexpr Arity one{1, 1};
constexpr Arity two{2, 2};
constexpr Arity zone{0, 1}; // accessors of times take a time zone or none

constexpr std::array<Function, 33> functions{{
    // of CEL
    {"size", one, zero},
    {"contains", none, one},
    {"startsWith", none, one},
    {"endsWith", none, one},
    {"matches", two, one},
    {"bool", one, none},
    {"bytes", one, none},
    {"double", one, none},
    {"duration", one, none},
    {"dyn", one, none},
    {"int", one, none},
    {"string", one, none},
    {"timestamp", one, none},
    {"type", one, none},
    {"uint", one, none},
    {"getDate", none, zone},
    {"getDayOfMonth", none, zone},
    {"getDayOfWeek", none, zone},
    {"getDayOfYear", none, zone},
    {"getFullYear", none, zone},
    {"getHours", none, zone},
    {"getMilliseconds", none, zone},
    {"getMinutes", none, zone},
    {"getMonth", none, zone},
    {"getSeconds", none, zone},
    // of the reference server
    {"b64decode", one, none},
    {"date", one, none},
    {"json_parse", one, none},
    {"lowercase", one, none},
    {"now", zero, none},
    {"now_minus", one, none},
    {"now_plus", one, none},
    {"uppercase", one, none},
}};

// `google` opens the names of CEL's own message types: `google.protobuf.Timestamp`.
constexpr std::array<QByteArrayView, 15> names{"event",  "async",     "vars",   "bool", "bytes",
                                               "double", "dyn",       "google", "int",  "list",
                                               "map",    "null_type", "string", "type", "uint"};

} // namespace

const Function *findFunction(QByteArrayView name)
{
    const auto found = std::find_if(functions.begin(), functions.end(),
                                    [name](const Function &each) { return each.name == name; });
    return found == functions.end() ? nullptr : &*found;
}

bool isKnownName(QByteArrayView name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace devserver::expr

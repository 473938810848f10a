// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace devserver {

/// What kind of thing went wrong outside of us (style.md 2.8). Closed: a new value needs a reader.
enum class ErrorCode {
    InvalidJson,   ///< not JSON, or not UTF-8; the message names the position
    InvalidInput,  ///< JSON or text, but not what this place takes
    TooLarge,      ///< over a limit of semantics §12; the message names both sizes
    NotFound,      ///< no such run, event, function, letter
    Conflict,      ///< the thing exists but is in another state
    Unauthorized,  ///< key missing or wrong
    Forbidden,     ///< foreign Host or Origin
    Unsupported,   ///< known, but not done by this version
    AddressInUse,  ///< the port is taken
    Network,       ///< no connection, or it broke
    Timeout,       ///< a deadline passed
    StoreLocked,   ///< another server has the data file open
    StoreFull,     ///< no space left on the disk of the data file
    StoreReadOnly, ///< the data file or its folder may not be written to
    StoreDamaged,  ///< the data file is not a database, or is broken
    Store,         ///< any other failure of the data file
    Stopping,      ///< the server is shutting down
};

/// An expected failure: what and which, in English, for developers.
struct Error {
    ErrorCode code = ErrorCode::InvalidInput;
    QString message;

    bool operator==(const Error &) const = default;
};

template<typename T>
using Result = tl::expected<T, Error>;

/// Shorthand for `return failure(ErrorCode::NotFound, u"…"_s);`
inline tl::unexpected<Error> failure(ErrorCode code, QString message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

} // namespace devserver

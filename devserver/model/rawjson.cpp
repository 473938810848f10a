// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/rawjson.h"

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonscan.h"

#include <utility>

namespace devserver {

RawJson::RawJson(QByteArray text)
    : m_bytes(std::move(text))
{}

Result<RawJson> RawJson::parse(QByteArray text)
{
    if (Result<void> valid = validateJson(text); !valid)
        return tl::unexpected<Error>(std::move(valid.error()));

    // Not QByteArray::trimmed(): it also cuts white space that JSON does not know.
    const char *begin = text.cbegin();
    const char *end = text.cend();
    while (jsonscan::isSpace(*begin))
        ++begin;
    while (jsonscan::isSpace(end[-1]))
        --end;
    if (end - begin != text.size())
        text = QByteArray(begin, end - begin);
    return RawJson(std::move(text));
}

RawJson RawJson::fromTrusted(QByteArray text)
{
    return RawJson(std::move(text));
}

RawJson RawJson::null()
{
    return RawJson(QByteArrayLiteral("null"));
}

} // namespace devserver

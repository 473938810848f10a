// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/memberscan.h"

#include <cstring>

namespace devserver::store {

namespace {

const char *find(const char *begin, const char *end, char c)
{
    const void *found = std::memchr(begin, c, static_cast<std::size_t>(end - begin));
    return found == nullptr ? end : static_cast<const char *>(found);
}

} // namespace

MemberScan::MemberScan(QByteArrayView json, QByteArrayView path)
    : m_at(json.begin())
    , m_end(json.end())
{
    const QByteArrayView name = path.sliced(path.lastIndexOf('.') + 1);
    const bool isIndex = !name.isEmpty() && name.front() >= '0' && name.front() <= '9';
    m_isSure = !name.isEmpty() && !isIndex && find(m_at, m_end, '\\') == m_end;
    m_key.append('"');
    m_key.append(name.data(), name.size());
    m_key.append('"');
}

QByteArrayView MemberScan::next()
{
    while (true) {
        const void *found = memmem(m_at, static_cast<std::size_t>(m_end - m_at), m_key.data(),
                                   static_cast<std::size_t>(m_key.size()));
        if (found == nullptr)
            return {};
        const char *key = static_cast<const char *>(found);
        // Not behind it: its last quote may open the name that is meant.
        m_at = key + 1;
        const char *colon = skipSpace(key + m_key.size());
        if (colon == m_end || *colon != ':')
            continue;
        if (const QByteArrayView value = valueAt(skipSpace(colon + 1)); !value.isEmpty())
            return value;
    }
}

const char *MemberScan::skipSpace(const char *at) const
{
    while (at != m_end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        ++at;
    return at;
}

QByteArrayView MemberScan::valueAt(const char *at) const
{
    if (at == m_end)
        return {};
    if (*at == '{' || *at == '[')
        return {at, 1};
    const char *end = at + 1;
    if (*at == '"') {
        end = find(end, m_end, '"');
        return {at, end == m_end ? end : end + 1};
    }
    while (end != m_end && std::strchr(",}] \n\r\t", *end) == nullptr)
        ++end;
    return {at, end};
}

} // namespace devserver::store

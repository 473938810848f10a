// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/packedlist.h"

namespace devserver::store {

QByteArray packList(const std::vector<QByteArray> &parts)
{
    QByteArray packed;
    for (const QByteArray &part : parts) {
        auto size = static_cast<quint64>(part.size());
        for (; size >= 0x80U; size >>= 7U)
            packed.append(static_cast<char>((size & 0x7fU) | 0x80U));
        packed.append(static_cast<char>(size));
        packed.append(part);
    }
    return packed;
}

std::vector<QByteArray> unpackList(const QByteArray &packed)
{
    std::vector<QByteArray> parts;
    qsizetype at = 0;
    while (at < packed.size()) {
        quint64 size = 0;
        bool more = true;
        for (unsigned shift = 0; more && at < packed.size() && shift < 63; shift += 7) {
            const auto byte = static_cast<unsigned char>(packed[at++]);
            size |= static_cast<quint64>(byte & 0x7fU) << shift;
            more = (byte & 0x80U) != 0;
        }
        if (more || size > static_cast<quint64>(packed.size() - at))
            break;
        parts.push_back(packed.mid(at, static_cast<qsizetype>(size)));
        at += static_cast<qsizetype>(size);
    }
    return parts;
}

} // namespace devserver::store

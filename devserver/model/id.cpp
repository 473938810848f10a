// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/id.h"

#include <QCryptographicHash>
#include <QStringBuilder>

#include <algorithm>

namespace devserver {

namespace {

constexpr char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int base32Value(char c)
{
    if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    const char *found = std::find(base32, base32 + 32, c);
    return found == base32 + 32 ? -1 : static_cast<int>(found - base32);
}

} // namespace

QByteArray Bytes16::toBytes() const
{
    return {reinterpret_cast<const char *>(bytes.data()), 16};
}

Bytes16 Bytes16::fromBytes(QByteArrayView raw)
{
    Bytes16 result;
    if (raw.size() == 16)
        std::ranges::copy(raw, result.bytes.begin());
    return result;
}

QByteArray Ulid::toText() const
{
    // 128 bits as 26 digits of 5 bits, the first of which holds only 3.
    QByteArray text(26, Qt::Uninitialized);
    char *out = text.data();
    for (int digit = 0; digit < 26; ++digit) {
        const int lowBit = (25 - digit) * 5;
        unsigned value = 0;
        for (int bit = lowBit + 4; bit >= lowBit; --bit) {
            value <<= 1U;
            if (bit < 128)
                value |=
                    (unsigned{bytes[static_cast<std::size_t>(15 - bit / 8)]} >> (bit % 8)) & 1U;
        }
        out[digit] = base32[value];
    }
    return text;
}

TimePoint Ulid::time() const
{
    qint64 ms = 0;
    for (std::size_t i = 0; i < 6; ++i)
        ms = (ms << 8) | bytes[i];
    return fromMs(ms);
}

std::optional<Ulid> Ulid::fromText(QByteArrayView text)
{
    if (text.size() != 26 || base32Value(text[0]) > 7)
        return std::nullopt;
    Ulid result;
    for (int digit = 0; digit < 26; ++digit) {
        const int value = base32Value(text[digit]);
        if (value < 0)
            return std::nullopt;
        const int lowBit = (25 - digit) * 5;
        for (int i = 0; i < 5; ++i) {
            const int bit = lowBit + i;
            if (bit < 128 && ((value >> i) & 1) != 0) {
                auto &byte = result.bytes[static_cast<std::size_t>(15 - bit / 8)];
                byte = static_cast<std::uint8_t>(byte | (1U << (bit % 8)));
            }
        }
    }
    return result;
}

Ulid Ulid::fromParts(TimePoint time, const std::array<std::uint8_t, 10> &entropy)
{
    Ulid result;
    qint64 ms = std::max<qint64>(0, toMs(time));
    for (std::size_t i = 6; i-- > 0; ms >>= 8)
        result.bytes[i] = static_cast<std::uint8_t>(ms & 0xff);
    std::ranges::copy(entropy, result.bytes.begin() + 6);
    return result;
}

QByteArray Uuid::toText() const
{
    const QByteArray hex = toBytes().toHex();
    return hex.first(8) + "-" + hex.mid(8, 4) + "-" + hex.mid(12, 4) + "-" + hex.mid(16, 4) + "-"
           + hex.mid(20);
}

std::optional<Uuid> Uuid::fromText(QByteArrayView text)
{
    const QByteArray given = text.toByteArray();
    const QByteArray raw = QByteArray::fromHex(QByteArray(given).replace('-', QByteArray()));
    Uuid result;
    static_cast<Bytes16 &>(result) = Bytes16::fromBytes(raw);
    if (raw.size() != 16 || result.toText() != given.toLower())
        return std::nullopt;
    return result;
}

Uuid Uuid::fromName(QByteArrayView space, QByteArrayView name)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(space);
    hash.addData(QByteArrayView("\0", 1)); // "a"+"bc" and "ab"+"c" are different names
    hash.addData(name);
    Uuid result;
    static_cast<Bytes16 &>(result) = Bytes16::fromBytes(hash.result().first(16));
    result.bytes[6] = static_cast<std::uint8_t>((result.bytes[6] & 0x0fU) | 0x50U);
    result.bytes[8] = static_cast<std::uint8_t>((result.bytes[8] & 0x3fU) | 0x80U);
    return result;
}

UlidSource::UlidSource(std::uint64_t seed)
    : m_state(seed)
{}

std::uint64_t UlidSource::random()
{
    // splitmix64: small, seedable, good enough for ids on one machine and for jitter.
    std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

std::uint64_t UlidSource::below(std::uint64_t bound)
{
    return bound == 0 ? 0 : random() % bound;
}

Ulid UlidSource::next(TimePoint now)
{
    std::array<std::uint8_t, 10> entropy{};
    const std::uint64_t high = random();
    const std::uint64_t low = random();
    for (std::size_t i = 0; i < 8; ++i)
        entropy[i] = static_cast<std::uint8_t>(high >> (8 * i));
    entropy[8] = static_cast<std::uint8_t>(low);
    entropy[9] = static_cast<std::uint8_t>(low >> 8U);
    Ulid fresh = Ulid::fromParts(now, entropy);
    if (fresh <= m_last) { // same millisecond, or the clock went back: count up from the last one
        fresh = m_last;
        for (std::size_t i = 16; i-- > 0;) {
            fresh.bytes[i] = static_cast<std::uint8_t>(fresh.bytes[i] + 1);
            if (fresh.bytes[i] != 0)
                break;
        }
    }
    m_last = fresh;
    return fresh;
}

void UlidSource::startAfter(const Ulid &id)
{
    m_last = std::max(m_last, id);
}

} // namespace devserver

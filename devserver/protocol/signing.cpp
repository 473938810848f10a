// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/signing.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QStringBuilder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace devserver::protocol {

namespace {

constexpr QByteArrayView keyPrefix = "signkey-";
constexpr QByteArrayView scheme = "bearer ";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isWordCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// `key` without `^signkey-\w+-`.
QByteArrayView withoutPrefix(QByteArrayView key)
{
    if (!key.startsWith(keyPrefix))
        return key;
    const QByteArrayView rest = key.sliced(keyPrefix.size());
    const auto end = std::ranges::find_if_not(rest, isWordCharacter);
    if (end == rest.begin() || end == rest.end() || *end != '-')
        return key;
    return rest.sliced(end - rest.begin() + 1);
}

/// Equal content; the time depends on the lengths only.
bool equalsInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned>(a[i] ^ b[i]);
    return difference == 0;
}

/// HMAC over body and decimal seconds. The key is the text of the stripped key, not its bytes.
QByteArray digest(QByteArrayView body, QByteArrayView signingKey, QByteArrayView seconds)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, strippedKey(signingKey));
    code.addData(body.data(), body.size());
    code.addData(seconds.data(), seconds.size());
    return code.result().toHex();
}

} // namespace

bool isSigningKey(QByteArrayView key)
{
    const QByteArrayView stripped = withoutPrefix(key);
    return !stripped.isEmpty() && stripped.size() % 2 == 0
           && std::ranges::all_of(stripped, isHexDigit);
}

QByteArray strippedKey(QByteArrayView key)
{
    return withoutPrefix(key).toByteArray();
}

QByteArray hashedKey(QByteArrayView key)
{
    return QCryptographicHash::hash(QByteArray::fromHex(strippedKey(key)),
                                    QCryptographicHash::Sha256)
        .toHex();
}

bool bearerMatches(QByteArrayView authorization, QByteArrayView signingKey)
{
    const QByteArray stripped = strippedKey(signingKey);
    if (stripped.isEmpty() || authorization.size() < scheme.size()
        || authorization.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0)
        return false;
    const QByteArrayView token = withoutPrefix(authorization.sliced(scheme.size()).trimmed());
    const bool isRaw = equalsInConstantTime(token, stripped);
    const bool isHashed = equalsInConstantTime(token, hashedKey(stripped));
    return isRaw || isHashed;
}

QByteArray signature(QByteArrayView body, QByteArrayView signingKey, TimePoint now)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
    const QByteArray text = QByteArray::number(qint64{seconds.count()});
    return "t="_ba + text + "&s="_ba + digest(body, signingKey, text);
}

bool verifySignature(QByteArrayView header, QByteArrayView body, QByteArrayView signingKey,
                     TimePoint now)
{
    const qsizetype separator = header.indexOf("&s=");
    if (!header.startsWith("t=") || separator < 0 || strippedKey(signingKey).isEmpty())
        return false;
    const QByteArrayView seconds = header.first(separator).sliced(2);
    // 12 digits reach the year 33658; more would overflow milliseconds.
    if (seconds.isEmpty() || seconds.size() > 12 || !std::ranges::all_of(seconds, isDigit))
        return false;
    const TimePoint made{std::chrono::seconds(seconds.toByteArray().toLongLong())};
    const auto age = now - made;
    if (age > signatureTolerance || age < -signatureTolerance)
        return false;
    return equalsInConstantTime(header.sliced(separator + 3), digest(body, signingKey, seconds));
}

} // namespace devserver::protocol

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/registercodec.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/appurl.h"
#include "devserver/protocol/functionconfig.h"
#include "devserver/protocol/jsonmembers.h"

#include <QByteArrayList>
#include <QCryptographicHash>

#include <compare>
#include <optional>
#include <set>

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxFunctions = 5000; ///< far more than an app has
constexpr qsizetype shownProblems = 20;
constexpr qsizetype shownBytes = 500; ///< of the problems of one function

tl::unexpected<Error> invalid(const QByteArray &message)
{
    return failure(ErrorCode::InvalidInput, QString::fromUtf8(message));
}

struct Version {
    int major = 0;
    int minor = 0;
    int patch = 0;

    auto operator<=>(const Version &) const = default;
};

/// The version in `js:v3.22.0` or `js:3.22.0-beta.1`; nothing for other languages.
std::optional<Version> jsVersion(const QByteArray &sdk)
{
    if (!sdk.startsWith("js:"))
        return std::nullopt;
    QByteArray text = sdk.sliced(3);
    if (text.startsWith('v'))
        text = text.sliced(1);
    const QByteArrayList numbers = text.split('-').constFirst().split('.');
    if (numbers.size() != 3)
        return std::nullopt;
    return Version{numbers[0].toInt(), numbers[1].toInt(), numbers[2].toInt()};
}

/// Versions that the reference blocks for security (protocol.md 2.5).
bool isDenied(const QByteArray &sdk)
{
    const std::optional<Version> version = jsVersion(sdk);
    return version && *version >= Version{3, 22, 0} && *version <= Version{3, 53, 1};
}

QByteArray checksum(const JsonValue &body)
{
    const QByteArray counted =
        withoutMember(body.raw(), "featureObservations", Qt::CaseInsensitive);
    return QCryptographicHash::hash(counted, QCryptographicHash::Sha256).toHex();
}

/// Names in a message may be as long as the body.
QByteArray shortened(const QByteArray &text)
{
    if (text.size() <= shownBytes)
        return text;
    qsizetype end = shownBytes;
    while ((static_cast<uchar>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.first(end) + "..."_ba;
}

/// What is wrong with the functions: of the first ones, and how many there are.
QByteArray describe(const QByteArrayList &invalidOnes, qsizetype count)
{
    QByteArray text = "At least one function is invalid: "_ba + invalidOnes.join(" | ");
    if (count > invalidOnes.size())
        text += " | and "_ba + QByteArray::number(count - invalidOnes.size()) + " more"_ba;
    return text;
}

/// Fills functions and expressions of \a registration.
Result<void> decodeFunctions(const JsonValue &list, Registration &registration)
{
    if (const qsizetype count = list.size(); count > maxFunctions) {
        return invalid("Invalid request: "_ba + QByteArray::number(count)
                       + " functions, at most "_ba + QByteArray::number(maxFunctions)
                       + " are allowed"_ba);
    }
    std::vector<FunctionConfig> &functions = registration.functions;
    std::set<QByteArray> slugs;
    QByteArrayList invalidOnes;
    qsizetype invalidCount = 0;
    for (const JsonValue &value : list.elements()) {
        DecodedFunction decoded = decodeFunction(value);
        const QByteArray &slug = decoded.config.slug;
        if (!slug.isEmpty() && !slugs.insert(slug).second)
            decoded.problems.append("another function has the same id"_ba);
        if (!decoded.problems.isEmpty() && ++invalidCount <= shownProblems) {
            const QByteArray number = QByteArray::number(functions.size() + 1);
            const QByteArray who = slug.isEmpty() ? "function "_ba + number : slug;
            invalidOnes.append(shortened(who + ": "_ba + decoded.problems.join("; ")));
        }
        functions.push_back(std::move(decoded.config));
        for (ExpressionText &expression : decoded.expressions)
            registration.expressions.push_back(std::move(expression));
    }
    if (invalidCount > 0)
        return invalid(describe(invalidOnes, invalidCount));
    return {};
}

} // namespace

Result<Registration> decodeRegistration(QByteArrayView body)
{
    const Result<RawJson> json = RawJson::parse(body.toByteArray());
    if (!json) {
        return failure(ErrorCode::InvalidJson, "Invalid request: "_L1 + json.error().message);
    }
    const JsonValue object = JsonValue::of(*json);
    if (!object.isObject())
        return invalid("Invalid request: the body is "_ba + kindName(object)
                       + ", not an object"_ba);

    Registration registration;
    registration.appName = textMember(object, "appName");
    if (registration.appName.isEmpty())
        return invalid("App ID required"_ba);
    registration.sdk = textMember(object, "sdk");
    if (isDenied(registration.sdk)) {
        return failure(
            ErrorCode::Unsupported,
            QString::fromUtf8("The SDK version "_ba + registration.sdk
                              + " has a known security problem; use 3.54.0 or newer"_ba));
    }
    Result<QByteArray> url = normaliseUrl(textMember(object, "url"));
    if (!url)
        return invalid("Invalid request: "_ba + url.error().message.toUtf8());
    registration.url = *std::move(url);
    registration.framework = textMember(object, "framework");
    registration.appVersion = textMember(object, "appVersion");
    registration.checksum = checksum(object);

    const JsonValue functions = member(object, "functions").value_or(JsonValue("[]"));
    if (!functions.isArray()) {
        return invalid("Invalid request: functions is "_ba + kindName(functions)
                       + ", not an array"_ba);
    }
    if (const Result<void> decoded = decodeFunctions(functions, registration); !decoded)
        return tl::unexpected(decoded.error());
    return registration;
}

RegistrationSender senderOf(QByteArrayView body)
{
    const Result<RawJson> json = RawJson::parse(body.toByteArray());
    if (!json)
        return {};
    const JsonValue object = JsonValue::of(*json);
    return {.appName = shortened(textMember(object, "appName")),
            .url = normaliseUrl(textMember(object, "url")).value_or(QByteArray())};
}

} // namespace devserver::protocol

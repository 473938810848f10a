// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <optional>

/// Ready text that sends an event from elsewhere (ui.md §9, §10).
namespace console {

enum class CopyLanguage { Json, Curl, TypeScript, Python, Go };

/// \a eventJson is `{"name":…,"data":…}`, or an array of such: a batch; \a address is
/// `127.0.0.1:8288`.
[[nodiscard]] QString copyAs(CopyLanguage language, const QByteArray &eventJson,
                             const QString &address);
/// Whether a function can be invoked by it from outside: SDKs do that inside of functions only.
[[nodiscard]] bool canInvoke(CopyLanguage language);
/// What invokes \a slug with these data over HTTP (protocol.md §3.8), or the data alone as JSON.
/// Only if `canInvoke`.
[[nodiscard]] QString copyInvocationAs(CopyLanguage language, const QByteArray &slug,
                                       const QByteArray &data, const QString &address);
/// `curl`, `TypeScript`; names, not translated.
[[nodiscard]] QString languageName(CopyLanguage language);

/// `{"name":…,"data":…}`, the id, the time and the user if there are such; data, user and id as
/// they are.
[[nodiscard]] QByteArray eventToSend(const QByteArray &name, const QByteArray &id,
                                     const QByteArray &data,
                                     std::optional<devserver::TimePoint> ts = {},
                                     const QByteArray &user = {});
/// The elements of an array, as they were written; empty: it is none.
[[nodiscard]] QByteArrayList elementsOf(const QByteArray &json);
/// The same of a stored event, without what the server added: to send it again.
[[nodiscard]] QByteArray eventAsSent(const QByteArray &storedJson, bool hasOwnId);
/// The user of an event; empty: it has none, or one without members.
[[nodiscard]] QByteArray userOf(const QByteArray &eventJson);
/// The bytes of one member of an object; empty if there is none.
[[nodiscard]] QByteArray memberOf(const QByteArray &json, const QByteArray &key);

} // namespace console

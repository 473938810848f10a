// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "ui/core/catalog.h"
#include "ui/core/theme.h"

#include <QString>

/// The state of an app in words, and how to mend it (ui.md §13.2; codes of protocol.md §2.3).
namespace console {

enum class AppState { Synced, Unreachable, Refused, NoFunctions, SdkTooOld, WrongAnswer, Waiting };

[[nodiscard]] AppState appState(const devserver::App &app, int functions);
/// `Synced`, `Unreachable`, …
[[nodiscard]] QString appStateWord(AppState state);
[[nodiscard]] Token appStateToken(AppState state);
[[nodiscard]] QString appStateIcon(AppState state);
/// What is wrong and what to do about it, one or two sentences; empty if all is well.
[[nodiscard]] QString appFix(const devserver::App &app, int functions);
/// Its address is known, and nobody asked there yet.
[[nodiscard]] bool isBeingAsked(const devserver::App &app);
/// A scan found something at its address that never registered: it may be no app, or not one that
/// is meant for this server.
[[nodiscard]] bool isGuess(const devserver::App &app);
/// What the navigation and the status bar count: no guesses, but for an app that refuses us. It is
/// an app, and there is something to do about it.
[[nodiscard]] bool isCounted(const devserver::App &app);
/// What people type for an address: `3000`, `localhost:3000`, a whole URL. Empty if it is none.
[[nodiscard]] QString addressFrom(const QString &typed);
/// Of a text that is no address.
[[nodiscard]] QString noAddressWords();
/// `TypeScript 4.24.0` of `js:v4.24.0`; it stands beside `SDK`.
[[nodiscard]] QString sdkWords(const QByteArray &sdk);
/// `localhost:3000/api/inngest`: without `http://`, which all have.
[[nodiscard]] QString appAddress(const devserver::App &app);
/// What came of asking an app: `Synced`, `Unreachable: connection refused`.
[[nodiscard]] QString contactWords(const AppContact &contact);
/// Name, or the address of an app that never synced.
[[nodiscard]] QString appTitle(const devserver::App &app);

/// `80, 443, 3000–3010, … and 8910–8915`: where apps are looked for.
[[nodiscard]] QString portsWords(quint16 ownPort);
/// How an app came to be known, in a word or two and as a sentence goes on.
[[nodiscard]] QString appMethod(const devserver::App &app);
[[nodiscard]] QString appMethodWords(const devserver::App &app);

/// An app at an address has registered; then the server looks for no other.
[[nodiscard]] bool hasAnyAnswered(const std::vector<devserver::App> &apps);

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/input.h"
#include "devserver/engine/turn.h"

#include <QByteArray>

#include <map>

/// Whether an app is let in at the address where it registers, and what is told if not (protocol
/// §2.5).
namespace devserver::engine {

using AppPlace = std::map<AppId, AppEntry>::iterator;

void writeApp(Turn &turn, AppEntry &entry);

/// For placeholders only: no call queues there. \returns the next one.
AppPlace erasePlaceholder(Turn &turn, AppPlace place);
/// An app that registers may refuse its calls all the same: their answers tell, until it registers
/// with something else.
void noteCall(Turn &turn, AppEntry &entry, const CallAnswer &answer);
/// Addresses that a scan found and where this app answers, too.
void eraseStrays(Turn &turn, const AppId &app);

/// Why this app cannot register at that address; an empty reason: it can.
[[nodiscard]] SyncRefused whyNotHere(const State &state, const AppId &id,
                                     const Registration &given);
/// Good news that takes the place of what was told about a refusal, if that was.
void takeBackRefusal(Turn &turn, AppEntry &entry, const QByteArray &words);

} // namespace devserver::engine

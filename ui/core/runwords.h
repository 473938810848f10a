// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/theme.h"

#include <QString>

namespace devserver::api {
struct LetterSummary;
}

/// What the states of the engine are called and look like in the window (ui.md §3.1).
namespace console {

enum class DisplayState {
    Queued,
    Running,
    Waiting,
    Paused,
    Completed,
    Failed, ///< its dead letter was discarded
    Dead,   ///< failed, with an open dead letter
    Cancelled,
    Skipped,
};

enum class WaitReason { None, Sleep, Backoff, AppOffline, NoHandler, Delayed };

/// A run is Waiting when no branch of it executes; the reason is what ends first.
[[nodiscard]] DisplayState displayState(devserver::RunStatus status,
                                        const std::optional<devserver::ActivityKind> &first,
                                        const std::optional<devserver::LetterState> &letter);
[[nodiscard]] DisplayState displayState(const devserver::api::RunSummary &run);
[[nodiscard]] WaitReason waitReason(const devserver::api::RunSummary &run);
/// When its waiting ends by itself, if that is known.
[[nodiscard]] std::optional<devserver::TimePoint> waitEnd(const devserver::api::RunSummary &run);

/// `Completed`, translated.
[[nodiscard]] QString stateWord(DisplayState state);
/// `Waiting · sleep`, translated.
[[nodiscard]] QString stateWords(const devserver::api::RunSummary &run);
[[nodiscard]] QString waitWord(WaitReason reason);
/// The word in the filter language, never translated: `completed`.
[[nodiscard]] QByteArray stateKey(DisplayState state);
/// Name in the icon set: `state-completed`.
[[nodiscard]] QString stateIcon(DisplayState state, WaitReason reason = WaitReason::None);
[[nodiscard]] Token stateToken(DisplayState state, WaitReason reason = WaitReason::None);
[[nodiscard]] bool hasEnded(DisplayState state);
/// The name of its function, as people read it.
[[nodiscard]] QString functionOf(const devserver::api::RunSummary &run);
[[nodiscard]] QString functionOf(const devserver::api::LetterSummary &letter);

} // namespace console

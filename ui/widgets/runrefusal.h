// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

namespace devserver {
enum class LetterState;
}

namespace devserver::api {
struct RunSummary;
}

/// What the keys say that do nothing to a run (ui.md §2/10).
namespace console {

struct InfoText;

/// Actions on a run whose keys answer where they can do nothing.
[[nodiscard]] const QByteArrayList &answeringRunActions();

/// `Nothing to retry: this run completed.`; of several runs that it fits none of them. \a run null:
/// several, or none. \a reason  what else is known, said where nothing better is
[[nodiscard]] QString runRefusal(const QByteArray &action, const devserver::api::RunSummary *run,
                                 const QString &reason);
/// \a why  `this run sleeps.`
[[nodiscard]] QString runRefusal(const QByteArray &action, const QString &why);

/// What became of the dead letter of a run, as such a reason: `this run is being retried.`
[[nodiscard]] QString whatBecameOf(devserver::LetterState letter, const QByteArray &action);

/// The only one of its view; it takes not the place of what was done.
[[nodiscard]] InfoText refusalBar(const QString &text);

} // namespace console

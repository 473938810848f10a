// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QByteArray>
#include <QString>

#include <vector>

/// Runs as text to paste: into a bug report, a chat, a script (ui.md §6.3, `Copy`). Times are UTC,
/// so that they mean the same where they are read.
namespace console {

/// One object, or an array of them; what is not known is left out.
[[nodiscard]] QByteArray runsJson(const std::vector<devserver::api::RunSummary> &runs,
                                  devserver::TimePoint now);
/// A table with one line per run.
[[nodiscard]] QString runsMarkdown(const std::vector<devserver::api::RunSummary> &runs,
                                   devserver::TimePoint now);
/// One run with its steps and its error.
[[nodiscard]] QString runMarkdown(const devserver::api::RunRecord &record,
                                  devserver::TimePoint now);

/// Where the server shows the run to everybody: `http://127.0.0.1:8288/v1/runs/01…`.
[[nodiscard]] QString runLink(const QString &serverAddress, devserver::RunId run);
/// The event that started it, byte for byte.
[[nodiscard]] QByteArray runPayload(const devserver::api::RunRecord &record);
/// Of a failed run, or of the last attempt that failed; with its stack. Empty if there is none.
[[nodiscard]] QString runErrorText(const devserver::api::RunRecord &record);

} // namespace console

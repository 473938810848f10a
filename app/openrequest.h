// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "devserver/model/result.h"

#include <QStringList>

namespace console {

/// What a start of the window is asked to show: `open run 01J9…` at the end of the command line.
struct OpenRequest {
    devserver::RunId run; ///< null: just the window

    bool operator==(const OpenRequest &) const = default;
};

/// Takes the words of the request out of \a arguments; the rest are options.
[[nodiscard]] devserver::Result<OpenRequest> takeOpenRequest(QStringList &arguments);

/// For another start of the window, and back; what is not understood is left out.
[[nodiscard]] QStringList toWords(const OpenRequest &request);
[[nodiscard]] OpenRequest fromWords(const QStringList &words);

} // namespace console

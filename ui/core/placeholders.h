// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"
#include "devserver/model/time.h"

#include <QByteArray>
#include <QByteArrayList>

#include <functional>
#include <vector>

/// `{{uuid}}`, `{{now+2h}}`, `{{random 1 100}}` … in the text of a draft (ui.md §10). Any thread.
namespace console {

struct Placeholder {
    qsizetype begin = 0; ///< of `{{`, in bytes
    qsizetype end = 0;   ///< behind `}}`
    bool isInString = false;
    QByteArrayList words; ///< `random`, `1`, `100`; empty: `{{}}`

    bool operator==(const Placeholder &) const = default;
};

/// In the order of the text. Text without an end (`{{uuid`) is none.
[[nodiscard]] std::vector<Placeholder> findPlaceholders(QByteArrayView text);

/// Of `{{file orders/one.json}}`; empty: it is another one.
[[nodiscard]] QByteArray placeholderFile(const Placeholder &placeholder);

/// What is wrong with it; empty: nothing.
[[nodiscard]] QString placeholderProblem(const Placeholder &placeholder);

/// What placeholders stand for while one event is made.
struct PlaceholderValues {
    devserver::TimePoint now;
    qint64 seq = 1;                               ///< counts all events that were sent from here
    qint64 i = 1;                                 ///< counts the copies of this send
    std::function<quint64(quint64 below)> random; ///< uniform in [0, below)
    std::function<QByteArray(const QByteArray &name)> env;
    std::function<QByteArray(const QByteArray &path)> file; ///< its content; read before
};

/// Outside of a string a placeholder becomes a whole JSON value. \returns `InvalidInput` for one
/// that is not known.
[[nodiscard]] devserver::Result<QByteArray> resolvePlaceholders(const QByteArray &text,
                                                                const PlaceholderValues &values);
/// What it will stand for: an example, or where the value comes from; of a wrong one what is wrong.
[[nodiscard]] QString placeholderHelp(const Placeholder &placeholder,
                                      const PlaceholderValues &values);
/// All of them, as they are typed, for completion and help.
[[nodiscard]] QByteArrayList placeholderExamples();

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/filtervocabulary.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace console {

/// What could stand at the cursor of a filter line.
struct FilterCompletion {
    struct Item {
        QString text; ///< what replaces the part: `state:`, `dead`, `"charge order"`
        QString what; ///< translated, dimmed; may be empty
        QString value = {}; ///< without quotes; empty for a key
    };

    int start = 0; ///< of the part of the line that an item replaces
    int length = 0;
    QByteArray key; ///< whose values are proposed; empty: keys are
    std::vector<Item> items;
};

/// Names that are there now, for keys such as `fn`; words of a key are known here.
using FilterValues = std::function<QStringList(const QByteArray &key)>;

/// Keys at the beginning of a term, values behind an operator; those that begin with what is
/// written come first, those that contain it follow. At most 50.
[[nodiscard]] FilterCompletion completeFilter(const QString &line, int cursor,
                                              FilterSubject subject, const FilterValues &values);

} // namespace console

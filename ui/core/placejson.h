// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/place.h"

#include <QJsonObject>

namespace console {

/// For the settings: what a pinned inspector showed when the window was closed.
[[nodiscard]] QJsonObject toJson(const Selection &selection);
/// Kind None if it is not one.
[[nodiscard]] Selection selectionFromJson(const QJsonObject &json);

} // namespace console

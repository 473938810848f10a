// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/options.h"

#include <QString>

#include <optional>

namespace console {

/// Nothing if the value was taken, else what was expected ("a number from 0 to 65535").
using Expected = std::optional<QString>;

/// One setter for each option that takes a value: checks it and puts it into the options.
/// Repeatable ones add to their list.
Expected setSdkUrl(Options &options, const QString &value);
Expected setPort(Options &options, const QString &value);
Expected setHost(Options &options, const QString &value);
Expected setPollInterval(Options &options, const QString &value);
Expected setRetryInterval(Options &options, const QString &value);
Expected setEventKey(Options &options, const QString &value);
Expected setSigningKey(Options &options, const QString &value);
Expected setData(Options &options, const QString &value);
Expected setAllowOrigin(Options &options, const QString &value);
Expected setLogLevel(Options &options, const QString &value);

} // namespace console

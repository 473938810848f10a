// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QString>

#include <functional>

class QWidget;

namespace console {

struct Context;

/// Asks until when \a what ("TimeoutError in charge-order") is muted; \a chosen gets a time that is
/// not over yet.
void openMuteDialog(Context &context, QWidget *parent, const QString &what,
                    std::function<void(devserver::TimePoint)> chosen);

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/outcome.h"

#include <QTimer>

namespace devserver::host {

/// The one alarm of the engine: rings when the next deadline has come (style.md 2.6). Nothing
/// polls.
class Alarm final : public QObject
{
    Q_OBJECT

public:
    explicit Alarm(QObject *parent = nullptr);

    /// Rings at \a at, at once if that has passed, never if there is none. Replaces the one before.
    void set(std::optional<TimePoint> at);

Q_SIGNALS:
    void rang();

private:
    QTimer m_timer;
};

} // namespace devserver::host

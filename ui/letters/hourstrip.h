// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/waitingrow.h"

#include <QWidget>

#include <utility>
#include <vector>

namespace console {

struct Context;

/// The next hour as a line with a dot for each thing that will happen (ui.md 12).
class HourStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit HourStrip(Context &context, QWidget *parent = nullptr);

    /// In order of time, of the next hour; of what is due \a later only the number is shown.
    void setDue(std::vector<std::pair<devserver::TimePoint, WaitingKind>> due, int later);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// A click: the first thing that is due then.
    void timeChosen(devserver::TimePoint time);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    /// Asked for once, not for each of the dots.
    struct Axis {
        devserver::TimePoint now;
        int end = 0;

        [[nodiscard]] double xOf(devserver::TimePoint time) const;
    };

    [[nodiscard]] Axis axisNow() const;
    /// What stands behind the hour: `3 later`; empty if nothing does.
    [[nodiscard]] QString laterText() const;
    [[nodiscard]] int axisEnd() const;
    void paintAxis(QPainter &painter, int line) const;

    Context &m_context;
    std::vector<std::pair<devserver::TimePoint, WaitingKind>> m_due;
    int m_later = 0; ///< due after the hour
};

} // namespace console

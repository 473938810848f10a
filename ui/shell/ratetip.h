// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QWidget>

#include <deque>

namespace console {

class Theme;

/// The events per second of the last minute, drawn as a line; stands above its place in the status
/// bar until the mouse leaves that. Between two numbers nothing changes: no timer is needed.
class RateTip final : public QWidget
{
    Q_OBJECT

public:
    explicit RateTip(const Theme &theme, QWidget *parent = nullptr);

    void add(devserver::TimePoint at, double rate);
    void showAbove(QWidget &place, devserver::TimePoint now);

    /// `Most 312, mean 40`, for those who do not see the line, too.
    [[nodiscard]] QString words() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Sample {
        devserver::TimePoint at; ///< the rate holds from then on
        double rate = 0;
    };

    const Theme &m_theme;
    std::deque<Sample> m_samples; ///< oldest first; the first one may be older than a minute
    devserver::TimePoint m_now;
};

} // namespace console

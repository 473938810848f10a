// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/callmodel.h"

#include <QWidget>

namespace console {

class Theme;

/// Where the time of a call went, as one bar with a legend below.
class TimingBar final : public QWidget
{
    Q_OBJECT

public:
    explicit TimingBar(Theme &theme, QWidget *parent = nullptr);

    void setTiming(const devserver::CallTiming &timing);

    /// `Wait 1.2 s, Transfer 3 ms`
    [[nodiscard]] QString words() const;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    std::vector<CallPhase> m_phases;
};

} // namespace console

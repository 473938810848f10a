// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace console {

/// How often a clock beats at most.
enum class FramePace : quint8 {
    Full, ///< 60 times a second
    Half, ///< 30 times a second: what changes again before the next frame is drawn once
    Slow, ///< 5 times a second
};

/// Beats at 60 Hz while somebody needs it and not at all otherwise (ui.md §4.1). GUI thread.
///
/// A beat is asked for by `request` (from any thread); after 100 ms without a request the timer
/// stops. Tests beat it by hand.
class FrameClock final : public QObject
{
    Q_OBJECT

public:
    explicit FrameClock(QObject *parent = nullptr);

    /// Somebody has work for the next frame. Any thread.
    void request();
    /// Once a second is enough for a hidden window.
    void setHidden(bool isHidden);
    void setPace(FramePace pace);
    /// No timer any more: `beat` is called by a test.
    void setManual();
    /// One frame now.
    void beat();

    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }

    [[nodiscard]] FramePace pace() const { return m_pace; }

Q_SIGNALS:
    void frame();

private:
    void startBeating();
    void applyRate();
    [[nodiscard]] std::chrono::milliseconds interval() const;

    QTimer m_timer;
    FramePace m_pace = FramePace::Full;
    bool m_isHidden = false;
    bool m_isManual = false;
    bool m_isWanted = false;
    int m_idleFrames = 0;
};

} // namespace console

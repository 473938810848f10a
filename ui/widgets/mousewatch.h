// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPoint>
#include <QPointer>

#include <chrono>
#include <optional>

class QWidget;

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

/// Where the mouse is and when it was used last, in any window; by the clock of the backend, one
/// for each. Something that moves by itself under a pointer that rests does not get the click that
/// was meant for what was there before.
class MouseWatch final : public QObject
{
    Q_OBJECT

public:
    static MouseWatch &of(devserver::api::ConsoleBackend &backend);

    /// Nobody aims at anything.
    [[nodiscard]] bool isResting() const;

    /// Whether the pointer is over what lies in \a content from \a top on.
    [[nodiscard]] bool isOver(const QWidget &content, int top) const;

    /// That has moved, and nobody asked for it.
    void noteMoved(QWidget &content, int top);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Move {
        QPointer<QWidget> content;
        int top = 0;
        QPoint pointer; ///< was there
        std::chrono::steady_clock::time_point at;
    };

    explicit MouseWatch(devserver::api::ConsoleBackend &backend);
    [[nodiscard]] bool isSurprised(const QWidget &pressed) const;

    devserver::api::ConsoleBackend &m_backend;
    std::optional<std::chrono::steady_clock::time_point> m_used;
    std::optional<QPoint> m_pointer;
    std::optional<Move> m_move; ///< since which the pointer rests
    bool m_isLost = false;      ///< the last press; its release is, too
};

} // namespace console

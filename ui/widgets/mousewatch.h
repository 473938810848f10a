// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPersistentModelIndex>
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
/// for each. Something that comes by itself under a pointer that rests does not get the click that
/// was meant for what was there before; what stayed there gets it.
class MouseWatch final : public QObject
{
    Q_OBJECT

public:
    static MouseWatch &of(devserver::api::ConsoleBackend &backend);

    /// Nobody aims at anything.
    [[nodiscard]] bool isResting() const;

    /// The pointer was seen there last.
    [[nodiscard]] bool isIn(const QWidget &widget, const QRect &part) const;
    /// A button is down.
    [[nodiscard]] static bool isPressed();

    /// What is done now was begun with the mouse, and not with a key: only the mouse makes two
    /// presses of one gesture.
    [[nodiscard]] bool isUsedNow() const { return m_isUsedNow; }

    /// Something is about to move in it.
    void noteBefore(const QWidget &content);
    /// What lies in \a content from \a top on may have moved, and nobody asked for it.
    void noteMoved(QWidget &content, int top);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What a press would hit.
    struct Aim {
        QPoint pointer;
        QPointer<QWidget> widget;
        QPoint origin;              ///< of it, in the window; not of a button or a view
        QPersistentModelIndex cell; ///< of a view

        [[nodiscard]] bool isSameAs(const Aim &other) const
        {
            return widget == other.widget && origin == other.origin && cell == other.cell;
        }
    };

    struct Move {
        QPointer<QWidget> content;
        int top = 0;
        Aim before;
        std::chrono::steady_clock::time_point at;
    };

    explicit MouseWatch(devserver::api::ConsoleBackend &backend);
    [[nodiscard]] static Aim aimAt(const QPoint &pointer, const QWidget &content);
    [[nodiscard]] bool isRecent(const Move &move) const;
    [[nodiscard]] bool isSurprised(const QWidget &pressed) const;

    devserver::api::ConsoleBackend &m_backend;
    std::optional<std::chrono::steady_clock::time_point> m_used;
    std::optional<QPoint> m_pointer;
    std::optional<Aim> m_before;
    std::optional<Move> m_move; ///< since which the pointer rests
    bool m_isLost = false;      ///< the last press; its release is, too
    bool m_isUsedNow = false;
};

} // namespace console

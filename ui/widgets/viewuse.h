// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPoint>
#include <QTimer>

#include <chrono>
#include <optional>

class QAbstractItemView;

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

/// Whether somebody uses an item view: moves the pointer over it, clicks, scrolls or types, a
/// moment ago by the clock of the backend. A pointer that was left there is no use. GUI thread.
class ViewUse final : public QObject
{
    Q_OBJECT

public:
    ViewUse(devserver::api::ConsoleBackend &backend, QAbstractItemView &view,
            QObject *parent = nullptr);

    /// Also the uses of \a part are uses of the view.
    void watch(QObject &part);

    [[nodiscard]] bool isInUse() const;

Q_SIGNALS:
    /// A moment has passed since the last use.
    void rested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool isUse(const QEvent &event);
    void noteTime();

    devserver::api::ConsoleBackend &m_backend;
    QAbstractItemView &m_view;
    std::optional<std::chrono::steady_clock::time_point> m_used;
    std::optional<QPoint> m_pointer; ///< where it was last
    QTimer m_rest;
};

} // namespace console

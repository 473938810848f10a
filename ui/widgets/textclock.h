// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

class QWidget;

namespace console {

/// Keeps texts such as `3 s ago` true while \a widget is seen, no oftener than they change and at
/// most once a second (ui.md §4.1); otherwise there is no timer. GUI thread.
class TextClock final : public QObject
{
public:
    /// Shows the texts as of now and tells how long they hold; nothing: until `restart`.
    using Show = std::function<std::optional<std::chrono::milliseconds>()>;

    /// Owned by \a widget.
    TextClock(QWidget *widget, Show show);

    /// Something else is shown now.
    void restart();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_widget;
    Show m_show;
    QTimer m_timer;
};

} // namespace console

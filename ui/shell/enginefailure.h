// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPointer>

class QDialog;
class QLabel;

namespace console {

struct Context;

/// The one modal box of the window (ui.md §21): the engine ended by itself while it was serving.
/// Says what happened, that the data are safe, saves a report and starts the server again. A full
/// disk and the like have a page of their own and are no failure of the engine.
class EngineFailure final : public QObject
{
    Q_OBJECT

public:
    EngineFailure(Context &context, QWidget &window);

private:
    void watch();
    void open();
    void restart();
    void saveReport();
    void write(const QString &path);
    [[nodiscard]] QString report() const;

    Context &m_context;
    QWidget &m_window;
    QPointer<QDialog> m_box;
    QPointer<QLabel> m_answer;
    bool m_wasServing = false;
};

} // namespace console

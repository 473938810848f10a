// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"

#include <QJsonObject>
#include <QWidget>

namespace console {

class RunPanel;
struct Context;

/// One run in a window of its own, with the same panel as in Runs; closes with Esc or Ctrl+W and
/// with the main window (ui.md §5). Deletes itself.
class RunWindow final : public QWidget
{
    Q_OBJECT

public:
    RunWindow(Context &context, devserver::RunId run, QWidget *mainWindow);

    [[nodiscard]] devserver::RunId run() const { return m_run; }

    /// Which run, where the window stands and what of the run is seen.
    [[nodiscard]] QJsonObject saveSpot() const;
    void restoreSpot(const QJsonObject &spot);

protected:
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    devserver::RunId m_run;
    RunPanel *m_panel;
};

} // namespace console

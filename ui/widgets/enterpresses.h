// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

namespace console {

/// Enter presses the button that has the focus, as Space does. Qt does so in dialogs only, which
/// keep their own rules. With a modifier it presses none. Watches all windows.
class EnterPresses final : public QObject
{
    Q_OBJECT

public:
    explicit EnterPresses(QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

namespace console {

/// Makes a key that is held one press, also when the machine is busy.
///
/// X11 sends a release and a press for each repetition, both of one time. Qt takes them for a
/// repetition only if the press has arrived when it looks at the release; otherwise each is a new
/// press, and a held key acts on row after row. This compares the times. Watches all windows; GUI
/// thread.
class HeldKeys final : public QObject
{
    Q_OBJECT

public:
    explicit HeldKeys(QObject *parent = nullptr);

    /// Whether the platform sends repetitions that way.
    [[nodiscard]] static bool areNeeded();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    int m_releasedKey = 0;
    quint64 m_releasedAt = 0; ///< time of the platform, ms
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/letters/sheet.h"

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace console {

/// Why letters are discarded (ui.md 11); the last reasons are kept.
class DiscardSheet final : public Sheet
{
    Q_OBJECT

public:
    DiscardSheet(Context &context, SheetArea *over);

    /// \param what  is discarded, in words; never empty
    void openFor(std::vector<devserver::RunId> runs, const QString &what);

Q_SIGNALS:
    void confirmed(const std::vector<devserver::RunId> &runs, const QByteArray &reason);

protected:
    [[nodiscard]] bool isChanged() const override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void check();
    void go();

    std::vector<devserver::RunId> m_runs;
    QLabel *m_note;
    QComboBox *m_reason;
    QPushButton *m_go;
    QPushButton *m_cancel;
};

} // namespace console

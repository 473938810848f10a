// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/drafthistory.h"

#include <QDialog>

class QPushButton;
class QTabWidget;

namespace console {

class DiffView;
struct Context;

/// What an entry of the history says and the draft in the editor does not, and the other way round;
/// beside it what was sent, with the placeholders resolved (ui.md §10). Deletes itself when it is
/// closed.
class DraftChanges final : public QDialog
{
    Q_OBJECT

public:
    /// \a now  the draft in the editor
    DraftChanges(Context &context, DraftHistory::Entry entry, const Draft &now, QWidget *parent);

Q_SIGNALS:
    /// One of the two is to be taken over.
    void chosen(const console::Draft &draft);

private:
    void showDiff(const Draft &now);
    [[nodiscard]] QWidget *sentPage();
    [[nodiscard]] QPushButton *useButton(const QString &name, const QString &text,
                                         const Draft &draft);

    DraftHistory::Entry m_entry;
    QTabWidget *m_tabs;
    DiffView *m_diff;
};

} // namespace console

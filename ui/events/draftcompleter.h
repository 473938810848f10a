// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/fieldprofile.h"

#include <QObject>

class QCompleter;
class QPlainTextEdit;
class QStandardItemModel;

namespace console {

/// What can be written at the caret of a draft: names and values that earlier events had, and
/// placeholders (ui.md §10).
class DraftCompleter final : public QObject
{
    Q_OBJECT

public:
    explicit DraftCompleter(QPlainTextEdit &edit);

    void setProfile(const FieldProfile *profile) { m_profile = profile; }

    /// Shows the proposals, or hides them if there are none. \a left  of the text in the editor
    void propose(int left);
    [[nodiscard]] bool isShown() const;

private:
    void proposeNames(const QString &begun);
    void proposeValues(const QString &begun);
    void add(const QString &shown, const QString &inserted);
    void insert(const QString &text);

    QPlainTextEdit &m_edit;
    QCompleter *m_completer;
    QStandardItemModel *m_proposals;
    const FieldProfile *m_profile = nullptr;
    DraftSpot m_spot; ///< where the proposals belong
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/fieldprofile.h"

#include <QObject>

class QCompleter;
class QStandardItemModel;

namespace console {

class ExactTextEdit;
class Theme;

/// What can be written at the caret of a draft: names and values that earlier events had, and
/// placeholders (ui.md §10).
class DraftCompleter final : public QObject
{
    Q_OBJECT

public:
    DraftCompleter(ExactTextEdit &edit, const Theme &theme);

    void setProfile(const FieldProfile *profile) { m_profile = profile; }

    /// Shows the proposals, or hides them if there are none. \a left  of the text in the editor
    void propose(int left);
    [[nodiscard]] bool isShown() const;
    void hide();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// The proposals came or went.
    void shownChanged();

private:
    void proposeNames(const QString &begun);
    void proposeValues(const QString &begun);
    /// \a note  dimmed, may be empty
    void add(const QString &name, const QString &note, const QString &inserted);
    void insert(const QString &text);

    ExactTextEdit &m_edit;
    QCompleter *m_completer;
    QStandardItemModel *m_proposals;
    const FieldProfile *m_profile = nullptr;
    DraftSpot m_spot; ///< where the proposals belong
};

} // namespace console

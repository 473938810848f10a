// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/innerlayout.h"

#include <QSplitter>

#include <optional>

namespace console {

/// The three panes of the composer: lists, editor, answers. The editor gets what the others leave;
/// when there is little room the lists go first, then the answers until there are some.
class DraftPanes final
    : public QSplitter
    , public InnerLayout
{
    Q_OBJECT

public:
    explicit DraftPanes(QWidget *parent = nullptr);

    void setPanes(QWidget *lists, QWidget *editor, QWidget *answers);

    [[nodiscard]] bool areListsShown() const { return m_areListsShown; }

    /// By hand; also where there is little room.
    void setListsShown(bool isShown);
    /// Something was sent: the answers are worth their room.
    void needAnswers();

    [[nodiscard]] QByteArray save() const;
    void restore(const QByteArray &saved);
    void resetLayout() override;

    /// Of the editor: the others go when there is no room.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void listsShownChanged(bool isShown);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void noteSizes();

    QWidget *m_lists = nullptr;
    QWidget *m_editor = nullptr;
    QWidget *m_answers = nullptr;
    int m_listsWidth = 0;   ///< 0: not dragged yet
    int m_answersWidth = 0; ///< likewise
    bool m_areListsShown = true;
    bool m_needsAnswers = false;
    std::optional<bool> m_choice; ///< of the lists
};

} // namespace console

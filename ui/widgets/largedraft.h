// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/lineindex.h"

#include <QWidget>

class QLabel;
class QMimeData;
class QToolButton;

namespace console {

class BigTextView;
struct Context;

/// A draft that is too large to be edited without stalls: to read and to be sent, over the editor,
/// which keeps its focus (ui.md §4.2, §10).
class LargeDraft final : public QWidget
{
    Q_OBJECT

public:
    explicit LargeDraft(Context &context, QWidget *parent);

    /// Empty: it is hidden.
    void setText(const QByteArray &text);

    /// As it was given.
    [[nodiscard]] const QByteArray &text() const { return m_text; }

    /// The same text laid out, for the screen alone.
    void showAs(const LineIndexPtr &lines);

    /// Scrolls there and selects the character.
    void goTo(qsizetype byte);

    /// Scrolls, selects, copies.
    void takeKey(QKeyEvent *event);

Q_SIGNALS:
    void editWanted();
    void removeWanted();
    void dropped(const QMimeData *data);

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void useWordsFont();
    void copySelected();
    void arrange();
    [[nodiscard]] QToolButton *makeButton(const QString &name, const QString &icon,
                                          const QString &text, const QString &tip);

    Context &m_context;
    QByteArray m_text;
    QLabel *m_words;
    QToolButton *m_edit = nullptr;
    QToolButton *m_remove = nullptr;
    BigTextView *m_view;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QWidget>

#include <functional>

class QHBoxLayout;

namespace console {

class Theme;

/// One quiet line with buttons above a content: what is not shown and how to see it.
class NoteBar final : public QWidget
{
    Q_OBJECT

public:
    explicit NoteBar(Theme &theme, QWidget *parent = nullptr);

    void clear();
    void addText(const QString &text);
    void addButton(const QString &name, const QString &text, std::function<void()> run);
    /// Shows it if something was added.
    void showNotes();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    QHBoxLayout *m_row;
};

} // namespace console

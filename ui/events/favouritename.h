// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLineEdit>

namespace console {

class Favourites;

/// Asks for the name of a favourite below the editor: Enter saves, Esc does not (ui.md §10).
class FavouriteName final : public QLineEdit
{
    Q_OBJECT

public:
    explicit FavouriteName(Favourites &favourites, QWidget *parent = nullptr);

    /// \a proposed  stands there and is selected
    void ask(const QString &proposed);
    void askToRename(const QString &favourite);

Q_SIGNALS:
    void saveWanted(const QString &name);
    void renameWanted(const QString &favourite, const QString &name);
    /// It was answered, or left with Esc.
    void left();
    void refused(const QString &problem);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void open(const QString &text);
    void take();
    void leave();

    Favourites &m_favourites;
    QString m_renaming; ///< whose new name is asked for; empty: a new one
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/favouritename.h"

#include "ui/events/favourites.h"

#include <QKeyEvent>

namespace console {

FavouriteName::FavouriteName(Favourites &favourites, QWidget *parent)
    : QLineEdit(parent)
    , m_favourites(favourites)
{
    setAccessibleName(tr("Name of the favourite"));
    setPlaceholderText(
        tr("Name of the favourite, such as orders/new order; Enter saves, Esc does not"));
    hide();
    connect(this, &QLineEdit::returnPressed, this, &FavouriteName::take);
}

void FavouriteName::ask(const QString &proposed)
{
    m_renaming.clear();
    open(proposed);
}

void FavouriteName::askToRename(const QString &favourite)
{
    m_renaming = favourite;
    open(favourite);
}

void FavouriteName::open(const QString &text)
{
    if (!m_favourites.hasFolder()) {
        Q_EMIT refused(tr("Favourites need a data file: start Redrive with one"));
        return;
    }
    setText(text);
    show();
    setFocus();
    selectAll();
}

void FavouriteName::take()
{
    const QString name = text().trimmed();
    if (const QString problem = Favourites::nameProblem(name); !problem.isEmpty()) {
        Q_EMIT refused(problem);
        return;
    }
    if (m_renaming.isEmpty())
        Q_EMIT saveWanted(name);
    else
        Q_EMIT renameWanted(m_renaming, name);
    leave();
}

void FavouriteName::leave()
{
    hide();
    m_renaming.clear();
    Q_EMIT left();
}

void FavouriteName::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QLineEdit::keyPressEvent(event);
}

} // namespace console

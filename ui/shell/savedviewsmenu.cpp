// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/savedviewsmenu.h"

#include "ui/shell/mainwindow.h"
#include "ui/shell/savedviewsdialog.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/view.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QMenu>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SavedViews", text);
}

void addViews(QMenu *menu, MainWindow &window, const QString &title,
              const std::vector<SavedView> &views, const QString &now)
{
    if (views.empty())
        return;
    menu->addSection(title);
    for (const SavedView &saved : views) {
        QString text = saved.name;
        text.replace(u'&', u"&&"_s);
        QAction *action = menu->addAction(text);
        action->setToolTip(saved.filter);
        action->setCheckable(true);
        action->setChecked(saved.filter == now);
        QObject::connect(action, &QAction::triggered, &window,
                         [&window, saved] { window.showSavedView(saved); });
    }
}

} // namespace

FilterEdit *filterOf(MainWindow &window)
{
    const View *view = window.currentView();
    return view == nullptr ? nullptr : qobject_cast<FilterEdit *>(view->filterLine());
}

void openSavedViewsMenu(MainWindow &window)
{
    FilterEdit *edit = filterOf(window);
    if (edit == nullptr)
        return;
    Workspace &workspace = window.workspace();
    auto *menu = new QMenu(&window);
    menu->setObjectName(u"savedViewsMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addAction(workspace.actions.action("filter.save"_ba));
    const QByteArray view = edit->viewName();
    const QString now = edit->text().trimmed();
    addViews(menu, window, tr("Yours"), workspace.savedViews.own(view), now);
    addViews(menu, window, tr("Ready made"), SavedViews::presets(view), now);
    menu->addSeparator();
    QAction *manage = menu->addAction(tr("Manage saved views…"));
    manage->setEnabled(!workspace.savedViews.own().empty());
    QObject::connect(manage, &QAction::triggered, &window,
                     [&window] { openSavedViewsDialog(window.workspace().context, &window); });
    workspace.actions.refresh();
    const int width = menu->sizeHint().width();
    menu->popup(edit->mapToGlobal(QPoint(edit->width() - width, edit->height() + 2)));
}

void openSaveView(MainWindow &window)
{
    const FilterEdit *edit = filterOf(window);
    const View *view = window.currentView();
    if (edit == nullptr || view == nullptr)
        return;
    SavedView saved{.name = edit->text().trimmed(),
                    .view = edit->viewName(),
                    .filter = edit->text().trimmed(),
                    .look = QJsonDocument::fromJson(view->saveState()).object()};
    const QJsonObject rows = view->saveRows();
    for (auto part = rows.begin(); part != rows.end(); ++part)
        saved.look.insert(part.key(), part.value());
    // What was dragged is not part of it.
    for (const QString &key : saved.look.keys()) {
        if (key.contains(u"splitter"_s, Qt::CaseInsensitive))
            saved.look.remove(key);
    }
    openSaveViewDialog(window.workspace().context, saved, &window);
}

} // namespace console

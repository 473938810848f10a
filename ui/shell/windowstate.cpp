// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What a main window remembers and the events of the window itself.

#include "ui/shell/mainwindow.h"
#include "ui/shell/navrail.h"
#include "ui/shell/viewtable.h"
#include "ui/widgets/view.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QTimer>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrowWindow = 1200; ///< below this the inspector waits to be asked for

const QString geometryKey = u"window/geometry"_s;
const QString docksKey = u"window/docks"_s;
const QString sizedDocksKey = u"window/sizedDocks"_s;
const QString labelsKey = u"window/railLabels"_s;
const QString viewKey = u"window/view"_s;

QString keyOf(const View &view, QStringView what)
{
    return u"views/%1/%2"_s.arg(QString::fromLatin1(view.name()), what);
}

} // namespace

void MainWindow::restoreWindow()
{
    const Settings &settings = m_workspace.settings;
    restoreGeometry(settings.value(geometryKey).toByteArray());
    if (m_inner->restoreState(settings.value(docksKey).toByteArray(), dockLayoutVersion)) {
        for (const QString &name : settings.value(sizedDocksKey).toStringList())
            m_sizedDocks.insert(name.toLatin1());
    }
    m_rail->setLabelsShown(settings.value(labelsKey, true).toBool());
    if (QDockWidget *inspector = dock("inspector"_ba);
        inspector != nullptr && width() < narrowWindow * settings.fontPercent() / 100)
        inspector->hide();
    const QByteArray remembered = settings.value(viewKey).toByteArray();
    showView(view(remembered) == nullptr ? viewTable().front().name : remembered);
}

void MainWindow::saveState()
{
    Settings &settings = m_workspace.settings;
    settings.setValue(geometryKey, saveGeometry());
    settings.setValue(docksKey, m_inner->saveState(dockLayoutVersion));
    QStringList sized;
    for (const QByteArray &name : std::as_const(m_sizedDocks))
        sized.append(QString::fromLatin1(name));
    settings.setValue(sizedDocksKey, sized);
    settings.setValue(labelsKey, m_rail->areLabelsShown());
    if (const View *now = currentView())
        settings.setValue(viewKey, now->name());
    for (const auto &[name, made] : m_views)
        saveView(*made);
}

void MainWindow::saveView(const View &view)
{
    Settings &settings = m_workspace.settings;
    const Place place = view.place();
    settings.setValue(keyOf(view, u"state"), view.saveState());
    settings.setValue(keyOf(view, u"filter"), place.filter);
    settings.setValue(keyOf(view, u"subject"), place.subject);
}

void MainWindow::restoreView(View *view)
{
    const Settings &settings = m_workspace.settings;
    const QByteArray state = settings.value(keyOf(*view, u"state")).toByteArray();
    if (!state.isEmpty())
        view->restoreState(state);
    const Place place{.view = view->name(),
                      .filter = settings.value(keyOf(*view, u"filter")).toString(),
                      .subject = settings.value(keyOf(*view, u"subject")).toByteArray()};
    if (!place.filter.isEmpty() || !place.subject.isEmpty())
        view->showPlace(place);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveState();
    QMainWindow::closeEvent(event);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    // Not before: the docks would share out the space of a window that has none yet.
    QTimer::singleShot(0, this, &MainWindow::sizeDocks);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::WindowStateChange)
        m_workspace.clock.setHidden(isMinimized());
    QMainWindow::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier)
        stepBack();
    else
        QMainWindow::keyPressEvent(event);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::MouseButtonPress || !watched->isWidgetType())
        return QMainWindow::eventFilter(watched, event);
    const auto *widget = static_cast<QWidget *>(watched);
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (widget->window() != this)
        return QMainWindow::eventFilter(watched, event);
    if (mouse->button() == Qt::BackButton) {
        goBack();
        return true;
    }
    if (mouse->button() == Qt::ForwardButton) {
        goForward();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace console

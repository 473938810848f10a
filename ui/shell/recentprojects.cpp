// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/recentprojects.h"

#include "devserver/api/consolebackend.h"
#include "ui/shell/projectname.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int charsOfPath = 60;

QString listKey()
{
    return u"projects/recent"_s;
}

/// Of the data file that is open; it may have been named from where the program was started.
QString openFile(const Context &context)
{
    const QString dataFile = context.backend.server().dataFile;
    return dataFile.isEmpty() ? QString() : QFileInfo(dataFile).absoluteFilePath();
}

/// `~/shop/redrive.db`
QString shortPath(const QString &path)
{
    const QString home = QDir::homePath() + u'/';
    return path.startsWith(home) ? u"~/"_s + path.mid(home.size()) : path;
}

} // namespace

RecentProjects::RecentProjects(Context &context, QMenu *menu, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_menu(menu)
    , m_isThere([](const QString &path) { return QFileInfo::exists(path); })
{
    connect(menu, &QMenu::aboutToShow, this, &RecentProjects::look);
    connect(&context.navigator, &Navigator::projectRequested, this, &RecentProjects::open);
    look();
}

QStringList RecentProjects::files() const
{
    return m_context.settings.value(listKey()).toStringList();
}

void RecentProjects::note(const QString &dataFile)
{
    if (dataFile.isEmpty())
        return;
    m_context.settings.prepend(listKey(), QFileInfo(dataFile).absoluteFilePath(), most);
    look();
}

void RecentProjects::clear()
{
    const QString open = openFile(m_context);
    const bool isNoted = files().contains(open);
    m_context.settings.setValue(listKey(), isNoted ? QStringList{open} : QStringList());
    look();
}

bool RecentProjects::isEmpty() const
{
    return m_context.navigator.recentProjects().empty();
}

void RecentProjects::lookWith(std::function<bool(const QString &)> isThere,
                              std::chrono::milliseconds patience)
{
    m_isThere = std::move(isThere);
    m_one.setPatience(patience);
}

void RecentProjects::look()
{
    QStringList others = files();
    others.removeAll(openFile(m_context));
    // Until it is known better, they are where they were.
    const std::vector<RecentProject> before = m_context.navigator.recentProjects();
    std::vector<RecentProject> projects;
    for (const QString &file : std::as_const(others)) {
        const auto known = std::ranges::find(before, file, &RecentProject::dataFile);
        projects.push_back({.dataFile = file, .isThere = known == before.end() || known->isThere});
    }
    take(projects);
    m_list.start([this, isThere = m_isThere, projects]() mutable -> FileLook::Then {
        for (RecentProject &project : projects)
            project.isThere = isThere(project.dataFile);
        return [this, projects] { take(projects); }; // `this` is used here only
    });
}

void RecentProjects::take(std::vector<RecentProject> projects)
{
    const bool isSame = projects == m_context.navigator.recentProjects();
    m_context.navigator.setRecentProjects(std::move(projects));
    if (!isSame || m_menu->actions().isEmpty())
        showMenu();
    m_menu->menuAction()->setEnabled(!isEmpty());
    m_menu->menuAction()->setToolTip(isEmpty() ? tr("No other data file was open before")
                                               : QString());
    m_context.actions.refresh();
}

void RecentProjects::showMenu()
{
    for (QAction *action : m_menu->actions()) {
        if (action->parent() != this)
            continue;
        m_menu->removeAction(action);
        action->setObjectName({});
        action->deleteLater(); // it may be what was chosen
    }
    QAction *const below = m_menu->actions().isEmpty() ? nullptr : m_menu->actions().first();
    int number = 0;
    for (const RecentProject &project : m_context.navigator.recentProjects()) {
        const QString path = shortPath(project.dataFile);
        QString text =
            u"%1   %2"_s.arg(projectName(project.dataFile),
                             path.size() > charsOfPath ? u'…' + path.last(charsOfPath) : path);
        auto *action = new QAction(text.replace(u'&', u"&&"_s), this);
        action->setObjectName(u"recentProject%1"_s.arg(number++));
        action->setEnabled(project.isThere);
        action->setToolTip(project.isThere ? project.dataFile
                                           : tr("%1 is not there any more").arg(project.dataFile));
        connect(action, &QAction::triggered, this, [this, file = project.dataFile] { open(file); });
        m_menu->insertAction(below, action);
    }
    if (number > 0 && below != nullptr) {
        auto *line = new QAction(this);
        line->setSeparator(true);
        m_menu->insertAction(below, line);
    }
}

void RecentProjects::open(const QString &dataFile)
{
    look();
    m_one.start(
        [this, isThere = m_isThere, dataFile]() -> FileLook::Then {
            if (isThere(dataFile))
                return [this, dataFile] { Q_EMIT chosen(dataFile); };
            return [this, dataFile] {
                m_context.navigator.tellProblem(
                    tr("%1 is not there any more. It may have been moved or deleted; look for it "
                       "with File › Open data file.")
                        .arg(dataFile));
            };
        },
        [this, dataFile] { m_context.navigator.tellProblem(FileLook::lateText(dataFile)); });
}

} // namespace console

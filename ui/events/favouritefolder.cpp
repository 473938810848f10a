// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/favouritefolder.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace console {

using namespace Qt::StringLiterals;

namespace {

const QString folderKey = u"folder"_s;

} // namespace

FavouriteFolder::FavouriteFolder(QObject *parent)
    : QObject(parent)
{
    connect(&m_file, &ProjectFile::problem, this, &FavouriteFolder::problem);
}

void FavouriteFolder::open(const QString &dataFile)
{
    const QString project = dataFile.isEmpty() ? QString() : QFileInfo(dataFile).path();
    if (project == m_project)
        return;
    m_project = project;
    m_file.open(ProjectFile::beside(dataFile, u"favourites.json"_s));
    const QString kept = m_file.content()[folderKey].toString();
    m_path = kept.isEmpty() || project.isEmpty()
                 ? usual()
                 : QDir::cleanPath(QDir(project).absoluteFilePath(kept));
    Q_EMIT changed();
}

QString FavouriteFolder::usual() const
{
    return m_project.isEmpty() ? QString() : QString(m_project + u"/.redrive/events");
}

void FavouriteFolder::ask(QWidget *where)
{
    auto *dialog = new QFileDialog(where, tr("Folder of the favourites"));
    dialog->setObjectName(u"favouriteFolderDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setDirectory(QFileInfo(m_path).isDir() ? m_path : m_project);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QStringList chosen = dialog->selectedFiles();
        if (!chosen.isEmpty())
            choose(chosen.back()); // Qt's own dialog may select the folders above, too
    });
    dialog->open();
}

void FavouriteFolder::choose(const QString &folder)
{
    const QString path = QDir::cleanPath(folder);
    if (m_project.isEmpty() || path == m_path)
        return;
    m_path = path;
    const QString relative = QDir(m_project).relativeFilePath(path);
    const bool isInside = !relative.startsWith(u"..") && QDir::isRelativePath(relative);
    m_file.write(folderKey, isUsual() ? QString() : isInside ? relative : path);
    Q_EMIT changed();
}

} // namespace console

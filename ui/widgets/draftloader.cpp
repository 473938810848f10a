// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/draftloader.h"

#include "ui/core/draft.h"
#include "ui/core/format.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStringDecoder>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// Where people keep files: a folder that is hidden, as that of the program's data, is none.
QString usualFolder(const QString &project)
{
    if (!project.isEmpty() && !project.contains(u"/."_s))
        return project;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

} // namespace

DraftLoader::DraftLoader(QWidget &window)
    : QObject(&window)
    , m_window(window)
{}

void DraftLoader::ask(const QString &folder)
{
    auto *dialog = new QFileDialog(&m_window, tr("Load data"));
    dialog->setObjectName(u"draftLoadDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("JSON (*.json)"), tr("All files (*)")});
    dialog->setDirectory(m_folder.isEmpty() ? usualFolder(folder) : m_folder);
    connect(dialog, &QFileDialog::fileSelected, this, &DraftLoader::read);
    dialog->open();
}

DraftLoader::Content DraftLoader::contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {.text = {}, .problem = tr("%1: %2").arg(path, file.errorString())};
    if (file.size() > mostEventBytes)
        return {.text = {},
                .problem = tr("%1 has %2, the limit is %3")
                               .arg(QFileInfo(path).fileName(), formatSize(file.size()),
                                    formatSize(mostEventBytes))};
    QByteArray text = file.readAll();
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder.decode(text);
    if (decoder.hasError() || decoded.contains(QChar::Null))
        return {.text = {}, .problem = tr("%1 is no text").arg(QFileInfo(path).fileName())};
    return {.text = text.replace("\r\n", "\n"), .problem = {}};
}

void DraftLoader::read(const QString &path)
{
    m_folder = QFileInfo(path).path();
    Q_EMIT begun();
    m_reading.start([path](const CancelFlag &) { return contentOf(path); },
                    [this](const Content &content) {
                        if (content.problem.isEmpty())
                            Q_EMIT loaded(content.text);
                        else
                            Q_EMIT failed(content.problem);
                    });
}

} // namespace console

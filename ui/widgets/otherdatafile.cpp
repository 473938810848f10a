// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/otherdatafile.h"

#include "ui/core/projectport.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OtherDataFile", text);
}

} // namespace

QStringList argumentsFor(const QString &dataFile, quint16 port, const QStringList &given)
{
    bool isPortGiven = !qEnvironmentVariableIsEmpty("REDRIVE_PORT");
    const QStringList replaced{u"--data"_s, u"--port"_s, u"-p"_s};
    const auto hasValueInIt = [&replaced](const QString &word) {
        return std::ranges::any_of(replaced, [&word](const QString &option) {
            return word.startsWith(option.startsWith(u"--"_s) ? option + u'=' : option);
        });
    };
    QStringList arguments;
    for (qsizetype at = 0; at < given.size(); ++at) {
        const bool isRun = given[at] == u"open"_s && given.value(at + 1) == u"run"_s;
        if (isRun)
            break; // it is the last thing that is said
        if (given[at] == u"--memory"_s)
            continue; // the other one has a file
        const bool isReplaced = replaced.contains(given[at]);
        if (isReplaced || hasValueInIt(given[at]))
            isPortGiven = isPortGiven || !given[at].startsWith(u"--data"_s);
        else
            arguments.append(given[at]);
        if (isReplaced)
            ++at; // its value
    }
    // Without need it is left out: given once, it is given to all data files after this one.
    if (isPortGiven || (projectPort(dataFile) == 0 && port != usualPort))
        arguments << u"--port"_s << QString::number(port);
    return arguments << u"--data"_s << dataFile;
}

devserver::Result<void> startWindowFor(Context &context, const QString &dataFile, quint16 port)
{
    const QStringList arguments =
        argumentsFor(dataFile, port, QCoreApplication::arguments().mid(1));
    context.navigator.saveAll(); // the other window reads it at once
    context.settings.write();
    return context.desktop.launch(QCoreApplication::applicationFilePath(), arguments);
}

void chooseDataFile(const QString &before, QWidget *parent,
                    const std::function<void(const QString &)> &chosen)
{
    auto *dialog = new QFileDialog(parent, tr("Choose a data file"), QFileInfo(before).path());
    dialog->setObjectName(u"dataFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // That of a file that is saved: it need not be there yet, and one that is keeps its data.
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->setLabelText(QFileDialog::Accept, tr("Open"));
    dialog->setNameFilters({tr("Data files (*.db)"), tr("All files (*)")});
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [chosen](const QString &path) {
        const QFileInfo file(path);
        const bool isNewName = !file.exists() && file.suffix().isEmpty();
        chosen(isNewName ? path + u".db"_s : path);
    });
    dialog->open();
}

} // namespace console

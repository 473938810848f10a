// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/otherdatafile.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OtherDataFile", text);
}

} // namespace

QStringList argumentsFor(const QString &dataFile, const QStringList &given)
{
    const QString option = u"--data"_s;
    QStringList arguments;
    for (qsizetype at = 0; at < given.size(); ++at) {
        const bool isRun = given[at] == u"open"_s && given.value(at + 1) == u"run"_s;
        if (isRun)
            break; // it is the last thing that is said
        if (given[at] == option)
            ++at; // its value
        else if (!given[at].startsWith(option + u'='))
            arguments.append(given[at]);
    }
    return arguments << option << dataFile;
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
    dialog->setNameFilter(tr("Data files (*.db)"));
    dialog->setDefaultSuffix(u"db"_s);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
}

} // namespace console

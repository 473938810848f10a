// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/quitquestion.h"

#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconExtent = 32;

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("QuitQuestion", text, nullptr, count);
}

} // namespace

void askToQuit(Context &context, const WorkInFlight &work, QWidget *window,
               std::function<void()> quit)
{
    if (auto *open = window->findChild<QMessageBox *>(u"quitQuestion"_s)) {
        open->raise();
        open->activateWindow();
        return;
    }
    auto *box = new QMessageBox(window);
    box->setObjectName(u"quitQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(work.isForOther ? tr("Open data file") : tr("Quit"));
    box->setIconPixmap(
        context.icons.pixmap(u"help"_s, Token::Accent, iconExtent, window->devicePixelRatioF()));
    const auto running = static_cast<int>(work.running);
    if (work.isForOther)
        box->setText(running == 1
                         ? tr("A run is being executed. Open the other data file?")
                         : tr("%n runs are being executed. Open the other data file?", running));
    else
        box->setText(running == 1 ? tr("A run is being executed. Quit?")
                                  : tr("%n runs are being executed. Quit?", running));
    box->setInformativeText(
        work.isKept ? tr("Finished steps are kept. Steps that are cut off are tried again when "
                         "this data file is opened the next time.")
                    : tr("The data are only in memory: runs and events are gone afterwards."));
    QPushButton *accept =
        box->addButton(work.isForOther ? tr("Open") : tr("Quit"), QMessageBox::AcceptRole);
    accept->setObjectName(u"quitAccept"_s);
    QPushButton *stay = box->addButton(QMessageBox::Cancel);
    stay->setObjectName(u"quitStay"_s);
    box->setDefaultButton(accept);
    box->setEscapeButton(stay);
    auto *never = new QCheckBox(tr("Do not ask again"), box);
    never->setObjectName(u"quitNeverAsk"_s);
    box->setCheckBox(never);
    QObject::connect(box, &QMessageBox::buttonClicked, window,
                     [&settings = context.settings, accept, never,
                      quit = std::move(quit)](const QAbstractButton *clicked) {
                         if (clicked != accept)
                             return;
                         if (never->isChecked())
                             settings.setAsksBeforeQuit(false);
                         quit();
                     });
    box->open();
}

} // namespace console

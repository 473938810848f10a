// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/askingdialog.h"

#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

void AskingDialog::reject()
{
    if (!m_isChanged || !m_isChanged())
        QDialog::reject();
    else
        askToDiscard(this, [this] { QDialog::reject(); });
}

void askToDiscard(QWidget *where, std::function<void()> discard)
{
    const auto *open = where->findChild<QMessageBox *>(u"discardQuestion"_s);
    if (open != nullptr && open->isVisible())
        return;
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, where->window()->windowTitle(),
                        AskingDialog::tr("Discard your changes?"), QMessageBox::NoButton, where);
    box->setObjectName(u"discardQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *accept =
        box->addButton(AskingDialog::tr("Discard changes"), QMessageBox::AcceptRole);
    accept->setObjectName(u"discardAccept"_s);
    QPushButton *keep = box->addButton(AskingDialog::tr("Keep editing"), QMessageBox::RejectRole);
    keep->setObjectName(u"discardKeep"_s);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    QObject::connect(box, &QMessageBox::buttonClicked, where,
                     [accept, discard = std::move(discard)](const QAbstractButton *clicked) {
                         if (clicked == accept)
                             discard();
                     });
    box->open();
}

} // namespace console

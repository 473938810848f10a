// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/about.h"

#include "ui/widgets/context.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconExtent = 64;

QString tr(const char *text)
{
    return QCoreApplication::translate("About", text);
}

} // namespace

void openAbout(Context &context, QWidget *parent)
{
    Q_UNUSED(context)
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(u"aboutDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("About Redrive"));
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(16);
    auto *row = new QHBoxLayout;
    row->setSpacing(20);
    auto *icon = new QLabel(dialog);
    icon->setPixmap(QIcon(u":/icons/redrive.svg"_s)
                        .pixmap(QSize(iconExtent, iconExtent), dialog->devicePixelRatioF()));
    row->addWidget(icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    auto *title = new QLabel(QStringLiteral("Redrive " REDRIVE_VERSION), dialog);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    words->addWidget(title);
    words->addWidget(new QLabel(tr("A desktop console for durable functions."), dialog));
    auto *small = new QLabel(tr("Apache License 2.0. This program sends nothing anywhere.\nQt %1")
                                 .arg(QString::fromLatin1(qVersion())),
                             dialog);
    small->setForegroundRole(QPalette::PlaceholderText);
    words->addWidget(small);
    row->addLayout(words, 1);
    layout->addLayout(row);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
    dialog->open();
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/settingsdialog.h"

#include "ui/shell/settingspages.h"
#include "ui/widgets/context.h"
#include "ui/widgets/settings.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SettingsDialog", text);
}

} // namespace

void openSettings(Context &context, QWidget *parent)
{
    if (auto *open = parent->findChild<QDialog *>(u"settingsDialog"_s)) {
        open->raise();
        open->activateWindow();
        return;
    }
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(u"settingsDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Settings"));
    dialog->resize(dialog->fontMetrics().averageCharWidth() * 110, 560);
    auto *categories = new QListWidget(dialog);
    categories->setObjectName(u"settingsCategories"_s);
    categories->setAccessibleName(tr("Categories"));
    categories->addItems({tr("Appearance"), tr("Keyboard"), tr("Editor")});
    for (int row = 0; row < categories->count(); ++row)
        categories->item(row)->setSizeHint(QSize(0, categories->fontMetrics().height() + 14));
    categories->setFixedWidth(dialog->fontMetrics().averageCharWidth() * 24);
    categories->setSpacing(1);
    auto *pages = new QStackedWidget(dialog);
    pages->addWidget(makeAppearancePage(context.settings, pages));
    pages->addWidget(makeKeyboardPage(context, pages));
    pages->addWidget(makeEditorPage(context.settings, pages));
    QObject::connect(categories, &QListWidget::currentRowChanged, pages,
                     &QStackedWidget::setCurrentIndex);
    categories->setCurrentRow(0);
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(categories);
    row->addWidget(pages, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(row, 1);
    layout->addWidget(buttons);
    dialog->open();
    categories->setFocus();
}

} // namespace console

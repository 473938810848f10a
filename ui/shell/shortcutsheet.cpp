// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/shortcutsheet.h"

#include "ui/shell/shortcuttable.h"
#include "ui/widgets/context.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

void openShortcutSheet(Context &context, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(u"shortcutSheet"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(QCoreApplication::translate("ShortcutSheet", "Keyboard shortcuts"));
    dialog->resize(dialog->fontMetrics().averageCharWidth() * 90, 620);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(new ShortcutTable(context, false, dialog));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
    dialog->open();
    // To the end of a row: none is cut.
    const auto *table = dialog->findChild<QTableView *>(u"shortcutTable"_s);
    const int row = table->verticalHeader()->defaultSectionSize();
    dialog->resize(dialog->width(), dialog->height() - table->viewport()->height() % row);
}

} // namespace console

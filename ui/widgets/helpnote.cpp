// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/helpnote.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int noteMargin = 20;
constexpr int charsInLine = 64;

} // namespace

void showHelpNote(QWidget *parent, const QString &name, const QString &title,
                  const QStringList &paragraphs)
{
    if (auto *open = parent->findChild<QDialog *>(name)) {
        open->raise();
        open->activateWindow();
        return;
    }
    auto *note = new QDialog(parent);
    note->setObjectName(name);
    note->setAttribute(Qt::WA_DeleteOnClose);
    note->setWindowTitle(title);
    note->setAccessibleName(title);
    auto *layout = new QVBoxLayout(note);
    layout->setContentsMargins(noteMargin, noteMargin, noteMargin, noteMargin);
    layout->setSpacing(10);
    for (int at = -1; at < paragraphs.size(); ++at) {
        auto *label = new QLabel(at < 0 ? title : paragraphs[at], note);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setFixedWidth(label->fontMetrics().averageCharWidth() * charsInLine);
        if (at < 0) {
            QFont font = label->font();
            font.setPointSizeF(font.pointSizeF() * 1.2);
            font.setWeight(QFont::DemiBold);
            label->setFont(font);
        }
        layout->addWidget(label);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, note);
    QPushButton *close = buttons->button(QDialogButtonBox::Close);
    close->setObjectName(name + u"Close"_s);
    close->setText(QDialog::tr("Close"));
    close->setIcon({});
    close->setAccessibleName(close->text());
    QObject::connect(buttons, &QDialogButtonBox::rejected, note, &QDialog::reject);
    layout->addWidget(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    note->show();
}

} // namespace console

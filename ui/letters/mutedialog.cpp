// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/mutedialog.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/primarybutton.h"
#include "ui/widgets/settings.h"

#include <QCoreApplication>
#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("MuteDialog", text);
}

/// The same time of day, some days on; in the zone of everything else in the window.
QDateTime proposed(const Context &context)
{
    constexpr int days = 3;
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(devserver::toMs(context.backend.now()));
    const bool isUtc = context.settings.timeStyle() == TimeStyle::Utc;
    const QDateTime then = (isUtc ? now.toUTC() : now).addDays(days);
    return then.addSecs(-then.time().second()).addMSecs(-then.time().msec());
}

QLabel *titleOf(const QString &what, QWidget *dialog)
{
    auto *title = new ElidedLabel(dialog);
    title->setObjectName(u"muteGroup"_s);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    title->setTextFormat(Qt::PlainText);
    title->setText(visibleText(what));
    return title;
}

} // namespace

void openMuteDialog(Context &context, QWidget *parent, const QString &what,
                    std::function<void(devserver::TimePoint)> chosen)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(u"muteDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Mute until a date"));
    auto *until = new QDateTimeEdit(dialog);
    until->setTimeSpec(proposed(context).timeSpec());
    until->setDateTime(proposed(context));
    until->setObjectName(u"muteUntil"_s);
    until->setAccessibleName(tr("Muted until"));
    until->setDisplayFormat(u"yyyy-MM-dd HH:mm"_s);
    until->setCalendarPopup(true);
    auto *note = new QLabel(dialog);
    note->setObjectName(u"muteNote"_s);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    const QString whatItDoes = tr("Muted letters are not counted in the navigation until then.");
    note->setMinimumWidth(note->fontMetrics().horizontalAdvance(whatItDoes) + 1); // in one line
    auto *buttons = new QDialogButtonBox(dialog);
    auto *go = new PrimaryButton(context.theme, tr("Mute"), dialog);
    go->setObjectName(u"muteGo"_s);
    go->setDefault(true);
    buttons->addButton(go, QDialogButtonBox::AcceptRole);
    buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"muteCancel"_s);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->addRow(tr("Until"), until);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(titleOf(what, dialog));
    layout->addLayout(form);
    layout->addWidget(note);
    layout->addWidget(buttons);
    const auto chosenTime = [until] {
        return devserver::fromMs(until->dateTime().toMSecsSinceEpoch());
    };
    const auto check = [&context, note, go, chosenTime, whatItDoes] {
        const bool isAhead = chosenTime() > context.backend.now();
        go->setEnabled(isAhead);
        go->setToolTip(isAhead ? QString() : tr("This time is over"));
        note->setText(isAhead ? whatItDoes : tr("This time is over: choose a later one."));
    };
    check();
    QObject::connect(until, &QDateTimeEdit::dateTimeChanged, dialog, check);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog,
                     [&context, dialog, chosenTime, chosen = std::move(chosen)] {
                         if (chosenTime() <= context.backend.now())
                             return; // it went by while the dialog was open
                         chosen(chosenTime());
                         dialog->accept();
                     });
    dialog->open();
    until->setFocus();
}

} // namespace console

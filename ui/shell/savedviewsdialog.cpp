// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/savedviewsdialog.h"

#include "ui/widgets/askingdialog.h"
#include "ui/widgets/context.h"
#include "ui/widgets/primarybutton.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <memory>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int nameRole = Qt::UserRole;
constexpr int viewRole = Qt::UserRole + 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("SavedViews", text);
}

AskingDialog *makeDialog(const QString &name, const QString &title, QWidget *parent)
{
    auto *dialog = new AskingDialog(parent);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    return dialog;
}

QLabel *dimLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

bool isTaken(const SavedViews &views, const QByteArray &view, const QString &name)
{
    for (const SavedView &known : views.own(view)) {
        if (known.name == name)
            return true;
    }
    return false;
}

void fillList(QListWidget *list, const SavedViews &views)
{
    const int row = list->currentRow();
    const QSignalBlocker blocker(list);
    list->clear();
    for (const SavedView &saved : views.own()) {
        auto *item = new QListWidgetItem(saved.name, list); // the list owns it
        item->setFlags(item->flags() | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
        item->setCheckState(saved.isPinned ? Qt::Checked : Qt::Unchecked);
        item->setData(nameRole, saved.name);
        item->setData(viewRole, saved.view);
        item->setToolTip(saved.filter);
        item->setSizeHint(QSize(0, list->fontMetrics().height() + 12));
    }
    list->setCurrentRow(qMin(qMax(row, 0), list->count() - 1));
}

/// Del and the button remove the current one; undo brings back the last.
void connectRemoval(SavedViews &views, QListWidget *list, QPushButton *remove, QPushButton *undo)
{
    const auto removed = std::make_shared<std::vector<SavedView>>();
    const auto removeCurrent = [&views, list, undo, removed] {
        const QListWidgetItem *item = list->currentItem();
        if (item == nullptr)
            return;
        for (const SavedView &saved : views.own()) {
            if (saved.name == item->data(nameRole).toString()
                && saved.view == item->data(viewRole).toByteArray())
                removed->push_back(saved);
        }
        if (removed->empty())
            return;
        undo->setEnabled(true);
        const SavedView gone = removed->back();
        views.remove(gone.view, gone.name);
    };
    QObject::connect(remove, &QPushButton::clicked, list, removeCurrent);
    auto *key = new QShortcut(QKeySequence(Qt::Key_Delete), list);
    key->setContext(Qt::WidgetShortcut);
    QObject::connect(key, &QShortcut::activated, list, removeCurrent);
    QObject::connect(undo, &QPushButton::clicked, list, [&views, undo, removed] {
        const SavedView back = removed->back();
        removed->pop_back();
        undo->setEnabled(!removed->empty());
        views.save(back);
    });
}

/// Its box or its name was changed.
void takeItem(SavedViews &views, QListWidgetItem *item, QLabel *full)
{
    const QString before = item->data(nameRole).toString();
    const QByteArray view = item->data(viewRole).toByteArray();
    if (item->text() != before) {
        if (views.rename(view, before, item->text()))
            item->setData(nameRole, item->text().trimmed()); // and once more here, without effect
        else
            item->setText(before);
        return;
    }
    const bool isDone = views.setPinned(view, before, item->checkState() == Qt::Checked);
    if (!isDone)
        item->setCheckState(Qt::Unchecked); // and once more here
    full->setVisible(!isDone);
}

} // namespace

void openSaveViewDialog(Context &context, const SavedView &saved, QWidget *parent)
{
    AskingDialog *dialog = makeDialog(u"saveViewDialog"_s, tr("Save as a view"), parent);
    auto *name = new QLineEdit(saved.name, dialog);
    name->setObjectName(u"saveViewName"_s);
    name->setAccessibleName(tr("Name"));
    name->setMinimumWidth(name->fontMetrics().averageCharWidth() * 48);
    name->selectAll();
    auto *columns = new QCheckBox(tr("Also keep columns and sorting"), dialog);
    columns->setObjectName(u"saveViewColumns"_s);
    columns->setAccessibleName(columns->text());
    columns->setChecked(true);
    auto *note = dimLabel({}, dialog);
    note->setObjectName(u"saveViewNote"_s);
    note->setWordWrap(false); // it would have room for lines that it does not need
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->addRow(tr("Name"), name);
    form->addRow(QString(), columns);
    form->addRow(QString(), note);
    auto *buttons = new QDialogButtonBox(dialog);
    auto *save = new PrimaryButton(context.theme, tr("Save"), dialog);
    buttons->addButton(save, QDialogButtonBox::AcceptRole);
    save->setObjectName(u"saveViewSave"_s);
    save->setDefault(true);
    buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"saveViewCancel"_s);
    auto *layout = static_cast<QVBoxLayout *>(dialog->layout());
    layout->addLayout(form);
    layout->addWidget(buttons);
    const auto check = [&context, name, note, save, view = saved.view] {
        const QString wanted = name->text().trimmed();
        save->setEnabled(!wanted.isEmpty());
        note->setText(isTaken(context.savedViews, view, wanted)
                          ? tr("Replaces the view of this name.")
                          : tr("Shown in the navigation, under the star and in the palette."));
    };
    check();
    dialog->setChanged([name, proposed = saved.name] { return name->text() != proposed; });
    QObject::connect(name, &QLineEdit::textChanged, dialog, check);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog,
                     [&context, dialog, name, columns, saved] {
                         SavedView kept = saved;
                         kept.name = name->text().trimmed();
                         if (!columns->isChecked())
                             kept.look = {};
                         context.savedViews.save(kept);
                         dialog->accept();
                     });
    dialog->open();
    name->setFocus();
}

void openSavedViewsDialog(Context &context, QWidget *parent)
{
    QDialog *dialog = makeDialog(u"savedViewsDialog"_s, tr("Saved views"), parent);
    dialog->resize(dialog->fontMetrics().averageCharWidth() * 64, 420);
    auto *list = new QListWidget(dialog);
    list->setObjectName(u"savedViewsList"_s);
    list->setAccessibleName(tr("Saved views"));
    list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    auto *rename = buttons->addButton(tr("Rename"), QDialogButtonBox::ActionRole);
    auto *remove = buttons->addButton(tr("Remove"), QDialogButtonBox::ActionRole);
    auto *undo = buttons->addButton(tr("Undo"), QDialogButtonBox::ActionRole);
    rename->setObjectName(u"savedViewsRename"_s);
    remove->setObjectName(u"savedViewsRemove"_s);
    undo->setObjectName(u"savedViewsUndo"_s);
    undo->setEnabled(false);
    for (QPushButton *button : {rename, remove, undo})
        button->setAutoDefault(false);
    auto *layout = static_cast<QVBoxLayout *>(dialog->layout());
    layout->addWidget(list, 1);
    auto *full =
        dimLabel(tr("A filter line has room for 8 chips: take another one away first."), dialog);
    full->setObjectName(u"savedViewsFull"_s);
    full->hide();
    layout->addWidget(full);
    layout->addWidget(dimLabel(tr("A ticked one is a chip at its filter line. F2 renames, Del "
                                  "removes. They are kept in a file beside the data of the "
                                  "project."),
                               dialog));
    layout->addWidget(buttons);
    SavedViews &views = context.savedViews;
    QObject::connect(list, &QListWidget::itemChanged, dialog,
                     [&views, full](QListWidgetItem *item) { takeItem(views, item, full); });
    QObject::connect(rename, &QPushButton::clicked, list,
                     [list] { list->editItem(list->currentItem()); });
    connectRemoval(views, list, remove, undo);
    const auto fill = [&views, list, rename, remove] {
        fillList(list, views);
        rename->setEnabled(list->count() > 0);
        remove->setEnabled(list->count() > 0);
    };
    fill();
    // Later: a change may come out of an editor of the list.
    QObject::connect(&views, &SavedViews::changed, dialog, fill, Qt::QueuedConnection);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    dialog->open();
    list->setFocus();
}

} // namespace console

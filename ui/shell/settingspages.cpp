// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/settingspages.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/savedviews.h"
#include "ui/shell/projectfolders.h"
#include "ui/shell/settingsform.h"
#include "ui/shell/shortcuttable.h"
#include "ui/shell/storagepanel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SettingsPages", text);
}

/// A choice of words; index is the enum's number.
template<typename Change>
QComboBox *addChoice(QFormLayout *form, const QString &name, const QString &label,
                     const QStringList &words, Change change)
{
    auto *box = new QComboBox(form->parentWidget());
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->addItems(words);
    box->setMinimumWidth(box->fontMetrics().averageCharWidth() * 26);
    QObject::connect(box, &QComboBox::activated, box, change);
    addField(form, label, box);
    return box;
}

QCheckBox *addCheck(QVBoxLayout *layout, const QString &name, const QString &text, QWidget *parent)
{
    auto *box = new QCheckBox(text, parent);
    box->setObjectName(name);
    box->setAccessibleName(text);
    layout->addWidget(box);
    return box;
}

struct EditorPreset {
    const char *name;
    const char *command;
};

QString librariesKey()
{
    return u"errors/libraries"_s;
}

constexpr std::array<EditorPreset, 6> editorPresets = {
    {{"Visual Studio Code", "code --goto {file}:{line}:{column}"},
     {"JetBrains", "idea --line {line} --column {column} {file}"},
     {"Zed", "zed {file}:{line}:{column}"},
     {"Sublime Text", "subl {file}:{line}:{column}"},
     {"Kate", "kate --line {line} --column {column} {file}"},
     {"Emacs", "emacsclient -n +{line}:{column} {file}"}}};

} // namespace

QWidget *makeAppearancePage(Settings &settings, QWidget *parent)
{
    const SettingsForm page = makeSettingsPage(tr("Appearance"), u"resetAppearance"_s, parent);
    auto *formArea = new QWidget(page.widget);
    QFormLayout *form = makeFields(formArea);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    page.content->addWidget(formArea);
    auto *theme =
        addChoice(form, u"settingsTheme"_s, tr("Theme"),
                  {tr("Same as the system"), tr("Light"), tr("Dark"), tr("High contrast")},
                  [&settings](int index) { settings.setTheme(static_cast<ThemeChoice>(index)); });
    auto *density = addChoice(
        form, u"settingsDensity"_s, tr("Row height"), {tr("Compact"), tr("Normal"), tr("Roomy")},
        [&settings](int index) { settings.setDensity(static_cast<Density>(index)); });
    auto *size = new QSpinBox(formArea);
    size->setObjectName(u"settingsFont"_s);
    size->setAccessibleName(tr("Text size"));
    size->setRange(80, 200);
    size->setSingleStep(10);
    size->setSuffix(u" %"_s);
    size->setKeyboardTracking(false); // not a jump per digit
    QObject::connect(size, &QSpinBox::valueChanged, size,
                     [&settings](int percent) { settings.setFontPercent(percent); });
    size->setMinimumWidth(theme->minimumWidth());
    addField(form, tr("Text size"), size);
    auto *times = addChoice(
        form, u"settingsTimes"_s, tr("Times"), {tr("Relative"), tr("Absolute"), tr("UTC")},
        [&settings](int index) { settings.setTimeStyle(static_cast<TimeStyle>(index)); });
    auto *motion = new QCheckBox(tr("Reduce motion"), formArea);
    motion->setObjectName(u"settingsMotion"_s);
    motion->setAccessibleName(motion->text());
    form->addRow(QString(), motion); // below the other fields
    QObject::connect(motion, &QCheckBox::toggled, motion,
                     [&settings](bool isOn) { settings.setReducesMotion(isOn); });
    page.content->addStretch(1);
    const auto show = [=, &settings] {
        const QSignalBlocker sizeBlocker(size);
        const QSignalBlocker motionBlocker(motion);
        theme->setCurrentIndex(static_cast<int>(settings.theme()));
        density->setCurrentIndex(static_cast<int>(settings.density()));
        times->setCurrentIndex(static_cast<int>(settings.timeStyle()));
        size->setValue(settings.fontPercent());
        motion->setChecked(settings.reducesMotion());
    };
    QObject::connect(&settings, &Settings::changed, page.widget, show);
    QObject::connect(page.reset, &QPushButton::clicked, page.widget, [&settings] {
        settings.setTheme(ThemeChoice::System);
        settings.setDensity(Density::Normal);
        settings.setFontPercent(100);
        settings.setTimeStyle(TimeStyle::Relative);
        settings.resetMotion();
    });
    show();
    return page.widget;
}

QWidget *makeKeyboardPage(Context &context, QWidget *parent)
{
    const SettingsForm page = makeSettingsPage(tr("Keyboard"), u"resetKeyboard"_s, parent);
    Settings &settings = context.settings;
    auto *single = addCheck(page.content, u"settingsSingleKeys"_s,
                            tr("Use single letters as keys in lists (R, T, C, …)"), page.widget);
    single->setChecked(settings.hasSingleKeys());
    QObject::connect(single, &QCheckBox::toggled, single,
                     [&settings](bool isOn) { settings.setSingleKeys(isOn); });
    page.content->addWidget(makeHint(
        tr("Press F2 or double-click to change the keys of an action. Keys that two actions share "
           "are marked."),
        page.widget));
    page.content->addWidget(new ShortcutTable(context, true, page.widget), 1);
    QObject::connect(page.reset, &QPushButton::clicked, page.widget, [&context, single] {
        for (const ActionSpec &spec : actionTable())
            context.settings.setValue(u"keys/actions/"_s + QString::fromLatin1(spec.id), QString());
        single->setChecked(true);
        context.settings.setSingleKeys(true); // also tells the window to read all keys again
    });
    return page.widget;
}

QWidget *makeEditorPage(Context &context, QWidget *parent)
{
    Settings &settings = context.settings;
    const SettingsForm page = makeSettingsPage(tr("Editor"), u"resetEditor"_s, parent);
    page.content->addWidget(
        makeHint(tr("Stack frames of failed steps open in your editor with this command. {file}, "
                    "{line} and {column} stand for the place in the source."),
                 page.widget));
    auto *presets = new QComboBox(page.widget);
    presets->setObjectName(u"settingsEditorPreset"_s);
    presets->setAccessibleName(tr("Known editors"));
    presets->addItem(tr("Choose an editor…"));
    for (const EditorPreset &preset : editorPresets)
        presets->addItem(QString::fromLatin1(preset.name));
    auto *command = new QLineEdit(settings.editorCommand(), page.widget);
    command->setObjectName(u"settingsEditor"_s);
    command->setAccessibleName(tr("Command"));
    command->setPlaceholderText(
        tr("for example: %1").arg(QString::fromLatin1(editorPresets.front().command)));
    useCodeFont(command);
    auto *formArea = new QWidget(page.widget);
    QFormLayout *form = makeFields(formArea);
    addField(form, tr("Editor"), presets);
    addField(form, tr("Command"), command);
    auto *libraries = new QLineEdit(settings.value(librariesKey()).toString(), page.widget);
    libraries->setObjectName(u"settingsLibraries"_s);
    libraries->setAccessibleName(tr("Library folders"));
    libraries->setPlaceholderText(tr("for example: %1").arg(u"vendor, generated/*.ts"_s));
    addField(form, tr("Library folders"), libraries);
    page.content->addWidget(formArea);
    page.content->addWidget(
        makeHint(tr("Stack frames in library folders are folded, like those of installed "
                    "packages."),
                 page.widget));
    page.content->addWidget(new ProjectFolders(context, page.widget));
    page.content->addStretch(1);
    QObject::connect(command, &QLineEdit::textEdited, command,
                     [&settings](const QString &text) { settings.setEditorCommand(text); });
    QObject::connect(libraries, &QLineEdit::textEdited, libraries,
                     [&settings](const QString &text) { settings.setValue(librariesKey(), text); });
    QObject::connect(presets, &QComboBox::activated, command, [&settings, command](int index) {
        if (index == 0)
            return;
        const EditorPreset &preset = editorPresets.at(static_cast<std::size_t>(index - 1));
        command->setText(QString::fromLatin1(preset.command));
        settings.setEditorCommand(command->text());
    });
    QObject::connect(page.reset, &QPushButton::clicked, command, [=, &settings] {
        command->clear();
        libraries->clear();
        settings.setValue(librariesKey(), {});
        presets->setCurrentIndex(0);
        settings.setEditorCommand({});
    });
    return page.widget;
}

QWidget *makeQuestionsPage(Settings &settings, QWidget *parent)
{
    const SettingsForm page = makeSettingsPage(tr("Confirmations"), u"resetQuestions"_s, parent);
    auto *quit = addCheck(page.content, u"settingsAskQuit"_s,
                          tr("Ask before quitting while runs are under way"), page.widget);
    page.content->addWidget(makeHint(
        tr("Resetting this page also brings back the confirmations that were switched off with "
           "\"Do not ask again\" and the messages about settings that are not enforced, and shows "
           "all tips again."),
        page.widget));
    page.content->addStretch(1);
    QObject::connect(quit, &QCheckBox::toggled, quit,
                     [&settings](bool isOn) { settings.setAsksBeforeQuit(isOn); });
    const auto show = [quit, &settings] {
        const QSignalBlocker blocker(quit);
        quit->setChecked(settings.asksBeforeQuit());
    };
    QObject::connect(&settings, &Settings::changed, page.widget, show);
    QObject::connect(page.reset, &QPushButton::clicked, page.widget,
                     [&settings] { settings.askAgain(); });
    show();
    return page.widget;
}

namespace {

/// Where the data file is.
QWidget *makeDataPlace(Context &context, QWidget *parent)
{
    const QString path = context.backend.server().dataFile;
    auto *place = new QWidget(parent);
    auto *file = new QLineEdit(path.isEmpty() ? tr("Only in memory") : path, place);
    file->setObjectName(u"settingsDataFile"_s);
    file->setAccessibleName(tr("Data file"));
    file->setReadOnly(true);
    file->setCursorPosition(0);
    auto *open = new QPushButton(tr("Open folder"), place);
    open->setObjectName(u"settingsDataFolder"_s);
    open->setEnabled(!path.isEmpty());
    QObject::connect(open, &QPushButton::clicked, place, [&context, path] {
        context.desktop.openUrl(QUrl::fromLocalFile(QFileInfo(path).path()));
    });
    open->setAccessibleName(open->text());
    open->setAutoDefault(false);
    auto *row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(file, 1);
    row->addWidget(open);
    return place;
}

/// As the action; its question is about the window, so that the settings close.
QPushButton *makeClearButton(Context &context, QWidget *parent)
{
    auto *clear = new QPushButton(tr("Clear data…"), parent);
    clear->setObjectName(u"settingsDataClear"_s);
    clear->setAccessibleName(clear->text());
    clear->setAutoDefault(false);
    QAction *action = context.actions.action("project.clear"_ba);
    const auto show = [&context, clear, action] {
        clear->setEnabled(action->isEnabled());
        clear->setToolTip(context.actions.reason("project.clear"_ba));
    };
    QObject::connect(&context.actions, &ActionRegistry::refreshed, clear, show);
    show();
    QObject::connect(clear, &QPushButton::clicked, clear, [clear, action] {
        clear->window()->close();
        action->trigger();
    });
    return clear;
}

} // namespace

QWidget *makeDataPage(Context &context, QWidget *parent)
{
    const SettingsForm page = makeSettingsPage(tr("Data"), u"resetData"_s, parent);
    page.reset->hide();                                       // nothing here is chosen
    QWidget *filePlace = makeDataPlace(context, page.widget); // first for Tab, too
    auto *sizePlace = new QWidget(page.widget);
    auto *size = new QLabel(sizePlace);
    size->setObjectName(u"settingsDataSize"_s);
    auto *sizeRow = new QHBoxLayout(sizePlace);
    sizeRow->setContentsMargins(0, 0, 0, 0);
    sizeRow->setSpacing(16);
    sizeRow->addWidget(size);
    sizeRow->addWidget(makeClearButton(context, sizePlace));
    sizeRow->addStretch();
    auto *formArea = new QWidget(page.widget);
    QFormLayout *form = makeFields(formArea);
    addField(form, tr("Data file"), filePlace);
    addField(form, tr("Size"), sizePlace);
    auto *contents = new StoragePanel(context, page.widget);
    addField(form, tr("Contents"), contents, contents->findChild<QLabel *>());
    page.content->addWidget(formArea);
    page.content->addWidget(
        makeHint(tr("Another data file is opened with File › Open data file, or with redrive "
                    "--data file.db. Saved views, favourites, drafts, muted groups and path "
                    "rewrites of the project are kept in the folder .redrive beside the data file. "
                    "This program sends nothing anywhere."),
                 page.widget));
    page.content->addStretch(1);
    const auto showSize = [size](const devserver::api::Counters &counters) {
        size->setText(formatSize(counters.dataBytes));
    };
    size->setText(tr("not known yet"));
    QObject::connect(&context.feed, &Feed::countersChanged, size, showSize);
    if (const std::optional<devserver::api::Counters> &last = context.feed.counters())
        showSize(*last);
    return page.widget;
}

} // namespace console

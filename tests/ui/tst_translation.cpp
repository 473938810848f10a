// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/pseudolanguage.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/shell/viewtable.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QTabBar>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

/// Words that are the same in every language.
bool isData(const QString &text)
{
    static const QStringList names = {u"TypeScript"_s, u"curl"_s, u"Python"_s, u"Go"_s,
                                      u"HTTP"_s,       u"JSON"_s, u"ID"_s,     u"now"_s};
    static const QRegularExpression size(u"^[\\d.,]+ [KMG]i?B$"_s);
    if (names.contains(text) || size.match(text).hasMatch())
        return true;
    for (const QChar c : text) {
        if (c.isLetter())
            return text.contains(PseudoLanguage::marker);
    }
    return true;
}

void check(const QWidget *widget, const QString &what, const QString &text, QStringList &findings)
{
    if (!isData(text))
        findings.append(u"%1 %2: %3 `%4` is not translated"_s.arg(
            QString::fromLatin1(widget->metaObject()->className()), widget->objectName(), what,
            text));
}

/// Texts of controls that say something themselves; labels show data, too, and are left out.
QStringList untranslated(const QWidget *root)
{
    QStringList findings;
    for (const QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != root->window()
            || widget->objectName().startsWith(u"qt_"_s))
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget);
            button != nullptr && button->objectName() != u"statusServer"_s
            && button->objectName() != u"frameLink"_s)
            check(button, u"text"_s, button->text(), findings);
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            check(edit, u"placeholder"_s, edit->placeholderText(), findings);
        if (const auto *box = qobject_cast<const QComboBox *>(widget))
            check(box, u"choice"_s, box->currentText(), findings);
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int tab = 0; tab < tabs->count(); ++tab)
                check(tabs, u"tab"_s, tabs->tabText(tab), findings);
        }
        if (const auto *header = qobject_cast<const QHeaderView *>(widget);
            header != nullptr && header->orientation() == Qt::Horizontal
            && header->model() != nullptr) {
            for (int column = 0; column < header->count(); ++column)
                check(header, u"column"_s,
                      header->model()->headerData(column, Qt::Horizontal).toString(), findings);
        }
    }
    for (const QMenu *menu : root->findChildren<QMenu *>()) {
        for (const QAction *action : menu->actions())
            check(menu, u"action"_s, action->text(), findings);
    }
    return findings;
}

} // namespace

/// Every text goes through the translator, and there is room for longer ones (ui.md §24, §27.2).
class TestTranslation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyViewIsTranslatedAndHasRoom();
};

void TestTranslation::everyViewIsTranslatedAndHasRoom()
{
    PseudoLanguage language;
    QVERIFY(QCoreApplication::installTranslator(&language));
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open({1440, 900});
    QStringList findings;
    stage.eachView(scene.deadCharge, [&](const QByteArray &name) {
        for (const QString &finding : untranslated(stage.window.get())
                                          + a11yFindings(stage.window.get())
                                          + cutOffFindings(stage.window.get()))
            findings.append(QString::fromLatin1(name) + u": "_s + finding);
        shoot(stage.window.get(), u"pseudo_"_s + QString::fromLatin1(name));
    });
    stage.key(Qt::Key_J, Qt::ControlModifier);
    findings.append(untranslated(stage.window->dock("composer"_ba)));
    shoot(stage.window.get(), u"pseudo_composer"_s);
    stage.window.reset();
    QCoreApplication::removeTranslator(&language);
    findings.removeDuplicates();
    QVERIFY2(findings.isEmpty(), qPrintable(findings.join(u'\n')));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestTranslation)
#include "tst_translation.moc"

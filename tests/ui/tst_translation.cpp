// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
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
#include <QTranslator>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar marker(0x27e6); // before every translated text

/// A language with letters that no text of the program has by itself, 40 % longer (ui.md §24).
class PseudoLanguage final : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }

    [[nodiscard]] QString translate(const char *context, const char *source, const char *,
                                    int n) const override
    {
        Q_UNUSED(n)
        if (QByteArrayView(context).startsWith("Q")) // Qt's own texts
            return {};
        const QString text = QString::fromUtf8(source);
        QString made(marker);
        for (qsizetype at = 0; at < text.size(); ++at) {
            const bool isKept = at > 0 && (text.at(at - 1) == u'%' || text.at(at - 1) == u'&');
            made += isKept ? text.at(at) : accented(text.at(at));
        }
        return made + QString(text.size() * 4 / 10, QChar(u'~')) + QChar(0x27e7);
    }

private:
    [[nodiscard]] static QChar accented(QChar letter)
    {
        static const QString plain = u"aeiouAEIOUnscy"_s;
        static const QString marked = u"àéîõüÀÉÎÕÜñšçý"_s;
        const qsizetype at = plain.indexOf(letter);
        return at < 0 ? letter : marked.at(at);
    }
};

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
            return text.contains(marker);
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

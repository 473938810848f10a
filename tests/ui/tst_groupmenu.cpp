// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/lettersstage.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/widgets/filteredit.h"

namespace console::test {

using namespace Qt::StringLiterals;

/// The menu of a group of dead letters: what is done with all of them (ui.md 11).
class TestGroupMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasWhatCanBeDone();
    void isOfTheRowAlsoAtItsArrow();
    void mutesNothingWhereNothingIsFound();
};

namespace {

devserver::api::LetterSummary mailLetter(int number)
{
    devserver::api::LetterSummary row = letter(number, "SmtpError"_ba);
    row.slug = "mail-send-welcome"_ba;
    row.functionName = "send-welcome"_ba;
    return row;
}

struct Stage : LettersStage {
    Stage()
        : LettersStage({letter(30), letter(20), mailLetter(15)})
    {}

    [[nodiscard]] QRect rowOf(const QByteArray &slug) const
    {
        const auto *groups = qobject_cast<LetterGroupModel *>(tree->model());
        return tree->visualRect(groups->indexOf({.slug = slug}));
    }

    void choose(const QByteArray &slug)
    {
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, rowOf(slug).center());
        settle();
    }

    /// By the right button.
    [[nodiscard]] QMenu *menuAt(const QPoint &at) const
    {
        QTest::mousePress(tree->viewport(), Qt::RightButton, {}, at);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, tree->viewport()->mapToGlobal(at));
        QApplication::sendEvent(tree->viewport(), &event);
        return qobject_cast<QMenu *>(QApplication::activePopupWidget());
    }
};

QStringList textsOf(const QMenu &menu)
{
    QStringList texts;
    for (const QAction *action : menu.actions())
        texts.append(action->isSeparator() ? u"-"_s : action->text());
    return texts;
}

} // namespace

void TestGroupMenu::hasWhatCanBeDone()
{
    Stage stage;
    stage.choose("shop-charge-order"_ba);
    QMenu *menu = stage.menuAt(stage.rowOf("shop-charge-order"_ba).center());
    QVERIFY(menu != nullptr);
    QCOMPARE(textsOf(*menu),
             QStringList({u"Retry 2…"_s, u"Discard 2…"_s, u"-"_s, u"Export 2…"_s, u"Mute"_s}));
    QVERIFY(clickAction(menu, [](const QAction *each) { return each->text() == u"Discard 2…"_s; }));
    stage.settle();
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "deadDiscardSheet")->isVisible());
}

/// A press there folds, and chooses nothing.
void TestGroupMenu::isOfTheRowAlsoAtItsArrow()
{
    Stage stage;
    stage.choose("shop-charge-order"_ba);
    const QRect other = stage.rowOf("mail-send-welcome"_ba);
    QMenu *menu = stage.menuAt({other.left() - 8, other.center().y()});
    QVERIFY(menu != nullptr);
    QCOMPARE(textsOf(*menu).front(), u"Retry 1…"_s);
    menu->close();
}

void TestGroupMenu::mutesNothingWhereNothingIsFound()
{
    Stage stage;
    auto *filter = child<FilterEdit>(stage.view.get(), "deadFilter");
    filter->setFocus();
    QTest::keyClicks(filter, u"fn:nothing"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    stage.settle();
    QMenu *menu = stage.menuAt(stage.tree->visualRect(stage.tree->model()->index(0, 0)).center());
    QVERIFY(menu != nullptr);
    for (const QAction *action : menu->actions())
        QVERIFY2(action->isSeparator() || !action->isEnabled(), qPrintable(action->text()));
    menu->close();
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestGroupMenu)
#include "tst_groupmenu.moc"

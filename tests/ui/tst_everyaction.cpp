// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/deeds.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QFont>
#include <QSet>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;

/// Every action of the registry is done by each of its keys where it works, or with the palette if
/// it has none; a call that the backend noted or a change that can be seen is the proof (ui.md
/// §18).
class TestEveryAction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void allAreHere();
    void worksByItsKeys_data();
    void worksByItsKeys();

private:
    const QFont m_font = QApplication::font();
};

/// The size of the text is that of the application.
void TestEveryAction::cleanup()
{
    QApplication::setFont(m_font);
}

void TestEveryAction::allAreHere()
{
    QSet<QByteArray> missing;
    for (const ActionSpec &spec : actionTable())
        missing.insert(spec.id);
    for (const Deed &deed : deeds())
        QVERIFY2(missing.remove(deed.action), deed.action);
    QVERIFY2(missing.isEmpty(), missing.values().join(' ').constData());
}

void TestEveryAction::worksByItsKeys_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<QKeySequence>("keys");
    const ActionRegistry actions;
    const std::vector<Deed> all = deeds();
    for (int at = 0; at < static_cast<int>(all.size()); ++at) {
        const char *id = all[static_cast<std::size_t>(at)].action;
        if (actions.spec(id) == nullptr)
            continue; // allAreHere says so
        QList<QKeySequence> keys = actions.action(id)->shortcuts();
        if (keys.isEmpty())
            keys.append(QKeySequence());
        for (const QKeySequence &each : keys)
            QTest::addRow("%s %s", id, qPrintable(each.toString(QKeySequence::PortableText)))
                << at << each;
    }
}

void TestEveryAction::worksByItsKeys()
{
    QFETCH(const int, at);
    QFETCH(const QKeySequence, keys);
    const Deed deed = deeds()[static_cast<std::size_t>(at)];
    ScreenStage stage;
    fillForDeeds(stage);
    stage.open();
    stage.settle();
    deed.prepare(stage);
    stage.settle();
    const QAction *action = stage.window->workspace().actions.action(deed.action);
    QVERIFY2(!deed.hasHappened(stage), deed.action);
    if (keys.isEmpty())
        stage.chooseInPalette(action->text());
    else
        stage.key(keys[0].key(), keys[0].keyboardModifiers());
    QTRY_VERIFY2((stage.beat(), deed.hasHappened(stage)), deed.action);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestEveryAction)

#include "tst_everyaction.moc"

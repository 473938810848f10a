// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/inspectorstage.h"
#include "tests/ui/support/lettersstage.h"
#include "ui/core/errorcell.h"
#include "ui/letters/deadview.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/wrappedtext.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextDocument>
#include <QToolButton>
#include <QWheelEvent>

#include <memory>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// What an app says of its error may be longer than any line, and than any page.
class TestLongErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void aLongWordIsReadAndCopied_data();
    void aLongWordIsReadAndCopied();
    void theFramesBehindALongMessageAreSeen_data();
    void theFramesBehindALongMessageAreSeen();
    void whatIsHiddenOfAMessageIsCopied();
    void keysScrollThePageOfAMessage();
    void aLongNameOfAnEventIsRead();
    void aMessageThatIsCutSaysSo();
};

namespace {

/// One error, of a run that died with it, as the inspector and the dead letters show it.
struct Stage {
    Stage(const QString &message, const QString &stack)
    {
        devserver::api::RunRecord &record = inspector.ui.backend.records.at(run());
        const devserver::RawJson error =
            devserver::RawJson::fromTrusted(R"({"name":"Error","message":)" + quoted(message)
                                            + R"(,"stack":)" + quoted(stack) + '}');
        for (devserver::Attempt &attempt : record.attempts)
            attempt.error = error;
        record.letter->error = error;
        record.summary.errorName = "Error";
        record.summary.errorMessage = message.toUtf8();
    }

    [[nodiscard]] devserver::RunId run() const { return inspector.scene.deadCharge; }

    /// \a place  `overview`, `error` or `letters`. \returns the page
    QScrollArea *show(const QByteArray &place)
    {
        if (place == "letters") {
            letters = std::make_unique<DeadView>(inspector.ui.context);
            selectLetter(inspector.ui, *letters, run());
            settle(letters.get(), [this] { inspector.ui.beat(); });
            return child<QScrollArea>(letters.get(), "deadErrorPane");
        }
        const bool isError = place == "error";
        inspector.selectRun(run());
        inspector.open(isError ? InspectorStage::Error : InspectorStage::Overview);
        settle(&inspector.inspector, [this] { inspector.ui.beat(); });
        return child<QScrollArea>(&inspector.inspector, isError ? "inspError" : "inspOverview");
    }

    static QByteArray quoted(const QString &text)
    {
        QByteArray bytes = text.toUtf8();
        bytes.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        return '"' + bytes + '"';
    }

    InspectorStage inspector;
    std::unique_ptr<DeadView> letters;
};

void addPlaces(bool isOverviewMeant)
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("name");
    if (isOverviewMeant)
        QTest::addRow("overview") << "overview"_ba
                                  << "inspSentence"_ba;
    QTest::addRow("error") << "error"_ba
                           << "inspErrorMessage"_ba;
    QTest::addRow("letters") << "letters"_ba
                             << "deadError"_ba;
}

/// As JavaScript has it: what comes first is the message.
QString stackOf(const QString &message)
{
    return u"Error: "_s + message
           + u"\n    at charge (/home/dev/shop/src/functions/charge.ts:42:11)"
             "\n    at /home/dev/shop/node_modules/inngest/function.js:118:9"_s;
}

} // namespace

void TestLongErrors::aLongWordIsReadAndCopied_data()
{
    addPlaces(true);
}

void TestLongErrors::aLongWordIsReadAndCopied()
{
    QFETCH(const QByteArray, place);
    QFETCH(const QByteArray, name);
    const int length = place == "letters" ? 400 : 150; // below dead letters there is more room
    const QString token = u"https://pay.example/"_s + QString(length, u'k');
    Stage stage(u"no answer from "_s + token, {});
    QScrollArea *page = stage.show(place);
    auto *words = child<WrappedText>(page, name.constData());
    QVERIFY(words->words().contains(token));
    QVERIFY(words->isVisible());
    QCOMPARE(page->horizontalScrollBar()->maximum(), 0);
    QVERIFY(page->widget()->width() <= page->viewport()->width()); // nothing beside it is cut
    QVERIFY(words->document()->size().width() <= words->viewport()->width());
    QVERIFY(words->document()->idealWidth() <= words->viewport()->width());
    QVERIFY(words->document()->size().height() <= words->viewport()->height());
    shoot(page, u"longword_"_s + QString::fromLatin1(place));
    // From before the first letter to behind the last one.
    QTest::mousePress(words->viewport(), Qt::LeftButton, {}, {0, 1});
    QTest::mouseMove(words->viewport(), words->viewport()->rect().center());
    const QPoint end = words->viewport()->rect().bottomRight();
    QTest::mouseMove(words->viewport(), end);
    QTest::mouseRelease(words->viewport(), Qt::LeftButton, {}, end);
    QTest::keyClick(words, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), words->words());
}

void TestLongErrors::theFramesBehindALongMessageAreSeen_data()
{
    addPlaces(false);
}

void TestLongErrors::theFramesBehindALongMessageAreSeen()
{
    QFETCH(const QByteArray, place);
    QString message;
    while (message.size() < 200'000)
        message += u"row %1 of the import has no price "_s.arg(message.size());
    Stage stage(message, stackOf(message));
    QScrollArea *page = stage.show(place);
    shoot(page, u"longmessage_"_s + QString::fromLatin1(place));
    const auto *frame = page->findChild<QToolButton *>(u"frameLink"_s);
    QVERIFY(frame != nullptr);
    QVERIFY2(frame->text().contains(u"charge.ts:42:11"_s), qPrintable(frame->text()));
    if (place == "error") // below dead letters there is less room
        QCOMPARE(frame->visibleRegion().boundingRect().size(), frame->size());
}

/// Also where it has many lines.
void TestLongErrors::whatIsHiddenOfAMessageIsCopied()
{
    const QString message = u"one of many lines\n"_s.repeated(50);
    Stage stage(message, stackOf(message));
    const QScrollArea *page = stage.show("error"_ba);
    const QString shown = child<WrappedText>(page, "inspErrorMessage")->words();
    QVERIFY2(shown.endsWith(u"\u2026\n685 more characters: Copy has all of it."_s),
             qPrintable(shown.right(80)));
    auto *copy = child<QPushButton>(page, "inspErrorCopy");
    QCOMPARE(copy->visibleRegion().boundingRect().size(), copy->size());
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(stage.inspector.ui.desktop.copied, stackOf(message));
}

/// A click into the message gives it the keyboard.
void TestLongErrors::keysScrollThePageOfAMessage()
{
    Stage stage(u"no answer"_s, QString(6'000, u's'));
    const QScrollArea *page = stage.show("error"_ba);
    auto *words = child<WrappedText>(page, "inspErrorMessage");
    const QScrollBar *bar = page->verticalScrollBar();
    QVERIFY(bar->maximum() > 0);
    QTest::mouseClick(words->viewport(), Qt::LeftButton);
    QVERIFY(words->hasFocus());
    QTest::keyClick(words, Qt::Key_PageDown);
    QVERIFY(bar->value() > 0);
    // Nor does the wheel make it larger, which nothing would take back.
    const int height = words->heightForWidth(words->width());
    const QFont before = words->font();
    QWheelEvent wheel({5, 5}, words->viewport()->mapToGlobal(QPointF(5, 5)), {}, {0, 120},
                      Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(words->viewport(), &wheel);
    QVERIFY(words->font() == before);
    QCOMPARE(words->heightForWidth(words->width()), height);
}

/// Neither what follows it is cut, nor what stands before it.
void TestLongErrors::aLongNameOfAnEventIsRead()
{
    InspectorStage stage;
    devserver::Event &event = stage.ui.backend.eventRecords.at(stage.scene.order).event;
    event.name = "shop/" + QByteArray(150, 'n');
    event.id = QByteArray(150, 'i');
    stage.select({.kind = Selection::Kind::Event, .event = stage.scene.order});
    settle(&stage.inspector, [&] { stage.ui.beat(); });
    const auto *page = child<QScrollArea>(&stage.inspector, "inspOverview");
    QVERIFY(page->widget()->width() <= page->viewport()->width());
    const auto *words = child<WrappedText>(page, "inspWords");
    QCOMPARE(words->words(), QString::fromUtf8(event.name));
    QVERIFY(words->document()->size().width() <= words->viewport()->width());
    QVERIFY(words->document()->size().height() <= words->viewport()->height());
    const auto *copy = child<QWidget>(page, "inspCopy"); // behind the id
    QCOMPARE(copy->visibleRegion().boundingRect().size(), copy->size());
    shoot(&stage.inspector, u"longname"_s);
}

/// In the sentences that have only its beginning.
void TestLongErrors::aMessageThatIsCutSaysSo()
{
    const QString message = u"no answer from the gateway "_s.repeated(20);
    Stage stage(message, {});
    const QScrollArea *page = stage.show("overview"_ba);
    const QString said = child<WrappedText>(page, "inspSentence")->words();
    QVERIFY2(said.contains(u"no answer"_s) && said.endsWith(u'\u2026'), qPrintable(said));
    stage.inspector.open(InspectorStage::Attempts);
    clickRow(child<QTableView>(&stage.inspector.inspector, "inspAttempts"), 1);
    settle(&stage.inspector.inspector, [&stage] { stage.inspector.ui.beat(); });
    const auto *facts = child<QWidget>(&stage.inspector.inspector, "inspAttemptDetail");
    const QString told = child<WrappedText>(facts, "inspSentence")->words();
    QVERIFY2(told.contains(u"no answer"_s) && told.endsWith(u'\u2026'), qPrintable(told));
    // What has more is found by what is known of it.
    QCOMPARE(errorTerm("no answer from\u2026"_ba), errorTerm("no answer from"_ba));
    QCOMPARE(errorTerm("no answer from"_ba), u"error:\"no answer from\""_s);
    QCOMPARE(errorTerm({}), QString());
}

UI_TEST_MAIN(TestLongErrors)
#include "tst_longerrors.moc"

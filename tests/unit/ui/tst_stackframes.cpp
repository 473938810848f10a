// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/errorinfo.h"
#include "ui/core/stackframes.h"
#include "ui/core/statesentence.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;

class TestStackFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTypeScript();
    void readsBundles();
    void readsPython();
    void readsGo();
    void ignoresText();
    void foldersOfLibraries_data();
    void foldersOfLibraries();
    void readsTheStackOfACppStep();
    void leavesCommonFolderOut();
    void readsErrors();
    void aLargeErrorIsShownInPart();
    void framesStandBehindTheMessage_data();
    void framesStandBehindTheMessage();
    void ofALargeStackBothEndsAreRead();
    void ofAMessageSomeLinesAreShown();
    void whatAnErrorSaysStandsInTheSentence_data();
    void whatAnErrorSaysStandsInTheSentence();
    void makesEditorCommands();
};

void TestStackFrames::readsTypeScript()
{
    const std::vector<StackFrame> frames = parseStack(QString::fromUtf8(
        "TimeoutError: card gateway did not answer\n"
        "    at charge (/home/dev/shop/src/functions/charge.ts:42:11)\n"
        "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)\n"
        "    at async /home/dev/shop/src/functions/order.ts:17:20\n"
        "    at async InngestFunction.runFn "
        "(/home/dev/shop/node_modules/inngest/function.js:118:9)\n"
        "    at new Order (file:///home/dev/shop/src/order.ts:3:1)\n"
        "    at Array.map (<anonymous>)\n"
        "    at C:\\shop\\src\\a.ts:1:2"));
    QCOMPARE(frames.size(), std::size_t(7));
    QCOMPARE(frames[0], (StackFrame{.function = u"charge"_s,
                                    .file = u"/home/dev/shop/src/functions/charge.ts"_s,
                                    .line = 42,
                                    .column = 11,
                                    .isOwn = true}));
    QVERIFY(!frames[1].isOwn);
    QCOMPARE(frames[1].file, u"node:internal/process/task_queues"_s);
    QCOMPARE(frames[2].function, QString());
    QCOMPARE(frames[2].line, 17);
    QVERIFY(frames[2].isOwn);
    QVERIFY(!frames[3].isOwn);
    QCOMPARE(frames[4].file, u"/home/dev/shop/src/order.ts"_s);
    QCOMPARE(frames[4].function, u"new Order"_s);
    QCOMPARE(frames[5].function, u"Array.map"_s);
    QCOMPARE(frames[5].file, QString());
    QVERIFY(!frames[5].isOwn);
    QCOMPARE(frames[6].file, u"C:\\shop\\src\\a.ts"_s);
    QCOMPARE(frames[6].column, 2);
}

void TestStackFrames::readsBundles()
{
    const std::vector<StackFrame> frames =
        parseStack(u"Error: x\n    at fn (webpack-internal:///(rsc)/./src/app/api.ts:9:7)"_s);
    QCOMPARE(frames.size(), std::size_t(1));
    QCOMPARE(frames[0].function, u"fn"_s);
    QCOMPARE(frames[0].line, 9);
    QVERIFY(frames[0].file.endsWith(u"src/app/api.ts"_s));
    QVERIFY(frames[0].isOwn);
}

void TestStackFrames::readsPython()
{
    const std::vector<StackFrame> frames = parseStack(QString::fromUtf8(
        "Traceback (most recent call last):\n"
        "  File \"/srv/app/.venv/lib/python3.11/site-packages/inngest/step.py\", line 90, in run\n"
        "    return await handler()\n"
        "           ^^^^^^^^^^^^^^^\n"
        "  File \"/srv/app/functions.py\", line 12, in charge\n"
        "    raise ValueError(\"no card\")\n"
        "ValueError: no card\n"));
    QCOMPARE(frames.size(), std::size_t(2));
    // Innermost first, as everywhere else.
    QCOMPARE(frames[0].function, u"charge"_s);
    QCOMPARE(frames[0].file, u"/srv/app/functions.py"_s);
    QCOMPARE(frames[0].line, 12);
    QVERIFY(frames[0].isOwn);
    QVERIFY(!frames[1].isOwn);
}

void TestStackFrames::readsGo()
{
    const std::vector<StackFrame> frames = parseStack(QString::fromUtf8(
        "goroutine 57 [running]:\n"
        "runtime/debug.Stack()\n"
        "\t/usr/local/go/src/runtime/debug/stack.go:24 +0x5e\n"
        "main.charge({0x1, 0x2}, 0xc000123)\n"
        "\t/home/dev/shop/charge.go:42 +0x1d\n"
        "github.com/inngest/inngestgo.invoke(...)\n"
        "\t/home/dev/go/pkg/mod/github.com/inngest/inngestgo@v0.7.4/handler.go:900\n"
        "created by net/http.(*Server).Serve in goroutine 1\n"
        "\t/usr/local/go/src/net/http/server.go:3086 +0x5cb\n"));
    QCOMPARE(frames.size(), std::size_t(4));
    QVERIFY(!frames[0].isOwn);
    QCOMPARE(frames[1].function, u"main.charge"_s);
    QCOMPARE(frames[1].file, u"/home/dev/shop/charge.go"_s);
    QCOMPARE(frames[1].line, 42);
    QVERIFY(frames[1].isOwn);
    QVERIFY(!frames[2].isOwn);
    QCOMPARE(frames[3].function, u"net/http.(*Server).Serve"_s);
    QVERIFY(!frames[3].isOwn);
}

void TestStackFrames::ignoresText()
{
    QVERIFY(parseStack(QString()).empty());
    QVERIFY(parseStack(u"Traceback"_s).empty());
    QVERIFY(parseStack(u"at least one card is needed\nlook at it"_s).empty());
}

void TestStackFrames::foldersOfLibraries_data()
{
    QTest::addColumn<QString>("patterns");
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("isOwn");
    QTest::addRow("none") << QString() << u"/home/dev/shop/vendor/x.ts"_s << true;
    QTest::addRow("folder") << u"vendor"_s << u"/home/dev/shop/vendor/x.ts"_s << false;
    QTest::addRow("first folder") << u"vendor"_s << u"vendor/x.ts"_s << false;
    QTest::addRow("part of a name") << u"vendor"_s << u"/home/dev/vendors/x.ts"_s << true;
    QTest::addRow("second of two") << u"gen , vendor"_s << u"/a/vendor/x.ts"_s << false;
    QTest::addRow("wildcard") << u"gen/*.ts"_s << u"/home/dev/gen/api/x.ts"_s << false;
    QTest::addRow("other wildcard") << u"gen/*.ts"_s << u"/home/dev/gen/x.js"_s << true;
}

void TestStackFrames::foldersOfLibraries()
{
    QFETCH(const QString, patterns);
    QFETCH(const QString, file);
    QTEST(withLibraries({{.file = file, .line = 1}}, patterns).front().isOwn, "isOwn");
    QVERIFY(!withLibraries({{.file = file, .isOwn = false}}, patterns).front().isOwn);
}

void TestStackFrames::readsTheStackOfACppStep()
{
    const std::vector<StackFrame> frames =
        parseStack(u"RetryAfterError: the message cannot be read\n"
                   "    at poisonJob, step parse-message (/src/app/sample/poisonjob.cpp:47:9)"_s);
    QCOMPARE(frames.size(), std::size_t(1));
    QCOMPARE(frames[0], (StackFrame{.function = u"poisonJob, step parse-message"_s,
                                    .file = u"/src/app/sample/poisonjob.cpp"_s,
                                    .line = 47,
                                    .column = 9,
                                    .isOwn = true}));
}

void TestStackFrames::leavesCommonFolderOut()
{
    const std::vector<StackFrame> frames = {
        {.file = u"/home/dev/shop/src/functions/charge.ts"_s, .line = 42, .column = 11},
        {.file = u"/home/dev/shop/src/money.ts"_s, .line = 9},
        {.file = u"/usr/lib/x.js"_s, .line = 1, .isOwn = false}};
    QCOMPARE(commonFolder(frames), u"/home/dev/shop/"_s);
    QCOMPARE(frameText(frames[0], commonFolder(frames)), u"src/functions/charge.ts:42:11"_s);
    QCOMPARE(frameText(frames[1], QString()), u"/home/dev/shop/src/money.ts:9"_s);
    QCOMPARE(frameText(frames[2], commonFolder(frames)), u"/usr/lib/x.js:1"_s);
}

void TestStackFrames::readsErrors()
{
    const auto error = devserver::RawJson::fromTrusted(
        R"x({"error":"x","name":"ChargeError","message":"no charge",)x"
        R"x("stack":"ChargeError: no charge\n    at a (/s/a.ts:1:2)","noRetry":true,)x"
        R"("data":{"n":1.0},"cause":{"name":"TimeoutError","message":"late","cause":"socket"}})"_ba);
    const std::vector<ErrorInfo> chain = errorChain(error);
    QCOMPARE(chain.size(), std::size_t(3));
    QCOMPARE(chain[0].name, u"ChargeError"_s);
    QVERIFY(chain[0].isFinal);
    QCOMPARE(chain[0].data, R"({"n":1.0})"_ba);
    QCOMPARE(chain[0].frames.size(), std::size_t(1));
    QCOMPARE(chain[1].message, u"late"_s);
    QCOMPARE(chain[2].message, u"socket"_s);
    QCOMPARE(errorText(chain), u"ChargeError: no charge\n    at a (/s/a.ts:1:2)\n"
                               "Caused by: TimeoutError: late\nCaused by: socket"_s);
    QVERIFY(errorChain({}).empty());
    const QString markdown = errorMarkdown({{.name = u"E"_s, .message = u"```"_s}}, u"step"_s);
    QVERIFY(markdown.startsWith(u"**E** in `step`\n\n````\n"_s));
}

/// An app put a whole page into its error: a label could not hold it.
void TestStackFrames::aLargeErrorIsShownInPart()
{
    QCOMPARE(shownPart(u"late"_s, u"Copy"_s), u"late"_s);
    const QString page(4'000'000, u'x');
    const QString shown = shownPart(page, u"Copy"_s);
    QVERIFY(shown.size() < 9'000);
    QVERIFY2(shown.endsWith(u"x\u2026\n3,992,000 more characters: Copy has all of it."_s),
             qPrintable(shown.right(80)));
    const QString smile = QString::fromUcs4(U"\U0001F600");
    const QString pairs = QString(7'999, u'x') + smile + QString(9, u'y');
    QVERIFY(shownPart(pairs, u"Copy"_s).startsWith(QString(7'999, u'x') + u'\u2026'));
    QString stack;
    while (stack.size() < 1'000'000)
        stack += u"\n    at charge (/home/dev/shop/src/functions/charge.ts:42:11)"_s;
    const auto error = devserver::RawJson::fromTrusted(
        R"({"name":"Error","message":"late","stack":)" + QByteArray(1, '"')
        + stack.toUtf8().replace("\n", "\\n") + R"("})");
    const std::vector<ErrorInfo> chain = errorChain(error);
    QCOMPARE(chain.front().stack, stack); // for Copy
    QVERIFY(chain.front().frames.size() < 2'000);
}

namespace {

QByteArray jsonText(QByteArray text)
{
    return '"' + text.replace('"', "\\\"").replace('\n', "\\n") + '"';
}

std::vector<StackFrame> framesOf(const QByteArray &message, const QByteArray &stack)
{
    return errorChain(devserver::RawJson::fromTrusted(R"({"name":"ChargeError","message":)"
                                                      + jsonText(message) + R"(,"stack":)"
                                                      + jsonText(stack) + '}'))
        .front()
        .frames;
}

} // namespace

/// However long it is, and whatever it looks like itself.
void TestStackFrames::framesStandBehindTheMessage_data()
{
    const QByteArray page(200'000, 'x');
    const QByteArray like = "it was:\n    at other (/s/b.ts:3:4)"_ba;
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("before");
    QTest::addRow("alone") << page << ""_ba;
    QTest::addRow("after the name") << page << "ChargeError: "_ba;
    QTest::addRow("after a name that was set later") << page << "Error: "_ba;
    QTest::addRow("after a code") << page << "Error [E_CARD]: "_ba;
    QTest::addRow("like a frame") << like << "Error: "_ba;
}

void TestStackFrames::framesStandBehindTheMessage()
{
    QFETCH(const QByteArray, message);
    QFETCH(const QByteArray, before);
    const std::vector<StackFrame> frames =
        framesOf(message, before + message + "\n    at charge (/s/a.ts:1:2)");
    QCOMPARE(frames.size(), std::size_t(1));
    QCOMPARE(frames.front().file, u"/s/a.ts"_s);
}

/// Some languages tell the innermost call first, some last.
void TestStackFrames::ofALargeStackBothEndsAreRead()
{
    const QByteArray middle = QByteArray("\nsome words").repeated(20'000);
    const std::vector<StackFrame> frames =
        framesOf("late", "ChargeError: late\n    at first (/s/a.ts:1:2)" + middle
                             + "\n    at last (/s/b.ts:3:4)");
    QCOMPARE(frames.size(), std::size_t(2));
    QCOMPARE(frames.front().function, u"first"_s);
    QCOMPARE(frames.back().function, u"last"_s);
}

void TestStackFrames::ofAMessageSomeLinesAreShown()
{
    QCOMPARE(shownMessage({}, u"Copy"_s), QString());
    QCOMPARE(shownMessage(u"late"_s, u"Copy"_s), u"late"_s);
    const QString almost(1'090, u'x'); // a remark would be as long as what it hides
    QCOMPARE(shownMessage(almost, u"Copy"_s), almost);
    QCOMPARE(shownMessage(QString(2'000, u'x'), u"Copy"_s),
             QString(1'000, u'x') + u"\u2026\n1,000 more characters: Copy has all of it."_s);
    const QString lines = u"\nline"_s.repeated(100);
    QCOMPARE(shownMessage(lines, u"Copy"_s),
             u"\nline"_s.repeated(11) + u"\u2026\n445 more characters: Copy has all of it."_s);
    const QString blank(500, u'\n');
    QVERIFY(shownMessage(blank, u"Copy"_s).size() < 100);
}

void TestStackFrames::whatAnErrorSaysStandsInTheSentence_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("end");
    QTest::newRow("its class") << "TimeoutError"_ba
                               << "late"_ba << u"hand. The last error was TimeoutError."_s;
    QTest::newRow("any class") << "Error"_ba
                               << "late"_ba << u"hand. The last error: late."_s;
    QTest::newRow("a sentence") << "Error"_ba
                                << "Too late!"_ba << u"hand. The last error: Too late!"_s;
    QTest::newRow("a bracket") << "Error"_ba
                               << "late (as ever)"_ba << u"hand. The last error: late (as ever)."_s;
    QTest::newRow("no message") << "Error"_ba << QByteArray()
                                << u"hand. The last error was Error."_s;
    QTest::newRow("none") << QByteArray() << QByteArray() << u"hand."_s;
}

void TestStackFrames::whatAnErrorSaysStandsInTheSentence()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, message);
    QFETCH(const QString, end);
    devserver::api::RunRecord record;
    record.summary.status = record.run.status = devserver::RunStatus::Cancelled;
    record.run.cancelCause = "manual"_ba;
    record.summary.errorName = name;
    record.summary.errorMessage = message;
    const QString said = runSentence(record, {});
    QVERIFY2(said.endsWith(end), qPrintable(said));
}

void TestStackFrames::makesEditorCommands()
{
    const StackFrame frame{.file = u"/a b/{line} $(rm).ts"_s, .line = 4, .column = 0};
    const auto line = editorCommandLine(u"\"my editor\" +{line} --col={column} {file}"_s, frame);
    QVERIFY(line);
    QCOMPARE(line->first, u"my editor"_s);
    QCOMPARE(line->second, QStringList({u"+4"_s, u"--col=1"_s, u"/a b/{line} $(rm).ts"_s}));
    QVERIFY(!editorCommandLine(QString(), frame));
}

QTEST_APPLESS_MAIN(TestStackFrames)
#include "tst_stackframes.moc"

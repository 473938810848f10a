// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/inspectorstage.h"
#include "ui/core/callmodel.h"
#include "ui/core/subjectfacts.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/payloadview.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using console::test::cellOf;
using console::test::child;
using devserver::api::RunRecordQuery;
using Kind = Selection::Kind;

namespace {

using Stage = console::test::InspectorStage;

QStringList visibleTabs(const QTabBar *tabs)
{
    QStringList titles;
    for (int tab = 0; tab < tabs->count(); ++tab) {
        if (tabs->isTabVisible(tab))
            titles.append(tabs->tabText(tab));
    }
    return titles;
}

/// The value of a row of the Overview.
QLabel *valueOf(Stage &stage, const QString &label)
{
    for (QLabel *value : stage.inspector.findChildren<QLabel *>(u"inspValue"_s)) {
        if (value->accessibleName() == label)
            return value;
    }
    return nullptr;
}

/// What stands left of it.
QLabel *labelOf(Stage &stage, const QString &label)
{
    for (QLabel *each :
         child<QWidget>(&stage.inspector, "inspOverview")->findChildren<QLabel *>()) {
        if (each->text() == label)
            return each;
    }
    return nullptr;
}

/// Where the words of a label begin, in its parent.
int inkTop(QLabel *label)
{
    const QImage image = label->grab().toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != image.pixel(0, 0))
                return label->y() + y;
        }
    }
    return -1;
}

} // namespace

class TestInspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void showsTabsForEachKind();
    void saysWhyInASentence();
    void namesFunctionsNotStarted();
    void alignsLabelWithFirstLine();
    void showsWholeAddress();
    void copiesIdThatIsShown();
    void remembersTabPerKind();
    void opensWhatFailedAtItsError();
    void saysThatAnErrorIsMended();
    void pinKeepsSubject();
    void opensOthers();
    void followsChanges();
    void asksOnceAtATime();
    void saysWhatIsNotEnforced();
    void saysHowLongItIdled();
    void leadsToTheLetter();
    void showsCalls();
    void saysWhatSignaturesAreWorth_data();
    void saysWhatSignaturesAreWorth();
    void hidesSecrets();
    void showsStoredRecords();
    void showsTheTimesOfAnAttempt();
    void fitsNarrowDock_data();
    void fitsNarrowDock();
};

void TestInspector::showsTabsForEachKind()
{
    Stage stage;
    QVERIFY(!stage.tabs()->isVisible());
    const QStringList ofRun{u"Overview"_s, u"Attempts"_s, u"Error"_s, u"Input"_s,
                            u"Output"_s,   u"Calls"_s,    u"Record"_s};
    stage.selectRun(stage.scene.deadCharge);
    QCOMPARE(visibleTabs(stage.tabs()), ofRun);
    QCOMPARE(stage.label("inspTitle"), u"charge-order"_s);
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    QCOMPARE(visibleTabs(stage.tabs()), ofRun);
    QCOMPARE(stage.label("inspTitle"), u"charge-card"_s);
    QCOMPARE(stage.label("inspKind"), u"Step · charge-order"_s);
    stage.select({.kind = Kind::Letter, .run = stage.scene.deadCharge});
    QCOMPARE(visibleTabs(stage.tabs()), ofRun);
    QCOMPARE(stage.tabs()->currentIndex(), int(Stage::Overview)); // its error stands beside it
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    QCOMPARE(visibleTabs(stage.tabs()),
             QStringList({u"Overview"_s, u"Whole event"_s, u"Record"_s}));
    QCOMPARE(stage.label("inspTitle"), u"order/paid"_s);
    const devserver::Function &function = stage.ui.backend.functions.front();
    stage.select({.kind = Kind::Function, .slug = function.config.slug});
    QCOMPARE(visibleTabs(stage.tabs()), QStringList({u"Overview"_s, u"Record"_s}));
    stage.select({.kind = Kind::App, .app = stage.ui.backend.apps.front().id});
    QCOMPARE(visibleTabs(stage.tabs()), QStringList({u"Overview"_s}));
}

void TestInspector::saysWhyInASentence()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Overview);
    QVERIFY2(stage.label("inspSentence").startsWith(u"Failed for good: "_s),
             qPrintable(stage.label("inspSentence")));
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Overview);
    QCOMPARE(stage.label("inspSentence"),
             u"Failed for good: 5 of 5 attempts used. The last error was TimeoutError."_s);
    stage.selectRun(stage.scene.sleeping);
    QVERIFY(stage.label("inspSentence").contains(u"wakes up in 2 d"_s));
    stage.selectRun(stage.scene.backingOff);
    QVERIFY2(
        stage.label("inspSentence").contains(u"Attempt 2 of 5 failed. The next one starts in"_s),
        qPrintable(stage.label("inspSentence")));
}

void TestInspector::namesFunctionsNotStarted()
{
    using devserver::Refusal;
    Stage stage;
    devserver::api::EventRecord &record = stage.ui.backend.eventRecords.at(stage.scene.order);
    record.refusals.clear();
    std::vector<QString> names;
    for (const devserver::Function &function : stage.ui.backend.functions) {
        if (names.size() == 2 || function.config.slug == record.runs.front().slug)
            continue;
        devserver::Delivery delivery{.event = stage.scene.order, .function = function.id};
        delivery.refusal = names.empty() ? Refusal::Idempotency : Refusal::FilterFalse;
        delivery.detail = names.empty() ? ""_ba : "event.data.total > 500"_ba;
        if (names.empty())
            delivery.heldBy = stage.scene.completed;
        record.refusals.push_back(delivery);
        names.push_back(QString::fromUtf8(function.config.name));
    }
    QCOMPARE(names.size(), std::size_t(2));
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    const QLabel *duplicate = valueOf(stage, names.front());
    QVERIFY(duplicate != nullptr);
    QVERIFY2(duplicate->text().startsWith(u"duplicate: <a href"_s), qPrintable(duplicate->text()));
    QVERIFY2(duplicate->text().contains(u"</a> was started by "_s), qPrintable(duplicate->text()));
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    auto *link = const_cast<QLabel *>(duplicate);
    const QPoint words(4, link->contentsMargins().top() + link->fontMetrics().height() / 2);
    QTest::mouseClick(link, Qt::LeftButton, {}, words);
    QCOMPARE(gone.count(), 0); // the words before it lead nowhere
    const int run = link->fontMetrics().horizontalAdvance(u"duplicate: ru"_s);
    QTest::mouseClick(link, Qt::LeftButton, {}, words + QPoint(run, 0));
    QCOMPARE(gone.count(), 1);
    const QLabel *refused = valueOf(stage, names.back());
    QVERIFY(refused != nullptr);
    QCOMPARE(refused->text(),
             u"filter is false: <code>event.data.total\u00a0&gt;\u00a0500</code>"_s);
}

void TestInspector::alignsLabelWithFirstLine()
{
    Stage stage;
    stage.inspector.resize(280, 760);
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Overview);
    QLabel *label = labelOf(stage, u"Retries"_s);
    QLabel *value = valueOf(stage, u"Retries"_s);
    QVERIFY(label != nullptr);
    QVERIFY(value != nullptr);
    QTRY_VERIFY(value->height() > label->height()); // it has two lines
    const int apart = inkTop(label) - inkTop(value);
    QVERIFY2(qAbs(apart) <= 1, qPrintable(QString::number(apart)));
}

/// Where there is no room it goes on in the next line; the header begins where the rows do.
void TestInspector::showsWholeAddress()
{
    Stage stage;
    const auto left = [&](const QLabel *label) {
        return label->mapTo(&stage.inspector, QPoint()).x();
    };
    stage.select({.kind = Kind::Event, .event = stage.scene.lonely});
    QTRY_VERIFY(labelOf(stage, u"Event ID"_s) != nullptr);
    QCOMPARE(left(child<QLabel>(&stage.inspector, "inspIcon")),
             left(labelOf(stage, u"Event ID"_s)));
    const devserver::App &app = stage.ui.backend.apps.front();
    stage.select({.kind = Kind::App, .app = app.id});
    QLabel *address = valueOf(stage, u"Address"_s);
    QVERIFY(address != nullptr);
    QTRY_COMPARE(address->text(), QString::fromUtf8(app.url));
    const int height = address->height();
    stage.inspector.resize(320, 760);
    QTRY_VERIFY(address->text().contains(u'\n'));
    QTRY_VERIFY(address->height() > height);
    for (const QString &line : address->text().split(u'\n'))
        QVERIFY2(address->fontMetrics().horizontalAdvance(line) <= address->width(),
                 qPrintable(line));
    QCOMPARE(address->text().remove(u'\n'), QString::fromUtf8(app.url));
    // The ends of the lines are no part of it.
    QTest::keyClick(address, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(stage.ui.desktop.copied, QString::fromUtf8(app.url));
}

/// The same rows with other values: the button copies what stands beside it.
void TestInspector::copiesIdThatIsShown()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Overview);
    stage.selectRun(stage.scene.retried);
    stage.selectRun(stage.scene.backingOff);
    QTest::mouseClick(child<QToolButton>(&stage.inspector, "inspCopy"), Qt::LeftButton);
    QCOMPARE(stage.ui.desktop.copied, QString::fromLatin1(stage.scene.backingOff.toText()));
}

void TestInspector::remembersTabPerKind()
{
    Stage stage;
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Overview));
    stage.open(Stage::Input);
    stage.selectRun(stage.scene.completed);
    stage.open(Stage::Output);
    stage.select({.kind = Kind::Event, .event = stage.scene.lonely});
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Input));
    stage.selectRun(stage.scene.completed);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Output));
}

/// The error first (ui.md §5), until another tab is chosen for what failed.
void TestInspector::opensWhatFailedAtItsError()
{
    Stage stage;
    stage.selectRun(stage.scene.completed);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Overview));
    stage.selectRun(stage.scene.deadCharge);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Error));
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Error));
    stage.selectRun(stage.scene.completed);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Overview));
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Calls);
    stage.selectRun(stage.scene.completed);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Overview));
    stage.selectRun(stage.scene.deadCharge);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Calls));
}

void TestInspector::saysThatAnErrorIsMended()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Error);
    QVERIFY(stage.inspector.findChild<QLabel *>(u"inspErrorPast"_s) == nullptr);
    stage.selectRun(stage.scene.retried); // the same error, before the retry
    stage.open(Stage::Error);
    QCOMPARE(stage.label("inspErrorPast"), u"Mended: the run has completed since."_s);
    QVERIFY(!stage.label("inspErrorName").isEmpty());
}

void TestInspector::pinKeepsSubject()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    auto *pin = child<QToolButton>(&stage.inspector, "inspPin");
    QTest::mouseClick(pin, Qt::LeftButton);
    stage.selectRun(stage.scene.completed);
    QCOMPARE(stage.label("inspTitle"), u"charge-order"_s);
    QTest::mouseClick(pin, Qt::LeftButton);
    stage.ui.beat();
    QCOMPARE(stage.label("inspTitle"), u"process-order"_s);
}

void TestInspector::opensOthers()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    auto *another = child<QToolButton>(&stage.inspector, "inspAnother");
    QTest::mouseClick(another, Qt::LeftButton);
    stage.ui.beat();
    stage.ui.beat();
    auto *other = child<Inspector>(&stage.inspector, "inspectorWindow");
    QVERIFY(other->isWindow());
    QTRY_COMPARE(child<QLabel>(other, "inspTitle")->text(), u"charge-order"_s);
    // It keeps what it shows; the first one follows.
    stage.selectRun(stage.scene.completed);
    QCOMPARE(stage.inspector.inspection().subject.run, stage.scene.completed);
    QCOMPARE(child<QLabel>(other, "inspTitle")->text(), u"charge-order"_s);
    for (int opened = 2; opened < Inspector::mostInspectors; ++opened) {
        QVERIFY(another->isEnabled());
        QTest::mouseClick(another, Qt::LeftButton);
    }
    QVERIFY(!another->isEnabled());
    QCOMPARE(another->toolTip(), u"There are 4 inspectors already."_s);
    QTest::keyClick(other, Qt::Key_Escape);
    QTRY_VERIFY(another->isEnabled());
}

void TestInspector::followsChanges()
{
    Stage stage;
    stage.selectRun(stage.scene.backingOff);
    stage.open(Stage::Overview);
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.backingOff);
    record.run.status = devserver::RunStatus::Cancelled;
    record.run.cancelCause = "manual"_ba;
    record.summary.status = devserver::RunStatus::Cancelled;
    record.summary.activities.clear();
    record.jobs.clear();
    stage.ui.backend.post(record.summary);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(stage.label("inspSentence"), u"Cancelled by hand. The last error was TimeoutError."_s);
    QCOMPARE(stage.label("inspHeaderState"), u"Cancelled · attempt 2 of 5"_s);
}

void TestInspector::asksOnceAtATime()
{
    Stage stage;
    stage.selectRun(stage.scene.backingOff);
    const auto asked = [&] { return stage.ui.backend.askedFor<RunRecordQuery>().size(); };
    const std::size_t before = asked();
    stage.ui.backend.holdReplies(true);
    const devserver::api::RunSummary row =
        stage.ui.backend.records.at(stage.scene.backingOff).summary;
    for (int i = 0; i < 5; ++i) {
        stage.ui.backend.post(row);
        stage.ui.beat();
    }
    QCOMPARE(asked(), before + 1);
    QCOMPARE(stage.label("inspTitle"), u"charge-order"_s); // the old content stays
    stage.ui.backend.holdReplies(false);
    stage.ui.backend.releaseReplies();
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(asked(), before + 2);
    // A step of the same run needs no question.
    stage.selectStep(stage.scene.backingOff, "charge-card"_ba);
    QCOMPARE(asked(), before + 2);
}

void TestInspector::saysWhatIsNotEnforced()
{
    Stage stage;
    devserver::Function function = stage.ui.backend.functions.front();
    function.config.config = devserver::RawJson::fromTrusted(
        R"({"throttle":{"limit":5,"period":"1m"},"timeouts":{"start":"1h"}})"_ba);
    function.config.notEnforced = {"throttle"_ba};
    const SubjectFacts facts = factsOf({.function = function}, {}, {}, TimeStyle::Absolute);
    const FactSection &settings = facts.sections[facts.sections.size() - 2];
    QCOMPARE(settings.facts.size(), std::size_t(2));
    QCOMPARE(settings.facts[1].label, u"Timeouts"_s);
    // Said once, above all that it is true of.
    const FactSection &kept = facts.sections.back();
    QCOMPARE(kept.title, u"Kept, not enforced yet"_s);
    QCOMPARE(kept.facts.size(), std::size_t(1));
    QCOMPARE(kept.facts[0].value,
             u"Starts at most 5 runs every minute; the\u00a0others\u00a0wait."_s);
    QCOMPARE(kept.facts[0].token, Token::Text); // the rule itself is no warning
}

void TestInspector::saysHowLongItIdled()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Overview);
    QVERIFY(valueOf(stage, u"In queue"_s) != nullptr);
    const QLabel *idle = valueOf(stage, u"Idle"_s);
    QVERIFY(idle != nullptr);
    QCOMPARE(idle->text(), u"4 m 57 s"_s); // the waits between its attempts
    QVERIFY(valueOf(stage, u"Dead before retry"_s) == nullptr);
}

void TestInspector::leadsToTheLetter()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Overview);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    QLabel *letter = valueOf(stage, u"Dead letter"_s);
    QVERIFY(letter != nullptr);
    QTest::mouseClick(letter, Qt::LeftButton, {}, {8, letter->height() / 2});
    QCOMPARE(gone.size(), 1);
    const Place place = gone.front().front().value<Place>();
    QCOMPARE(place.view, "dead"_ba);
    QCOMPARE(place.subject, stage.scene.deadCharge.toText());
    QVERIFY(valueOf(stage, u"Trigger"_s)->text().contains(u"href"_s));
    // From the list of letters it would lead to itself.
    stage.select({.kind = Kind::Letter, .run = stage.scene.deadCharge});
    stage.open(Stage::Overview);
    QVERIFY(valueOf(stage, u"Dead letter"_s) == nullptr);
}

void TestInspector::showsCalls()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts)
        attempt.url = "http://localhost:3000/api/inngest?fnId=shop-charge-order&stepId=step"_ba;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Calls);
    auto *table = child<QTableView>(&stage.inspector, "inspCalls");
    QCOMPARE(table->model()->rowCount(), 5);
    QCOMPARE(cellOf(table, 0, CallModel::Step), u"#5"_s);
    QCOMPARE(cellOf(table, 0, CallModel::Method), u"POST"_s);
    const QModelIndex status = table->model()->index(0, CallModel::Status);
    QCOMPARE(status.data().toString(), u"206"_s);
    // An app answers 206 for good and for bad: the sign says which, and no number has a colour.
    QCOMPARE(status.data(CellDataRole).value<Cell>().token, Token::Text);
    const QModelIndex step = table->model()->index(0, CallModel::Step);
    QCOMPARE(step.data(CellDataRole).value<Cell>().iconToken, Token::StateFailed);
    for (const QModelIndex &told : {status, step})
        QCOMPARE(told.data(Qt::ToolTipRole).toString(), u"Failed (final): TimeoutError"_s);
    QCOMPARE(step.data(Qt::AccessibleTextRole).toString(), u"#5, Failed (final)"_s);
    QVERIFY(child<QPlainTextEdit>(&stage.inspector, "callLine")
                ->toPlainText()
                .startsWith(u"POST http://localhost:3000/api/inngest"_s));
    auto *body = child<PayloadView>(&stage.inspector, "callBody");
    QVERIFY(body->payload().contains("StepError"));
    auto *tabs = child<QTabBar>(&stage.inspector, "callTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QTRY_VERIFY(body->payload().contains("\"ctx\""));
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "callCurl"), Qt::LeftButton);
    QTRY_VERIFY(stage.ui.desktop.copied.startsWith(u"curl -sS -X POST 'http://localhost:3000"_s));
    QVERIFY(stage.ui.desktop.copied.contains(u"-H 'x-request-id: "_s));
    test::shoot(&stage.inspector, u"insp_calls"_s);
}

void TestInspector::saysWhatSignaturesAreWorth_data()
{
    using devserver::SignatureCheck;
    QTest::addColumn<int>("check");
    QTest::addColumn<QString>("words");
    QTest::addRow("no key") << int(SignatureCheck::Unchecked) << QString();
    QTest::addRow("valid") << int(SignatureCheck::Valid)
                           << u"Signatures: request signed, answer valid"_s;
    QTest::addRow("not signed") << int(SignatureCheck::Missing)
                                << u"The request was signed, the answer is not"_s;
    QTest::addRow("invalid") << int(SignatureCheck::Invalid)
                             << u"The signature of the answer is invalid"_s;
}

void TestInspector::saysWhatSignaturesAreWorth()
{
    QFETCH(int, check);
    QFETCH(QString, words);
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts) {
        attempt.url = "http://localhost:3000/api/inngest?fnId=shop-charge-order&stepId=step"_ba;
        attempt.signature = static_cast<devserver::SignatureCheck>(check);
    }
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Calls);
    const auto *label = child<QLabel>(&stage.inspector, "callSignature");
    QCOMPARE(label->isVisible(), !words.isEmpty());
    QVERIFY(label->text().startsWith(words));
    if (check == static_cast<int>(devserver::SignatureCheck::Valid))
        test::shoot(&stage.inspector, u"insp_calls_signed"_s);
    auto *tabs = child<QTabBar>(&stage.inspector, "callTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(2).center());
    const QString headers = child<QPlainTextEdit>(&stage.inspector, "callHeaders")->toPlainText();
    QCOMPARE(headers.contains(u"X-Inngest-Signature: (hidden)"_s), !words.isEmpty());
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "callCurl"), Qt::LeftButton);
    QTRY_VERIFY(stage.ui.desktop.copied.startsWith(u"curl "_s));
    QVERIFY(!stage.ui.desktop.copied.contains(u"Signature"_s));
}

void TestInspector::hidesSecrets()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts)
        attempt.responseHeaders = devserver::RawJson::fromTrusted(
            R"([["X-Inngest-Signature","t=1&s=topsecret"],["server","x"]])"_ba);
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Calls);
    auto *tabs = child<QTabBar>(&stage.inspector, "callTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(2).center());
    const QString headers = child<QPlainTextEdit>(&stage.inspector, "callHeaders")->toPlainText();
    QVERIFY(headers.contains(u"X-Inngest-Signature: (hidden)"_s));
    QVERIFY(headers.contains(u"server: x"_s));
    QVERIFY(!headers.contains(u"topsecret"_s));
    stage.open(Stage::Raw);
    auto *raw = child<PayloadView>(&stage.inspector, "inspRaw");
    QTRY_VERIFY(!raw->payload().isEmpty());
    QVERIFY(!raw->payload().contains("topsecret"));
}

void TestInspector::showsStoredRecords()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Raw);
    auto *raw = child<PayloadView>(&stage.inspector, "inspRaw");
    QTRY_VERIFY(!raw->payload().isEmpty());
    QVERIFY(devserver::validateJson(raw->payload()).has_value());
    QVERIFY(raw->payload().contains(stage.scene.deadCharge.toText()));
    QVERIFY(raw->payload().contains("\"dead_letter\""));
}

/// In the Overview, where the call is listed, and in what is stored (semantics 1.5).
void TestInspector::showsTheTimesOfAnAttempt()
{
    Stage stage;
    devserver::Attempt &attempt =
        stage.ui.backend.records.at(stage.scene.deadCharge).attempts.back();
    attempt.enqueuedAt = attempt.sentAt - 8s;
    attempt.runAt = attempt.sentAt - 3s;
    attempt.firstEligibleAt = attempt.sentAt - 2s;
    attempt.finishedAt = attempt.sentAt + 70ms;
    attempt.url = "http://localhost:3000/api/inngest?fnId=shop-charge-order&stepId=step"_ba;
    attempt.httpStatus = 500;
    attempt.timing = {.dns = 1ms, .connect = 2ms, .tls = 0ms, .firstByte = 40ms, .total = 60ms};
    stage.select({.kind = Kind::Attempt,
                  .run = attempt.run,
                  .step = attempt.step,
                  .stepName = attempt.stepName,
                  .attempt = attempt.request});
    stage.open(Stage::Overview);
    const std::pair<QString, std::chrono::milliseconds> instants[] = {
        {u"Started"_s, 0ms},   {u"Connected"_s, 3ms}, {u"First byte"_s, 40ms},
        {u"Answered"_s, 60ms}, {u"Recorded"_s, 70ms},
    };
    QStringList lines;
    for (const auto &[word, after] : instants) {
        const QString time = formatTimeExactly(attempt.sentAt + after, TimeStyle::Absolute);
        QVERIFY2(valueOf(stage, word) != nullptr, qPrintable(word));
        QTRY_COMPARE(valueOf(stage, word)->text(), time);
        lines.append(word + u": "_s + time);
    }
    QCOMPARE(valueOf(stage, u"Expected delay"_s)->text(), formatDuration(5s));
    QCOMPARE(valueOf(stage, u"Constraint wait"_s)->text(), formatDuration(2s));
    QCOMPARE(valueOf(stage, u"System latency"_s)->text(), formatDuration(1s));
    stage.open(Stage::Calls);
    const auto *calls = child<QTableView>(&stage.inspector, "inspCalls");
    QCOMPARE(calls->currentIndex().siblingAtColumn(0).data(Qt::ToolTipRole).toString(),
             lines.join(u'\n'));
    stage.open(Stage::Raw);
    auto *raw = child<PayloadView>(&stage.inspector, "inspRaw");
    for (const char *key :
         {"first_eligible_at", "connected_at", "first_byte_at", "responded_at", "recorded_at"})
        QTRY_VERIFY2(raw->payload().contains(key), key);
}

void TestInspector::fitsNarrowDock_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("fontPercent");
    QTest::newRow("dock") << 380 << 100;
    QTest::newRow("narrow") << 320 << 100;
    QTest::newRow("large font") << 570 << 150;
    QTest::newRow("largest font") << 760 << 200; // the dock grows with the font
}

void TestInspector::fitsNarrowDock()
{
    QFETCH(int, width);
    QFETCH(int, fontPercent);
    const auto restore =
        qScopeGuard([before = QApplication::font()] { QApplication::setFont(before); });
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * fontPercent / 100);
    QApplication::setFont(font);
    {
        Stage stage;
        QVERIFY2(stage.inspector.minimumSizeHint().width() <= width,
                 qPrintable(QString::number(stage.inspector.minimumSizeHint().width())));
        stage.inspector.resize(width, 620 * fontPercent / 100);
        stage.selectRun(stage.scene.deadCharge);
        for (const Stage::Tab tab : {Stage::Overview, Stage::Attempts, Stage::Error, Stage::Input,
                                     Stage::Output, Stage::Calls, Stage::Raw}) {
            stage.open(tab);
            QTRY_VERIFY(!child<QLabel>(&stage.inspector, "inspTitle")->text().isEmpty());
            test::settle(&stage.inspector, [&stage] { stage.ui.beat(); });
            const auto findings = [&] { return test::a11yFindings(&stage.inspector); };
            QTRY_VERIFY2(findings().isEmpty(), qPrintable(findings().join(u'\n')));
            for (const char *name : {"inspOverview", "inspAttempts", "inspError", "inspCalls"}) {
                auto *area = child<QAbstractScrollArea>(&stage.inspector, name);
                if (area->isVisible())
                    QVERIFY2(area->horizontalScrollBar()->maximum() == 0, name);
            }
            test::shoot(&stage.inspector, u"insp_%1_%2_%3"_s.arg(width)
                                              .arg(fontPercent)
                                              .arg(stage.tabs()->tabText(tab).toLower()));
        }
    }
}

UI_TEST_MAIN(TestInspector)
#include "tst_inspector.moc"

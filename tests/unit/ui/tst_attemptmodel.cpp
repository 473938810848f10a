// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/ui/runstory.h"
#include "ui/core/attemptfacts.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/callmodel.h"
#include "ui/core/inspection.h"
#include "ui/core/statesentence.h"
#include "ui/core/subjectfacts.h"
#include "ui/core/timelinedata.h"
#include "ui/core/timelinetext.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::AttemptOutcome;

namespace {

Inspection inspectionOf(const RunStory &story, Selection subject = {})
{
    Inspection inspection;
    inspection.run = std::make_shared<const devserver::api::RunRecord>(story.record());
    inspection.subject = std::move(subject);
    if (inspection.subject.kind == Selection::Kind::None)
        inspection.subject.kind = Selection::Kind::Run;
    inspection.subject.run = inspection.run->run.id;
    return inspection;
}

/// Oldest first: `#1 load, #1 charge`.
template<typename Model>
QString names(const Model &model)
{
    QStringList names;
    for (int row = model.rowCount() - 1; row >= 0; --row)
        names.append(model.data(model.index(row, Model::Step), Qt::DisplayRole).toString());
    return names.join(u", "_s);
}

QString cell(const AttemptModel &model, int row, int column)
{
    return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

QString factOf(const AttemptModel &model, int row, const QString &label)
{
    const SubjectFacts facts = attemptFacts(model.row(row), {}, TimeStyle::Utc);
    for (const FactSection &section : facts.sections) {
        for (const Fact &fact : section.facts) {
            if (fact.label == label)
                return fact.value;
        }
    }
    return {};
}

} // namespace

/// What the list of attempts says of a run, beside what its drawing says.
class TestAttemptModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aBrokenCallBelongsToItsStep_data();
    void aBrokenCallBelongsToItsStep();
    void anErrorOfTheBodyIsNotOfTheStepAfterIt();
    void whatIsNotKnownIsSaid();
    void downtimeIsNoDuration();
    void saysWhatCameOfARetry_data();
    void saysWhatCameOfARetry();
    void anotherStackIsAnotherError();
    void isEmptiedWithoutReset();
};

void TestAttemptModel::aBrokenCallBelongsToItsStep_data()
{
    QTest::addColumn<AttemptOutcome>("outcome");
    QTest::addColumn<QString>("attempts");
    QTest::newRow("console") << AttemptOutcome::Interrupted << u"#1 first, #1 long, #1 long"_s;
    QTest::newRow("app") << AttemptOutcome::RetryableError << u"#1 first, #1 long, #2 long"_s;
}

void TestAttemptModel::aBrokenCallBelongsToItsStep()
{
    QFETCH(const AttemptOutcome, outcome);
    RunStory story;
    story.start().step("first", 6ms).breakOff("long", outcome, 7s).pass(500ms).step("long", 12s);
    AttemptModel attempts;
    attempts.setInspection(inspectionOf(story), story.now());
    QTEST(names(attempts), "attempts");
    CallModel calls;
    calls.setInspection(inspectionOf(story), story.now());
    QTEST(names(calls), "attempts");
    const TimelineDataPtr drawn = makeTimeline(story.record(), story.now());
    QCOMPARE(drawn->indexOf({}, RowKind::Body), -1);

    // The bar of the drawing, chosen: the inspector has that attempt, and compares it.
    const int row = drawn->indexOf(RunStory::idOf("long"), RowKind::Step);
    const TimelineBar &bar = drawn->rows[static_cast<std::size_t>(row)].bars.front();
    const Inspection chosen = inspectionOf(story, {.kind = Selection::Kind::Attempt,
                                                   .step = RunStory::idOf("long"),
                                                   .stepName = "long"_ba,
                                                   .attempt = bar.request});
    QVERIFY(chosen.attempt() != nullptr);
    QCOMPARE(chosen.attempt()->request, *bar.request);
    attempts.setInspection(chosen, story.now());
    QCOMPARE(attempts.rowCount(), 2);
    QVERIFY(attempts.hasPrevious(0));
}

void TestAttemptModel::anErrorOfTheBodyIsNotOfTheStepAfterIt()
{
    RunStory story;
    story.start().breakOff("long", AttemptOutcome::RetryableError, 1s).pass(500ms);
    story.step("long", 12s);
    devserver::api::RunRecord record = story.record();
    record.attempts.front().httpStatus = 500;
    Inspection inspection = inspectionOf(story);
    inspection.run = std::make_shared<const devserver::api::RunRecord>(record);
    AttemptModel model;
    model.setInspection(inspection, story.now());
    QCOMPARE(names(model), u"#1 function body, #2 long"_s);
    const TimelineDataPtr drawn = makeTimeline(record, story.now());
    QVERIFY(drawn->indexOf({}, RowKind::Body) > 0);
}

void TestAttemptModel::whatIsNotKnownIsSaid()
{
    RunStory story;
    story.start().breakOff("long", AttemptOutcome::Interrupted, 7s);
    AttemptModel model;
    model.setInspection(inspectionOf(story), story.now());
    QCOMPARE(names(model), u"#1 function body"_s);
    QCOMPARE(factOf(model, 0, u"Step"_s), u"not known, the call broke off"_s);
    story.pass(500ms).step("long", 12s);
    model.setInspection(inspectionOf(story), story.now());
    QCOMPARE(factOf(model, 1, u"Step"_s), QString());
}

void TestAttemptModel::downtimeIsNoDuration()
{
    RunStory story;
    story.start().breakOff("long", AttemptOutcome::Interrupted, 7s).pass(500ms).step("long", 12s);
    AttemptModel model;
    model.setInspection(inspectionOf(story), story.now());
    QCOMPARE(cell(model, 0, AttemptModel::Duration), u"12 s"_s);
    QCOMPARE(cell(model, 1, AttemptModel::Duration), u"\u2264\u00a07.0 s"_s);
    QCOMPARE(factOf(model, 1, u"Duration"_s), u"at most 7.0 s"_s);
    const TimelineDataPtr drawn = makeTimeline(story.record(), story.now());
    const int row = drawn->indexOf(RunStory::idOf("long"), RowKind::Step);
    const TimelineBar &bar = drawn->rows[static_cast<std::size_t>(row)].bars.front();
    QCOMPARE(bar.state, BarState::Interrupted);
    QCOMPARE(tookText(bar, story.now()), u"\u2264\u00a07.0 s"_s);
    // Of the run and of the step it is no work.
    QCOMPARE(drawn->down, 7000ms);
    const auto factIn = [](const Inspection &subject, devserver::TimePoint now) {
        const SubjectFacts facts = factsOf(subject, {}, now, TimeStyle::Utc);
        for (const FactSection &section : facts.sections) {
            for (const Fact &fact : section.facts) {
                if (fact.label == u"Server was down"_s)
                    return fact.value;
            }
        }
        return QString();
    };
    QCOMPARE(factIn(inspectionOf(story), story.now()), u"at most 7.0 s"_s);
    QCOMPARE(factIn(inspectionOf(story, {.kind = Selection::Kind::Step,
                                         .step = RunStory::idOf("long"),
                                         .stepName = "long"_ba}),
                    story.now()),
             u"at most 7.0 s"_s);
}

void TestAttemptModel::saysWhatCameOfARetry_data()
{
    QTest::addColumn<QString>("after"); // the failure
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("decided");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("planned") << QString() << u"Failed (will retry)"_s << u"Retry after 48 s"_s
                             << u"another attempt follows."_s;
    QTest::newRow("came") << u"came"_s << u"Failed (retried)"_s << u"Retried after 48 s"_s
                          << u"another attempt followed."_s;
    QTest::newRow("by hand") << u"by hand"_s << u"Failed (retried)"_s
                             << u"Retried after 5.0 s by hand"_s << u"it was retried by hand."_s;
    QTest::newRow("cancelled") << u"cancelled"_s << u"Failed (not retried)"_s
                               << u"Was to be retried after 48 s; cancelled before"_s
                               << u"the run was cancelled before the next attempt."_s;
}

void TestAttemptModel::saysWhatCameOfARetry()
{
    QFETCH(const QString, after);
    RunStory story;
    story.start().failAttempt("charge", 2ms, 48s);
    const devserver::RequestId failed = story.record().attempts.back().request;
    if (after == u"came")
        story.pass(48s).step("charge", 2ms);
    else if (after == u"by hand")
        story.pass(5s).step("charge", 2ms);
    else if (after == u"cancelled")
        story.pass(5s).cancel();
    const Inspection inspection = inspectionOf(story, {.kind = Selection::Kind::Attempt,
                                                       .step = RunStory::idOf("charge"),
                                                       .stepName = "charge"_ba,
                                                       .attempt = failed});
    AttemptModel model;
    model.setInspection(inspection, story.now());
    const int row = model.rowOf(failed);
    QTEST(attemptFacts(model.row(row), story.now(), TimeStyle::Utc).word, "word");
    QTEST(cell(model, row, AttemptModel::Decided), "decided");
    QTEST(factOf(model, row, u"Another attempt"_s), "decided");
    QFETCH(const QString, sentence);
    const QString said = stepSentence(inspection, story.now());
    QVERIFY2(said.endsWith(sentence), qPrintable(said));

    // The calls and the drawing say the same.
    QFETCH(const QString, word);
    QFETCH(const QString, decided);
    CallModel calls;
    calls.setInspection(inspection, story.now());
    const QModelIndex call = calls.index(calls.rowOf(failed), CallModel::Step);
    QCOMPARE(call.data(Qt::ToolTipRole).toString(), u"%1: TimeoutError\n%2"_s.arg(word, decided));
    QVERIFY(call.data(Qt::AccessibleTextRole).toString().endsWith(word));
    TimelineLayout drawn;
    drawn.setData(makeTimeline(story.record(), story.now()));
    const int charge = drawn.data()->indexOf(RunStory::idOf("charge"), RowKind::Step);
    const TimelineCard card = cardFor(drawn, charge, 0);
    QCOMPARE(card.word, word + u" · attempt 1 of 5"_s);
    QVERIFY2(card.toText().contains(u"decided "_s + decided), qPrintable(card.toText()));
}

void TestAttemptModel::anotherStackIsAnotherError()
{
    const auto rowsWith = [](const QByteArray &stackOfOne) {
        RunStory story;
        story.start();
        for (int attempt = 0; attempt < 4; ++attempt)
            story.failAttempt("charge", 2ms, 1s).pass(1s);
        devserver::api::RunRecord record = story.record();
        int at = 0;
        for (devserver::Attempt &attempt : record.attempts)
            attempt.error = devserver::RawJson::fromTrusted(
                R"({"name":"TimeoutError","message":"no answer","stack":")"
                + (at++ == 1 ? stackOfOne : "at charge (a.js:1)"_ba) + "\"}");
        Inspection inspection = inspectionOf(story);
        inspection.run = std::make_shared<const devserver::api::RunRecord>(record);
        AttemptModel model;
        model.setInspection(inspection, story.now());
        return names(model);
    };
    QCOMPARE(rowsWith("at charge (a.js:1)"_ba), u"#1–#3 charge, #4 charge, #5 charge"_s);
    QCOMPARE(rowsWith("at charge (a.js:9)"_ba),
             u"#1 charge, #2 charge, #3 charge, #4 charge, #5 charge"_s);
}

void TestAttemptModel::isEmptiedWithoutReset()
{
    RunStory story;
    story.start().step("first", 6ms);
    AttemptModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setInspection(inspectionOf(story), story.now());
    QCOMPARE(model.rowCount(), 1);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(resets.size(), 0);
    model.setInspection(inspectionOf(story), story.now());
    QCOMPARE(model.rowCount(), 1);
}

QTEST_GUILESS_MAIN(TestAttemptModel)

#include "tst_attemptmodel.moc"

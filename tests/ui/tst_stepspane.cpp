// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/unit/ui/runstory.h"
#include "ui/runs/stepspane.h"
#include "ui/runs/steptable.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestStepsPane final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void filterKeepsWhatMatches_data();
    void filterKeepsWhatMatches();
    void keysGoToTheFilterAndBack();
    void aChoiceIsToldOnce();
    void filteringSelectsNothing();
    void timeSelectsNothing();
    void timesFollowTheSetting();
    void attemptsSayWhatTheyAreOf();
    void whatIsCountedStandsRight();
    void statesHaveOneWordEach();
    void namesAreSpokenAsTheyAreWritten();
    void ringGoesAroundTheWholeRow();
    void endedSleepLooksDone();
    void statesAreWholeWhereItIsNarrow_data();
    void statesAreWholeWhereItIsNarrow();
    void theBodyIsNoStep();

private:
    [[nodiscard]] QStringList steps() const
    {
        QStringList names;
        for (int row = 0; row < m_pane->table().model()->rowCount(); ++row)
            names.append(cell(row, StepModel::Step));
        return names;
    }

    [[nodiscard]] QString cell(int row, int column) const
    {
        return m_pane->table().model()->index(row, column).data().toString();
    }

    [[nodiscard]] QLineEdit *filter() const
    {
        return child<QLineEdit>(m_pane.get(), "stepsFilter");
    }

    std::unique_ptr<UiFixture> m_ui;
    std::unique_ptr<StepsPane> m_pane;
};

void TestStepsPane::init()
{
    m_ui = std::make_unique<UiFixture>();
    m_pane = std::make_unique<StepsPane>(m_ui->context);
    m_ui->show(m_pane.get(), {1100, 300});
    RunStory story;
    story.start().step("load-order", 800ms).step("check-fraud", 240ms);
    story.failForGood("charge-card", 2s).failBody(3ms).fail();
    m_ui->backend.setNow(story.now());
    m_pane->table().setTimeline(makeTimeline(story.record(), story.now()));
    m_pane->table().setFocus();
    m_ui->beat();
}

void TestStepsPane::cleanup()
{
    m_pane.reset();
    m_ui.reset();
}

void TestStepsPane::filterKeepsWhatMatches_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("steps");
    QTest::addColumn<QString>("found");
    QTest::addRow("name") << u"FRAUD"_s << QStringList{u"check-fraud"_s} << u"1 found"_s;
    QTest::addRow("state") << u"failed"_s << QStringList{u"charge-card"_s, u"function body"_s}
                           << u"2 found"_s;
    QTest::addRow("error") << u"timeouterror"_s << QStringList{u"charge-card"_s, u"function body"_s}
                           << u"2 found"_s;
    QTest::addRow("nothing") << u"ship"_s << QStringList{} << u"No step matches."_s;
}

void TestStepsPane::filterKeepsWhatMatches()
{
    QFETCH(const QString, words);
    const ModelWatch watch(m_pane->table().model(), "StepModel");
    QCOMPARE(steps().size(), 4);
    QVERIFY(!child<QLabel>(m_pane.get(), "stepsFound")->isVisible());
    QTest::mouseClick(filter(), Qt::LeftButton);
    QTest::keyClicks(filter(), words);
    QTEST(steps(), "steps");
    QTEST(child<QLabel>(m_pane.get(), "stepsFound")->text(), "found");
    QVERIFY(child<QLabel>(m_pane.get(), "stepsFound")->isVisible());
    shoot(m_pane.get(), u"steps_filter"_s);
}

void TestStepsPane::keysGoToTheFilterAndBack()
{
    QTest::keyClick(&m_pane->table(), Qt::Key_F);
    QVERIFY(filter()->hasFocus());
    QTest::keyClicks(filter(), u"load"_s);
    QCOMPARE(steps().size(), 1);
    QTest::keyClick(filter(), Qt::Key_Return);
    QVERIFY(m_pane->table().hasFocus());
    QCOMPARE(steps().size(), 1);
    QTest::keyClick(&m_pane->table(), Qt::Key_F);
    QTest::keyClick(filter(), Qt::Key_Escape);
    QVERIFY(m_pane->table().hasFocus());
    QVERIFY(filter()->text().isEmpty());
    QCOMPARE(steps().size(), 4);
}

void TestStepsPane::aChoiceIsToldOnce()
{
    QSignalSpy told(&m_pane->table(), &StepTable::stepSelected);
    QTest::keyClick(&m_pane->table(), Qt::Key_Down);
    QTest::keyClick(&m_pane->table(), Qt::Key_Down);
    QCOMPARE(told.size(), 2);
    const QModelIndex first = m_pane->table().model()->index(0, StepModel::Step);
    QTest::mouseClick(m_pane->table().viewport(), Qt::LeftButton, {},
                      m_pane->table().visualRect(first).center());
    QCOMPARE(told.size(), 3);
    const auto chosen = told.last().first().value<Selection>();
    QCOMPARE(chosen.stepName.isEmpty() ? cell(0, StepModel::Step).toUtf8() : chosen.stepName,
             cell(0, StepModel::Step).toUtf8());
}

void TestStepsPane::filteringSelectsNothing()
{
    QTest::keyClick(&m_pane->table(), Qt::Key_Home, Qt::ControlModifier);
    QSignalSpy selected(&m_pane->table(), &StepTable::stepSelected);
    QTest::keyClick(&m_pane->table(), Qt::Key_F);
    QTest::keyClicks(filter(), u"fraud"_s);
    QCOMPARE(steps().size(), 1); // and the row that was chosen is gone
    QCOMPARE(selected.size(), 0);
}

/// A time that goes on does not match for ever.
void TestStepsPane::timeSelectsNothing()
{
    RunStory story;
    story.start().step("load-order", 2500ms).step("check-fraud", 1s);
    story.plan({"charge"}).sendStep("charge").pass(2500ms);
    m_ui->backend.setNow(story.now());
    m_pane->table().setTimeline(makeTimeline(story.record(), story.now()));
    const auto rowOf = [this] { return static_cast<int>(steps().indexOf(u"charge"_s)); };
    const QString duration = cell(rowOf(), StepModel::Duration);
    QTest::mouseClick(filter(), Qt::LeftButton);
    QTest::keyClicks(filter(), duration);
    QVERIFY2(rowOf() >= 0 && steps().size() > 1, qPrintable(duration));
    clickCell(&m_pane->table(), m_pane->table().model()->index(rowOf(), StepModel::Step));
    QSignalSpy selected(&m_pane->table(), &StepTable::stepSelected);
    m_ui->backend.advance(3s);
    QTRY_VERIFY2(rowOf() < 0, qPrintable(cell(rowOf(), StepModel::Duration)));
    QCOMPARE(selected.size(), 0);
}

void TestStepsPane::timesFollowTheSetting()
{
    QCOMPARE(cell(1, StepModel::Started), u"+800 ms"_s);
    arrange::timeStyle(*m_ui, TimeStyle::Absolute);
    const QString absolute = cell(1, StepModel::Started);
    QVERIFY2(!absolute.startsWith(u'+') && absolute.contains(u':'), qPrintable(absolute));
    arrange::timeStyle(*m_ui, TimeStyle::Relative);
    QCOMPARE(cell(1, StepModel::Started), u"+800 ms"_s);
    const QString tip =
        m_pane->table().model()->index(1, StepModel::Started).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(u".8"_s)); // to the millisecond
}

/// How many are allowed is said where it matters.
void TestStepsPane::attemptsSayWhatTheyAreOf()
{
    const auto tip = [this](int row) {
        return m_pane->table()
            .model()
            ->index(row, StepModel::Attempts)
            .data(Qt::ToolTipRole)
            .toString();
    };
    QCOMPARE(cell(0, StepModel::Attempts), u"1"_s);
    QVERIFY2(tip(0).startsWith(u"1 attempt used; "_s), qPrintable(tip(0)));
    QVERIFY2(cell(2, StepModel::Attempts).contains(u" of "_s),
             qPrintable(cell(2, StepModel::Attempts)));
}

void TestStepsPane::whatIsCountedStandsRight()
{
    const QAbstractItemModel *model = m_pane->table().model();
    for (const int column : {StepModel::Number, StepModel::Attempts, StepModel::Started,
                             StepModel::Duration, StepModel::OutputSize}) {
        const auto isRight = [](const QVariant &side) {
            return (side.toInt() & Qt::AlignRight) != 0;
        };
        QVERIFY2(isRight(model->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole)),
                 qPrintable(QString::number(column)));
        QVERIFY(isRight(model->index(0, column).data(Qt::TextAlignmentRole)));
    }
}

/// As of runs and attempts (ui.md §3.1): what a step was, its kind says.
void TestStepsPane::statesHaveOneWordEach()
{
    const auto stateOf = [this](const RunStory &story) {
        m_pane->table().setTimeline(makeTimeline(story.record(), story.now()));
        return cell(0, StepModel::State);
    };
    RunStory story;
    story.start().beginSleep("nap", 5s).pass(1s);
    QCOMPARE(stateOf(story), u"Waiting · sleep"_s);
    QCOMPARE(
        m_pane->table().model()->index(0, StepModel::State).data(Qt::AccessibleTextRole).toString(),
        u"Waiting, sleep"_s);
    story.pass(4s).endSleep("nap");
    QCOMPARE(stateOf(story), u"Succeeded"_s);
    QCOMPARE(cell(0, StepModel::Kind), u"sleep"_s);
    RunStory failing;
    failing.start().failAttempt("charge-card", 1s, 20s).pass(1s);
    QCOMPARE(stateOf(failing), u"Waiting · backoff"_s);
}

/// Only what the program writes has other signs for the ear.
void TestStepsPane::namesAreSpokenAsTheyAreWritten()
{
    RunStory story;
    story.start().step("a · b", 800ms).beginSleep("c", 1min);
    m_pane->table().setTimeline(makeTimeline(story.record(), story.now()));
    m_ui->beat();
    const QAbstractItemModel *model = m_pane->table().model();
    const auto spoken = [model](int row, int column) {
        return model->index(row, column).data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(spoken(0, StepModel::Step), u"a · b"_s);
    QVERIFY2(cell(1, StepModel::State).contains(u'·'), qPrintable(cell(1, StepModel::State)));
    QVERIFY(!spoken(1, StepModel::State).contains(u'·'));
}

/// The moon says that something waits.
void TestStepsPane::endedSleepLooksDone()
{
    QCOMPARE(barIcon(BarState::Slept), barIcon(BarState::Succeeded));
    QCOMPARE(barIconToken(BarState::Slept), Token::StateCompleted);
    QVERIFY(barIcon(BarState::Sleeping) != barIcon(BarState::Slept));
    QVERIFY(barIcon(BarState::SleepSkipped) != barIcon(BarState::Slept));
    QCOMPARE(barToken(BarState::Slept), Token::StateWaiting); // its bar says what it was
}

/// It is not counted, nor does it look like what somebody named.
void TestStepsPane::theBodyIsNoStep()
{
    StepTable &table = m_pane->table();
    QCOMPARE(cell(3, StepModel::Step), u"function body"_s);
    QCOMPARE(cell(3, StepModel::Number), QString());
    const QImage image = table.viewport()->grab().toImage();
    const auto has = [&](int row, Token token) {
        const QRect name = table.visualRect(table.model()->index(row, StepModel::Step));
        for (int y = name.top(); y <= name.bottom(); ++y) {
            for (int x = name.left(); x <= name.right(); ++x) {
                if (image.pixel(x, y) == m_ui->theme.color(token).rgb())
                    return true;
            }
        }
        return false;
    };
    QVERIFY(has(2, Token::Text));
    QVERIFY(!has(3, Token::Text));
    QVERIFY(has(3, Token::TextDim));
}

/// Icons of a row cut it in two.
void TestStepsPane::ringGoesAroundTheWholeRow()
{
    StepTable &table = m_pane->table();
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
                      table.visualRect(table.model()->index(1, StepModel::Step)).center());
    QTest::mouseClick(table.viewport(), Qt::LeftButton, Qt::ControlModifier,
                      table.visualRect(table.model()->index(1, StepModel::Step)).center());
    QVERIFY(table.hasFocus());
    QVERIFY(table.selectionModel()->selectedRows().isEmpty());
    const QImage image = table.viewport()->grab().toImage();
    const QRect row = table.visualRect(table.model()->index(1, StepModel::Number));
    const QRgb ring = m_ui->theme.color(Token::Accent).rgb();
    const int end = std::min(table.horizontalHeader()->length(), image.width());
    for (int x = 0; x < end; ++x) {
        QCOMPARE(image.pixel(x, row.top()), ring);
        QCOMPARE(image.pixel(x, row.bottom()), ring);
    }
    for (int y = row.top(); y <= row.bottom(); ++y) {
        QCOMPARE(image.pixel(0, y), ring);
        if (end < image.width())
            QCOMPARE(image.pixel(end - 1, y), ring);
    }
}

void TestStepsPane::statesAreWholeWhereItIsNarrow_data()
{
    QTest::addColumn<int>("width");
    for (int width = 480; width < 1'000; width += 40)
        QTest::addRow("%d pixels", width) << width;
}

/// Columns that say less give way, and errors are cut.
void TestStepsPane::statesAreWholeWhereItIsNarrow()
{
    const StepTable &table = m_pane->table();
    const QModelIndex state = table.model()->index(1, StepModel::State); // no ring there
    QCOMPARE(state.data().toString(), u"Succeeded"_s);
    const auto endOfInk = [&] {
        const QImage image = table.viewport()->grab(table.visualRect(state)).toImage();
        int end = 0;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 4; y < image.height() - 4; ++y)
                end = image.pixel(x, y) != image.pixel(1, 1) ? x : end;
        }
        return end;
    };
    const int whole = endOfInk();
    QVERIFY(whole > table.fontMetrics().horizontalAdvance(state.data().toString()));
    QFETCH(const int, width);
    m_pane->resize(width, 300);
    m_ui->beat();
    QCOMPARE(endOfInk(), whole);
}

UI_TEST_MAIN(TestStepsPane)
#include "tst_stepspane.moc"

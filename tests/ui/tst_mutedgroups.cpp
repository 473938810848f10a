// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/uifixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Which groups of dead letters are muted belongs to the project (ui.md §25).
class TestMutedGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areReadableInTheProject();
    void whatIsUnknownIsKept();
    void aLargeFileIsReadAndWritten();
    void eachProjectHasItsOwn();
    void thoseOfThePersonMoveIntoTheProject();
    void thoseOfThePersonStayUntilTheyAreWritten();
    void withoutAFileTheyLastAsLongAsTheWindow();
    void whatIsOverGoesWhenItIsRead();
    void aBrokenFileIsLeftAlone();
};

namespace {

struct Project {
    QTemporaryDir folder;
    UiFixture ui;

    [[nodiscard]] QString path(const QString &project = u"shop"_s) const
    {
        return MutedGroups::fileBeside(folder.filePath(project + u"/redrive.db"_s));
    }

    void write(const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(path()).path());
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    /// Of the person, from when they were kept there.
    [[nodiscard]] QString oldSettings() const
    {
        QFile file(folder.filePath(u"settings.ini"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write("[dead]\nmuted=\"shop-charge-order\\tprint-TimeoutError\\t0\", "
                       "\"shop-send-mail\\tprint-SmtpError\\t4102444800000\", nonsense\n");
        return file.fileName();
    }

    [[nodiscard]] QByteArray text() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    [[nodiscard]] QJsonObject content()
    {
        ui.muted.waitForWrites();
        return QJsonDocument::fromJson(text()).object();
    }
};

constexpr qint64 far = 4'102'444'800'000; ///< the year 2100

const MutedGroups::Group charge{"shop-charge-order"_ba, "print-TimeoutError"_ba};
const MutedGroups::Group mail{"shop-send-mail"_ba, "print-SmtpError"_ba};

} // namespace

void TestMutedGroups::areReadableInTheProject()
{
    Project project;
    project.ui.muted.setFile(project.path());
    QVERIFY(!QFile::exists(project.path())); // nothing to keep
    project.ui.muted.mute({charge}, devserver::fromMs(far));
    project.ui.muted.mute({mail}, {});
    const QJsonObject content = project.content();
    QCOMPARE(content["version"_L1].toInt(), 1);
    const QJsonArray wanted{
        QJsonObject{{"function"_L1, u"shop-charge-order"_s},
                    {"signature"_L1, u"print-TimeoutError"_s},
                    {"until"_L1, u"2100-01-01T00:00:00.000Z"_s}},
        QJsonObject{{"function"_L1, u"shop-send-mail"_s}, {"signature"_L1, u"print-SmtpError"_s}}};
    QCOMPARE(content["muted"_L1].toArray(), wanted);
    MutedGroups again(project.ui.backend, project.ui.feed, project.ui.settings);
    again.setFile(project.path());
    QCOMPARE(again.isMuted(mail), true);
    QCOMPARE(again.until(mail), MutedGroups::Until());
    project.ui.muted.unmute({charge, mail});
    QVERIFY(project.content()["muted"_L1].toArray().isEmpty());
}

void TestMutedGroups::whatIsUnknownIsKept()
{
    Project project;
    project.write(R"({"later": [1], "muted": [
        {"function": "shop-send-mail", "signature": "print-SmtpError", "by": "ana"},
        {"function": "shop-send-mail", "signature": "x", "until": "some day"}, 7]})");
    project.ui.muted.setFile(project.path());
    QVERIFY(project.ui.muted.isMuted(mail));
    QVERIFY(!project.ui.muted.isMuted({"shop-send-mail"_ba, "x"_ba})); // until when is not known
    project.ui.muted.mute({charge}, {});
    const QJsonObject content = project.content();
    QCOMPARE(content["later"_L1].toArray(), QJsonArray{1});
    const QJsonArray muted = content["muted"_L1].toArray();
    QCOMPARE(muted.size(), 4);
    QCOMPARE(muted.at(1)["by"_L1].toString(), u"ana"_s);
    QCOMPARE(muted.at(2)["until"_L1].toString(), u"some day"_s);
    QCOMPARE(muted.at(3), QJsonValue(7));
    project.ui.muted.unmute({charge, mail});
    const QJsonArray left = project.content()["muted"_L1].toArray();
    QCOMPARE(left.size(), 2);
    QCOMPARE(left.at(0)["until"_L1].toString(), u"some day"_s);
}

/// On another thread; what is muted before it is there is not lost, nor is what it holds.
void TestMutedGroups::aLargeFileIsReadAndWritten()
{
    Project project;
    QByteArray entries;
    for (int number = 0; number < 1000; ++number)
        entries += R"({"function": "shop-charge-order", "signature": "print-)"
                   + QByteArray::number(number) + R"(", "by": "ana"},)";
    project.write(R"({"muted": [)" + entries.chopped(1) + "]}");
    QVERIFY(project.text().size() > ProjectFile::mostAtOnce);
    QSignalSpy problem(&project.ui.muted, &MutedGroups::problem);
    project.ui.muted.setFile(project.path());
    project.ui.muted.mute({mail}, {});
    const MutedGroups::Group last{"shop-charge-order"_ba, "print-999"_ba};
    QTRY_VERIFY(project.ui.muted.isMuted(last));
    QVERIFY(project.ui.muted.isMuted(mail));
    QCOMPARE(project.content()["muted"_L1].toArray().size(), 1001);
    QVERIFY(problem.isEmpty());
}

void TestMutedGroups::eachProjectHasItsOwn()
{
    Project project;
    project.ui.muted.setFile(project.path());
    project.ui.muted.mute({charge}, {});
    project.ui.muted.waitForWrites();
    QSignalSpy changed(&project.ui.muted, &MutedGroups::changed);
    project.ui.muted.setFile(project.path(u"mail"_s));
    QVERIFY(!project.ui.muted.isMuted(charge));
    QVERIFY(changed.size() > 0);
    project.ui.muted.setFile(project.path());
    QVERIFY(project.ui.muted.isMuted(charge));
}

void TestMutedGroups::thoseOfThePersonMoveIntoTheProject()
{
    Project project;
    Settings settings(project.oldSettings());
    MutedGroups muted(project.ui.backend, project.ui.feed, settings);
    muted.setFile(project.path());
    QVERIFY(muted.isMuted(charge));
    QCOMPARE(muted.until(mail), MutedGroups::Until(devserver::fromMs(far)));
    QTRY_VERIFY(!settings.value(u"dead/muted"_s).isValid());
    QCOMPARE(project.content()["muted"_L1].toArray().size(), 2);
    muted.setFile(project.path(u"mail"_s)); // the next one gets none
    QVERIFY(!muted.isMuted(charge));
}

void TestMutedGroups::thoseOfThePersonStayUntilTheyAreWritten()
{
    Project project;
    Settings settings(project.oldSettings());
    MutedGroups muted(project.ui.backend, project.ui.feed, settings);
    QDir(project.folder.path()).mkdir(u"shop"_s);
    const QString folder = QFileInfo(project.path()).path();
    QFile inItsPlace(folder);
    QVERIFY(inItsPlace.open(QIODevice::WriteOnly));
    inItsPlace.close();
    QSignalSpy problem(&muted, &MutedGroups::problem);
    muted.setFile(project.path());
    QVERIFY(muted.isMuted(charge));
    QTRY_COMPARE(problem.size(), 1);
    QVERIFY(settings.value(u"dead/muted"_s).isValid());
    // Once they can be written, they are.
    QVERIFY(inItsPlace.remove());
    muted.mute({charge}, {});
    QTRY_VERIFY(!settings.value(u"dead/muted"_s).isValid());
    QCOMPARE(project.content()["muted"_L1].toArray().size(), 2);
}

void TestMutedGroups::withoutAFileTheyLastAsLongAsTheWindow()
{
    UiFixture ui;
    ui.muted.setFile({});
    ui.muted.mute({charge}, {});
    QVERIFY(ui.muted.isMuted(charge));
    QVERIFY(!ui.settings.value(u"dead/muted"_s).isValid());
}

void TestMutedGroups::whatIsOverGoesWhenItIsRead()
{
    Project project;
    project.write(R"({"muted": [{"function": "shop-send-mail", "signature": "print-SmtpError",
                                 "until": "2001-01-01T00:00:00.000Z"}]})");
    project.ui.muted.setFile(project.path());
    QVERIFY(!project.ui.muted.isMuted(mail));
    QVERIFY(project.content()["muted"_L1].toArray().isEmpty());
}

void TestMutedGroups::aBrokenFileIsLeftAlone()
{
    Project project;
    project.write("not json");
    Settings settings(project.oldSettings());
    MutedGroups muted(project.ui.backend, project.ui.feed, settings);
    QSignalSpy problem(&muted, &MutedGroups::problem);
    muted.setFile(project.path());
    QCOMPARE(problem.size(), 1);
    muted.mute({charge}, {}); // as long as the window
    QVERIFY(muted.isMuted(charge));
    muted.waitForWrites();
    QCOMPARE(project.text(), "not json"_ba);
    QVERIFY(settings.value(u"dead/muted"_s).isValid()); // for a project that can be read
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestMutedGroups)
#include "tst_mutedgroups.moc"

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/errorwords.h"
#include "ui/core/format.h"

#include <QObject>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace console;
using devserver::Error;
using devserver::ErrorCode;

/// What stands behind [Details] of an error (ui.md 21).
class TestErrorWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factsSayWhatHelps_data();
    void factsSayWhatHelps();
    void eachCodeHasItsOwnWords_data();
    void eachCodeHasItsOwnWords();
    void detailsAreAReport();
};

namespace {

constexpr auto noon =
    std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + std::chrono::hours(12);

constexpr std::array allCodes = {
    ErrorCode::InvalidJson,  ErrorCode::InvalidInput, ErrorCode::TooLarge,  ErrorCode::NotFound,
    ErrorCode::Conflict,     ErrorCode::Unauthorized, ErrorCode::Forbidden, ErrorCode::Unsupported,
    ErrorCode::AddressInUse, ErrorCode::Network,      ErrorCode::Timeout,   ErrorCode::StoreLocked,
    ErrorCode::StoreFull,    ErrorCode::StoreDamaged, ErrorCode::Store,     ErrorCode::Stopping,
    ErrorCode::StoreReadOnly};

QStringList factsOf(ErrorCode code, const QString &file)
{
    return errorFacts({code, u"the message"_s}, noon, file).split(u'\n');
}

const QString timeLine = u"Time: "_s + formatTimeExactly(noon, TimeStyle::Absolute);

} // namespace

void TestErrorWords::factsSayWhatHelps_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("advice"); // empty: the message says all
    const QString file = u"/home/me/.local/share/redrive/orders.db"_s;
    QTest::newRow("locked") << ErrorCode::StoreLocked << file
                            << u"Another server has the data file open: orders.db"_s
                            << u"Stop the other server, then try again."_s;
    QTest::newRow("full") << ErrorCode::StoreFull << file
                          << u"The disk with the data file is full: orders.db"_s
                          << u"Make room on its disk, then try again."_s;
    QTest::newRow("damaged") << ErrorCode::StoreDamaged << file
                             << u"The data file is damaged, or is no database: orders.db"_s
                             << u"Open a copy of it, or another data file."_s;
    QTest::newRow("read-only") << ErrorCode::StoreReadOnly << file
                               << u"The data file may not be written to: orders.db"_s
                               << u"Allow writing to it and to its folder, then try again."_s;
    QTest::newRow("not readable")
        << ErrorCode::Store << file << u"The data file could not be read or written: orders.db"_s
        << u"Look whether its disk is there and can be written to, then try again."_s;
    QTest::newRow("nothing is kept")
        << ErrorCode::StoreFull << QString() << u"The disk with the data file is full."_s
        << u"Make room on its disk, then try again."_s;
    QTest::newRow("not about the file")
        << ErrorCode::AddressInUse << file << u"The port is in use."_s << QString();
    QTest::newRow("a conflict") << ErrorCode::Conflict << file
                                << u"It is in another state by now."_s << QString();
}

void TestErrorWords::factsSayWhatHelps()
{
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, file);
    QFETCH(const QString, kind);
    QFETCH(const QString, advice);
    QStringList lines{kind, advice, timeLine};
    lines.removeAll(QString());
    QCOMPARE(factsOf(code, file), lines);
}

void TestErrorWords::eachCodeHasItsOwnWords_data()
{
    QTest::addColumn<ErrorCode>("code");
    for (const ErrorCode code : allCodes)
        QTest::newRow(qPrintable(errorCodeName(code))) << code;
}

void TestErrorWords::eachCodeHasItsOwnWords()
{
    QFETCH(const ErrorCode, code);
    const QStringList facts = factsOf(code, {});
    QVERIFY2(facts.first().endsWith(u'.') && facts.first().size() > 15, qPrintable(facts.first()));
    QCOMPARE(facts.last(), timeLine);
    // What is about the data file says what helps: the message is of SQLite or of the system.
    QCOMPARE(facts.size(), facts.first().contains(u"data file"_s) ? 3 : 2);
    for (const ErrorCode other : allCodes) {
        if (other == code)
            continue;
        QVERIFY(factsOf(other, {}).first() != facts.first());
        QVERIFY(errorCodeName(other) != errorCodeName(code));
    }
}

void TestErrorWords::detailsAreAReport()
{
    QCOMPARE(errorDetails(Error{ErrorCode::AddressInUse, u"port 8288 is in use"_s}, noon),
             u"The port is in use (code AddressInUse)\nMessage: port 8288 is in use\n"_s
                 + timeLine);
    QCOMPARE(errorDetails(u"no such file"_s, noon), u"Message: no such file\n"_s + timeLine);
}

QTEST_GUILESS_MAIN(TestErrorWords)

#include "tst_errorwords.moc"

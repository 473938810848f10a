// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/packedlist.h"

#include <QTest>

using namespace Qt::StringLiterals;
using devserver::store::packList;
using devserver::store::unpackList;

using Parts = std::vector<QByteArray>;

class TestPackedList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void isCompact();
    void leavesOutWhatIsCutOff();
};

void TestPackedList::comesBackAsItWas_data()
{
    QTest::addColumn<QByteArrayList>("parts");
    QTest::addRow("nothing") << QByteArrayList();
    QTest::addRow("one empty text") << QByteArrayList{QByteArray()};
    QTest::addRow("empty between others") << QByteArrayList{"a", "", "b"};
    QTest::addRow("127 and 128 bytes")
        << QByteArrayList{QByteArray(127, 'x'), QByteArray(128, 'y')};
    QTest::addRow("three bytes of length") << QByteArrayList{QByteArray(70000, 'z'), "end"};
    QTest::addRow("zero bytes and high bytes") << QByteArrayList{QByteArray("\0\x80\xff", 3)};
}

void TestPackedList::comesBackAsItWas()
{
    QFETCH(const QByteArrayList, parts);
    const Parts given(parts.begin(), parts.end());
    QCOMPARE(unpackList(packList(given)), given);
}

void TestPackedList::isCompact()
{
    QCOMPARE(packList({}), QByteArray());
    QCOMPARE(packList({"ab", "c"}), "\x02"_ba + "ab" + "\x01" + "c");
}

void TestPackedList::leavesOutWhatIsCutOff()
{
    const QByteArray packed = packList({"ab", QByteArray(200, 'c')});
    QCOMPARE(unpackList(packed.chopped(1)), Parts{"ab"});
    QCOMPARE(unpackList(packed.first(4)), Parts{"ab"}); // in the middle of the length
    QCOMPARE(unpackList(QByteArray(20, '\xff')), Parts{});
}

QTEST_GUILESS_MAIN(TestPackedList)
#include "tst_packedlist.moc"

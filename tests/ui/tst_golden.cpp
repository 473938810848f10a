// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrangewindow.h"
#include "tests/ui/support/golden.h"
#include "tests/ui/support/screens.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;

/// Pictures of every screen, of the window with the scene's data. Which ones stands in
/// tests/fixtures/screens.json: `light`, `dark`, and `light_200` in a process with
/// QT_SCALE_FACTOR=2. With REDRIVE_GOLDEN_PART=1/3 every third screen, beginning with the first.
class TestGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksAsItDid_data();
    void looksAsItDid();
    void everyScreenHasItsPictures();
};

namespace {

QJsonObject pictureList()
{
    QFile file(QStringLiteral(REDRIVE_SCREENS));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", REDRIVE_SCREENS);
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// `light` of a screen at the scale of this process; the others are not of this process.
QStringList themesOf(const char *screen)
{
    const int percent = qRound(qApp->devicePixelRatio() * 100);
    QStringList themes;
    for (const QJsonValue picture : pictureList().value(QLatin1StringView(screen)).toArray()) {
        const QStringList parts = picture.toString().split(u'_');
        if (parts.value(1, u"100"_s).toInt() == percent)
            themes.append(parts.front());
    }
    return themes;
}

/// Whether this process takes the screen at this place of the list.
bool isMine(int at)
{
    const QList<QByteArray> part = qgetenv("REDRIVE_GOLDEN_PART").split('/');
    return part.size() != 2 || at % part[1].toInt() == part[0].toInt() - 1;
}

QString pictureName(const char *screen, const QString &theme)
{
    const int percent = qRound(qApp->devicePixelRatio() * 100);
    const QString name = QString::fromLatin1(screen) + u'_' + theme;
    return percent == 100 ? name : name + u'_' + QString::number(percent);
}

} // namespace

void TestGolden::looksAsItDid_data()
{
    QTest::addColumn<int>("at");
    for (int at = 0; at < static_cast<int>(screens().size()); ++at) {
        const char *name = screens()[static_cast<std::size_t>(at)].name;
        if (isMine(at) && !themesOf(name).isEmpty())
            QTest::newRow(name) << at;
    }
}

void TestGolden::looksAsItDid()
{
    QFETCH(const int, at);
    const Screen &screen = screens()[static_cast<std::size_t>(at)];
    ScreenStage stage;
    QWidget *shown = openScreen(stage, screen);
    QStringList problems;
    for (const QString &theme : themesOf(screen.name)) {
        arrange::theme(*stage.window, theme == u"dark"_s ? ThemeChoice::Dark : ThemeChoice::Light);
        settle(shown, [&stage] { stage.beat(); });
        const QString problem = compareGolden(shown, pictureName(screen.name, theme));
        if (!problem.isEmpty())
            problems.append(problem);
    }
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

/// None is missing in the list, none on the disk, and none is left over.
void TestGolden::everyScreenHasItsPictures()
{
    const QJsonObject list = pictureList();
    QStringList names;
    for (const Screen &screen : screens())
        names.append(QString::fromLatin1(screen.name));
    names.sort();
    QCOMPARE(list.keys(), names);
    if (qEnvironmentVariableIsSet("REDRIVE_UPDATE_GOLDEN"))
        return; // they are being made
    QStringList wanted;
    for (const QString &name : names) {
        for (const QJsonValue picture : list.value(name).toArray())
            wanted.append(name + u'_' + picture.toString());
    }
    wanted.sort();
    QCOMPARE(goldenPictures(), wanted);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestGolden)

#include "tst_golden.moc"

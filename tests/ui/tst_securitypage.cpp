// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/theme.h"
#include "ui/widgets/codefont.h"

#include <QAbstractTextDocumentLayout>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScopeGuard>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QTextLayout>

#include <cstdlib>
#include <utility>

namespace console::test {

using namespace Qt::StringLiterals;
using devserver::api::BoundAddress;
using devserver::api::ServerAccess;

/// Settings › Security says who gets in (ui.md §25).
class TestSecurityPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsUsual();
    void saysWhatTheServerWasGiven();
    void optionsAreInTheFixedFont();
    void captionsStandBesideTheirFields_data();
    void captionsStandBesideTheirFields();
    void warnsOfOtherMachines();
    void followsTheServer();
    void keysAreCompared_data();
    void keysAreCompared();
    void aComparisonThatFailsSaysWhy();
    void isFoundBySearchAndPalette();
};

namespace {

struct Page {
    WindowStage stage;
    QDialog *dialog = nullptr;

    void open(int percent = 100)
    {
        stage.open();
        arrange::fontPercent(*stage.window, percent);
        stage.key(Qt::Key_Comma, Qt::ControlModifier);
        dialog = child<QDialog>(stage.window.get(), "settingsDialog");
        QTest::keyClick(child<QListWidget>(dialog, "settingsCategories"), Qt::Key_End);
        stage.beat();
    }

    [[nodiscard]] QString text(const char *name) const
    {
        const auto *label = child<QLabel>(dialog, name);
        if (label->textFormat() != Qt::RichText)
            return label->text();
        return QTextDocumentFragment::fromHtml(label->text()).toPlainText();
    }

    [[nodiscard]] bool isShown(const char *name) const
    {
        return child<QWidget>(dialog, name)->isVisible();
    }

    ServerAccess &access() { return stage.backend.state.access; }
};

/// How far the words of a first line with code among them stand below the top of the label.
int fallOfWords(const QLabel *label)
{
    QTextDocument document;
    document.setDocumentMargin(0);
    document.setDefaultFont(label->font());
    document.setTextWidth(label->contentsRect().width());
    document.setHtml(label->text());
    const QTextBlock block = document.begin();
    const QRectF room = document.documentLayout()->blockBoundingRect(block);
    const QTextLine line = block.layout()->lineAt(0);
    return qRound(room.top() + line.y() + line.ascent()) - label->fontMetrics().ascent();
}

/// Where the text of a label or of a box begins.
int topOfText(const QWidget *part, const QWidget *in)
{
    const auto *label = qobject_cast<const QLabel *>(part);
    const bool isAtTop =
        label != nullptr && (label->alignment() & Qt::AlignTop || label->wordWrap());
    const QRect room = part->contentsRect();
    const int above = isAtTop ? (label->textFormat() == Qt::RichText ? fallOfWords(label) : 0)
                              : (room.height() - part->fontMetrics().height()) / 2;
    return part->mapTo(in, room.topLeft()).y() + above;
}

BoundAddress here()
{
    return {.text = u"127.0.0.1:8288"_s, .isLoopback = true};
}

BoundAddress everywhere()
{
    return {.text = u"0.0.0.0:8288"_s, .isLoopback = false};
}

} // namespace

void TestSecurityPage::saysWhatIsUsual()
{
    Page page;
    page.access().addresses = {here(), {.text = u"[::1]:8288"_s, .isLoopback = true}};
    page.open();
    QCOMPARE(page.text("securityAddresses"), u"127.0.0.1:8288\n[::1]:8288"_s);
    QVERIFY(!page.isShown("securityOpen"));
    QVERIFY(!page.isShown("securityOpenIcon"));
    QVERIFY(page.text("securityHosts").contains(u"localhost"_s));
    QVERIFY(page.text("securityOrigins").contains(u"this machine"_s));
    QCOMPARE(page.text("securityEventKeys"), u"Any key is accepted"_s);
    QVERIFY(page.text("securitySigningKey").startsWith(u"None"_s));
    QCOMPARE(page.text("securityPromise"), u"This program sends nothing anywhere."_s);
    // Nothing that could not be used.
    QVERIFY(!page.isShown("securityKey"));
    QVERIFY(!page.isShown("securityTestHeading")); // it would be that of nothing
    QVERIFY(!page.isShown("resetSecurity"));
    QVERIFY2(a11yFindings(page.dialog).isEmpty(),
             qPrintable(a11yFindings(page.dialog).join(u'\n')));
}

void TestSecurityPage::saysWhatTheServerWasGiven()
{
    Page page;
    page.access() = {.addresses = {here()},
                     .hosts = {"build.example"_ba},
                     .origins = {"https://app.example.com"_ba},
                     .eventKeys = {{.start = {}, .end = {}}, {.start = {}, .end = "4f0c"_ba}},
                     .eventKeysFrom = u"REDRIVE_EVENT_KEY"_s,
                     .signingKey = {{.start = "signkey-test-"_ba, .end = "cdef"_ba}},
                     .signingKeyFrom = u"--signing-key"_s};
    page.open();
    QVERIFY(page.text("securityHosts").endsWith(u"\nbuild.example"_s));
    QVERIFY(page.text("securityOrigins").endsWith(u"\nhttps://app.example.com"_s));
    QCOMPARE(page.text("securityEventKeys"), u"••••, …4f0c (given with REDRIVE_EVENT_KEY)"_s);
    QCOMPARE(page.text("securitySigningKey"), u"signkey-test-…cdef (given with --signing-key)"_s);
    QVERIFY(page.isShown("securityKey"));
    QVERIFY2(a11yFindings(page.dialog).isEmpty(),
             qPrintable(a11yFindings(page.dialog).join(u'\n')));
    QVERIFY2(cutOffFindings(page.dialog).isEmpty(),
             qPrintable(cutOffFindings(page.dialog).join(u'\n')));
}

/// In the text of the window two hyphens look like a dash.
void TestSecurityPage::optionsAreInTheFixedFont()
{
    Page page;
    page.access().addresses = {everywhere()};
    page.open();
    const QFont fixed = codeFont(page.dialog->font());
    int options = 0;
    for (const QLabel *label : page.dialog->findChildren<QLabel *>()) {
        if (!label->isVisible())
            continue;
        QTextDocument text(label->text());
        if (label->textFormat() == Qt::RichText)
            text.setHtml(label->text());
        for (auto part = text.begin().begin(); !part.atEnd(); ++part) {
            if (!part.fragment().text().contains(u"-"_s))
                continue;
            QVERIFY2(part.fragment().text().startsWith(u"--"_s)
                         || part.fragment().text().startsWith(u"-\ufeff-"_s),
                     qPrintable(label->text()));
            QCOMPARE(part.fragment().charFormat().fontFamilies().toStringList(),
                     QStringList{fixed.family()});
            ++options;
        }
    }
    QCOMPARE(options, 7); // two in the warning, five in the hint
}

void TestSecurityPage::captionsStandBesideTheirFields_data()
{
    QTest::addColumn<int>("percent");
    QTest::newRow("usual text") << 100;
    QTest::newRow("large text") << 200;
}

/// Also where the field has several lines, or an answer below it.
void TestSecurityPage::captionsStandBesideTheirFields()
{
    QFETCH(const int, percent);
    Page page;
    page.access() = {.addresses = {here(), {.text = u"[::1]:8288"_s, .isLoopback = true}},
                     .hosts = {"build.example"_ba},
                     .origins = {"https://app.example.com"_ba},
                     .eventKeys = {{.start = {}, .end = "4f0c"_ba}},
                     .eventKeysFrom = u"REDRIVE_EVENT_KEY"_s,
                     .signingKey = {{.start = "signkey-test-"_ba, .end = "cdef"_ba}},
                     .signingKeyFrom = u"--signing-key"_s};
    page.open(percent);
    const auto back = qScopeGuard([&page] { arrange::fontPercent(*page.stage.window, 100); });
    page.stage.settle();
    QTest::keyClicks(child<QLineEdit>(page.dialog, "securityKey"), u"89ab"_s);
    QTest::mouseClick(child<QPushButton>(page.dialog, "securityCompare"), Qt::LeftButton);
    QTRY_VERIFY(!page.text("securityAnswer").isEmpty());
    QCoreApplication::processEvents();
    shoot(page.dialog, u"settings_security_%1"_s.arg(percent));
    int captions = 0;
    for (const auto &[text, field] : {std::pair(u"Listens on"_s, "securityAddresses"),
                                      std::pair(u"Host names"_s, "securityHosts"),
                                      std::pair(u"Web origins"_s, "securityOrigins"),
                                      std::pair(u"Event keys"_s, "securityEventKeys"),
                                      std::pair(u"Signing key"_s, "securitySigningKey"),
                                      std::pair(u"Key of your app"_s, "securityKey")}) {
        for (const QLabel *label : page.dialog->findChildren<QLabel *>()) {
            if (label->text() != text)
                continue;
            const int off = topOfText(label, page.dialog)
                            - topOfText(child<QWidget>(page.dialog, field), page.dialog);
            QVERIFY2(std::abs(off) <= 1, qPrintable(u"%1: %2"_s.arg(text).arg(off)));
            ++captions;
        }
    }
    QCOMPARE(captions, 6);
    // Nor is a line cut off for want of height.
    int wrapped = 0;
    for (const QLabel *label : page.dialog->findChildren<QLabel *>()) {
        if (!label->isVisible() || !label->wordWrap())
            continue;
        QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                 qPrintable(label->text()));
        ++wrapped;
    }
    QVERIFY(wrapped > 0);
}

void TestSecurityPage::warnsOfOtherMachines()
{
    Page page;
    page.access().addresses = {here(), everywhere()};
    page.open();
    QVERIFY(page.isShown("securityOpen"));
    QVERIFY(page.isShown("securityOpenIcon")); // not by its colour alone
    QVERIFY(!child<QLabel>(page.dialog, "securityOpenIcon")->pixmap().isNull());
    QVERIFY2(page.text("securityOpen").contains(u"nobody is asked for a key"_s),
             qPrintable(page.text("securityOpen")));
    QCOMPARE(child<QLabel>(page.dialog, "securityOpen")->palette().color(QPalette::WindowText),
             page.stage.window->workspace().theme.color(Token::StateFailed));
    devserver::api::ServerState state = page.stage.backend.state;
    state.access.signingKey = devserver::api::KeyTrace{.start = {}, .end = "cdef"_ba};
    page.stage.backend.setState(state);
    page.stage.beat();
    QVERIFY2(page.text("securityOpen").contains(u"Whoever has the signing key"_s),
             qPrintable(page.text("securityOpen")));
}

void TestSecurityPage::followsTheServer()
{
    Page page;
    page.access().addresses = {here()};
    page.open();
    devserver::api::ServerState state = page.stage.backend.state;
    state.phase = devserver::api::ServerPhase::Stopped;
    state.access.addresses.clear();
    page.stage.backend.setState(state);
    page.stage.beat();
    QCOMPARE(page.text("securityAddresses"), u"Nowhere: the server does not run"_s);
}

void TestSecurityPage::keysAreCompared_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("isSame");
    QTest::newRow("same") << u"0123abcd"_s << u"This is the key of the server"_s << true;
    QTest::newRow("spaces around it")
        << u" 0123abcd "_s << u"This is the key of the server"_s << true;
    QTest::newRow("another one") << u"89ab"_s << u"This is another key"_s << false;
}

void TestSecurityPage::keysAreCompared()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, answer);
    QFETCH(const bool, isSame);
    Page page;
    page.access().signingKey = devserver::api::KeyTrace{.start = {}, .end = {}};
    page.stage.backend.signingKey = "0123abcd"_ba;
    page.open();
    auto *key = child<QLineEdit>(page.dialog, "securityKey");
    auto *compare = child<QPushButton>(page.dialog, "securityCompare");
    const auto *icon = child<QLabel>(page.dialog, "securityAnswerIcon");
    QVERIFY(icon->pixmap().isNull());
    QVERIFY(!compare->isEnabled());
    QVERIFY(!compare->toolTip().isEmpty());
    QTest::keyClicks(key, typed);
    QVERIFY(key->displayText() != typed); // nobody reads it over a shoulder
    QTest::mouseClick(compare, Qt::LeftButton);
    QTRY_VERIFY2(page.text("securityAnswer").startsWith(answer),
                 qPrintable(page.text("securityAnswer")));
    QVERIFY(!icon->pixmap().isNull());
    const Token token = isSame ? Token::StateCompleted : Token::StateFailed;
    QCOMPARE(child<QLabel>(page.dialog, "securityAnswer")->palette().color(QPalette::WindowText),
             page.stage.window->workspace().theme.color(token));
    QCOMPARE(page.stage.backend.comparedKeys, QByteArrayList{typed.trimmed().toUtf8()});
    // What is said of the settings stands by them, and an answer of any length moves nothing.
    const auto lower = [&page](const char *name) {
        const auto *widget = child<QWidget>(page.dialog, name);
        return widget->mapTo(page.dialog, QPoint(0, widget->height())).y();
    };
    QVERIFY(lower("securityNote") <= key->mapTo(page.dialog, QPoint()).y());
    QVERIFY(lower("securityPromise") <= key->mapTo(page.dialog, QPoint()).y());
    // The answer is about what was typed then. Enter asks as the button does.
    QTest::keyClicks(key, u"f"_s);
    QVERIFY(page.text("securityAnswer").isEmpty());
    QTest::keyClick(key, Qt::Key_Return);
    QTRY_VERIFY(!page.text("securityAnswer").isEmpty());
    QVERIFY(page.dialog->isVisible());
    page.stage.window->close();
    page.stage.window.reset(); // nothing of it is kept
    QVERIFY(page.stage.desktop.copied.isEmpty());
}

void TestSecurityPage::aComparisonThatFailsSaysWhy()
{
    Page page;
    page.access().signingKey = devserver::api::KeyTrace{.start = {}, .end = {}};
    page.open();
    page.stage.backend.refuseNext({devserver::ErrorCode::Stopping, u"the server is stopping"_s});
    auto *key = child<QLineEdit>(page.dialog, "securityKey");
    QTest::keyClicks(key, u"ab"_s);
    QTest::keyClick(key, Qt::Key_Return);
    QTRY_COMPARE(page.text("securityAnswer"),
                 u"The keys could not be compared: the server is stopping"_s);
}

void TestSecurityPage::isFoundBySearchAndPalette()
{
    Page page;
    page.open();
    auto *categories = child<QListWidget>(page.dialog, "settingsCategories");
    QCOMPARE(categories->currentItem()->text(), u"Security"_s);
    QTest::keyClick(categories, Qt::Key_Home);
    QTest::keyClicks(child<QLineEdit>(page.dialog, "settingsSearch"), u"signing"_s);
    QCOMPARE(categories->currentItem()->text(), u"Security"_s);
    QTest::keyClick(page.dialog, Qt::Key_Escape);
    QTRY_VERIFY(page.stage.window->findChild<QDialog *>(u"settingsDialog"_s) == nullptr);
    page.stage.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page.stage.window.get()));
    page.stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"Settings: Security"_s);
    page.stage.key(Qt::Key_Return);
    page.stage.beat();
    QVERIFY(child<QLabel>(page.stage.window.get(), "securityPromise")->isVisible());
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestSecurityPage)
#include "tst_securitypage.moc"

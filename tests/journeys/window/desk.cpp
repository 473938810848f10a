// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/journeys/window/desk.h"

#include "app/options.h"
#include "app/sample/parser.h"
#include "app/sample/sampleapp.h"
#include "app/serversettings.h"
#include "tests/ui/support/clicks.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QTextEdit>

namespace console::test {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

constexpr int longWait = 30'000; // ms; a loaded machine, not a slow program

Options optionsFor(const QString &folder, bool hasSample)
{
    Options options;
    options.port = 0;
    options.discovery = false;
    options.sample = hasSample;
    options.dataFile = folder + u"/redrive.db"_s;
    options.pollInterval = std::chrono::milliseconds(500);
    return options;
}

} // namespace

Desk::Desk(bool hasSample)
    : m_hasSample(hasSample)
{
    startProgram();
    window().resize(1440, 900); // as people drag it; a second start finds it so
}

void Desk::startProgram()
{
    devserver::host::ServerSettings settings =
        serverSettings(optionsFor(m_folder.path(), m_hasSample));
    settings.trash = [](const QString &) { return QString(); }; // that of the machine is no place
    m_backend = std::make_unique<devserver::host::EmbeddedBackend>(std::move(settings),
                                                                   sample::inProcessApp());
    sample::isParserRepaired = false;        // as in a new process
    std::ignore = m_backend->startServer(0); // before there is a window, as in the program
    m_keeper = std::make_unique<WindowKeeper>(
        *m_backend, WindowOptions{.settingsPath = m_folder.path() + u"/window.ini"_s}, m_desktop);
    window().show();
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    QTRY_COMPARE_WITH_TIMEOUT(m_backend->server().phase, api::ServerPhase::Serving, longWait);
}

void Desk::startProgramAgain()
{
    press(Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(!window().isVisible());
    m_keeper.reset();
    m_backend.reset();
    startProgram();
}

Desk::~Desk()
{
    m_shop.kill();
    m_shop.waitForFinished();
}

QString Desk::url() const
{
    return u"http://127.0.0.1:%1"_s.arg(m_backend->server().port);
}

void Desk::startShop()
{
    const QString script = QStringLiteral(REDRIVE_JOURNEYS) + u"/window/shop.mjs"_s;
    m_shop.setProcessChannelMode(QProcess::MergedChannels);
    m_shop.start(QStringLiteral(REDRIVE_NODE), {script, url(), folder()});
    QByteArray said;
    QTRY_VERIFY2_WITH_TIMEOUT((said += m_shop.readAll()).contains("ready"), said.constData(),
                              longWait);
}

QByteArrayList Desk::shopLog() const
{
    QFile log(folder() + u"/log"_s);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    return log.readAll().trimmed().split('\n');
}

void Desk::touch(const QString &name)
{
    QFile file(folder() + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

void Desk::repairShop()
{
    touch(u"fixed"_s);
}

void Desk::letAuditGoOn()
{
    touch(u"go"_s);
}

void Desk::press(int key, Qt::KeyboardModifiers modifiers)
{
    QCoreApplication::processEvents(); // what the last key or click changed, as for a person
    const QWidget *active = QApplication::activeWindow();
    if (active != nullptr && !active->isVisible())
        window().activateWindow(); // offscreen a closed list stays active
    QWidget *focus = QApplication::focusWidget();
    QTest::keyClick(focus == nullptr ? &window() : focus, static_cast<Qt::Key>(key), modifiers);
}

void Desk::startDraft()
{
    press(Qt::Key_N, Qt::ControlModifier);
    auto *editor = child<QAbstractScrollArea>(&window(), "composerEditor");
    QTRY_VERIFY(editor->isVisible());
    auto *line = child<QWidget>(&window(), "composerName");
    QTRY_VERIFY(line->hasFocus() || line->isAncestorOf(QApplication::focusWidget()));
    press(Qt::Key_A, Qt::ControlModifier);
}

void Desk::write(const QString &name, const QString &data)
{
    startDraft();
    QTest::keyClicks(QApplication::focusWidget(), name);
    if (QApplication::activePopupWidget() != nullptr) // the only name, written to its end, has none
        press(Qt::Key_Escape);
    window().activateWindow(); // a window manager does it; offscreen a closed list stays active
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    writeData(data);
}

void Desk::send(const QString &name, const QString &data)
{
    write(name, data);
    sendDraft();
}

void Desk::sendProposed(const QString &beginning, const QString &name, const QString &data)
{
    startDraft();
    auto *line = child<QLineEdit>(&window(), "composerName");
    QTest::keyClicks(line, beginning);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    auto *list = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    QVERIFY(list != nullptr && list->objectName() == u"composerNames"_s);
    for (int row = 0; row < list->model()->rowCount() && line->text() != name; ++row)
        QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(line->text(), name);
    writeData(data);
    sendDraft();
}

void Desk::writeData(const QString &data)
{
    auto *editor = child<QAbstractScrollArea>(&window(), "composerEditor");
    click(editor->viewport());
    QTRY_VERIFY(editor->hasFocus());
    QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(editor, Qt::Key_Delete);
    QTest::keyClicks(editor, data);
}

void Desk::sendDraft()
{
    auto *button = child<QWidget>(&window(), "composerSend");
    QTRY_VERIFY2(button->isEnabled(), qPrintable(words(&window())));
    press(Qt::Key_Return, Qt::ControlModifier);
}

void Desk::open(const char *navigation)
{
    click(child<QWidget>(&window(), navigation));
}

void Desk::click(QWidget *widget)
{
    QTRY_VERIFY2(widget->isVisible() && widget->isEnabled(), qPrintable(widget->objectName()));
    window().activateWindow(); // a window manager does it; offscreen a closed popup stays active
    QTest::mouseClick(widget, Qt::LeftButton);
}

void Desk::openTab(const char *tabs, const QString &title)
{
    clickTab(child<QWidget>(&window(), tabs), title);
}

void Desk::choose(const char *button, const QString &entry)
{
    click(child<QWidget>(&window(), button));
    QTRY_VERIFY(qobject_cast<QMenu *>(QApplication::activePopupWidget()) != nullptr);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    for (int step = 0; step < menu->actions().size(); ++step) {
        if (menu->activeAction() != nullptr && menu->activeAction()->text().remove(u'&') == entry)
            break;
        QTest::keyClick(menu, Qt::Key_Down);
    }
    QVERIFY(menu->activeAction() != nullptr);
    QCOMPARE(menu->activeAction()->text().remove(u'&'), entry);
    QVERIFY(menu->activeAction()->isEnabled());
    QTest::keyClick(menu, Qt::Key_Return);
}

QTableView *Desk::table(const char *name)
{
    return child<QTableView>(&window(), name);
}

int Desk::rows(const char *name)
{
    const QAbstractItemModel *model = child<QAbstractItemView>(&window(), name)->model();
    return model == nullptr ? -1 : model->rowCount();
}

QStringList Desk::column(QAbstractItemView *view, const QString &title) const
{
    const QAbstractItemModel *model = view->model();
    QStringList texts;
    if (model == nullptr)
        return texts;
    for (int column = 0; column < model->columnCount(); ++column) {
        if (model->headerData(column, Qt::Horizontal).toString() != title)
            continue;
        for (int row = 0; row < model->rowCount(); ++row)
            texts.append(model->index(row, column).data().toString());
    }
    return texts;
}

qsizetype Desk::count(const char *name, const QString &title, const QString &text)
{
    return column(table(name), title).count(text);
}

QString Desk::words(const QWidget *parent) const
{
    QStringList texts;
    for (const QLabel *label : parent->findChildren<QLabel *>()) {
        if (label->isVisible() && !label->text().isEmpty())
            texts.append(label->text());
    }
    for (const QTextEdit *text : parent->findChildren<QTextEdit *>()) {
        if (text->isVisible())
            texts.append(text->toPlainText());
    }
    return texts.join(u'\n');
}

QString Desk::cells(const QAbstractItemView *view) const
{
    QStringList rows;
    const QAbstractItemModel *model = view->model();
    for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
        QStringList texts;
        for (int column = 0; column < model->columnCount(); ++column)
            texts.append(model->index(row, column).data().toString());
        rows.append(texts.join(u" | "_s));
    }
    return rows.join(u'\n');
}

} // namespace console::test

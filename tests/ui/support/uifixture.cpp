// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/uifixture.h"

#include "ui/core/englishplurals.h"
#include "ui/widgets/consolestyle.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QFontDatabase>
#include <QLocale>
#include <QStandardPaths>
#include <QTest>
#include <QThreadPool>
#include <QWidget>

namespace console::test {

using namespace Qt::StringLiterals;
using devserver::EventId;
using devserver::RunId;

namespace {

constexpr auto noon =
    std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + std::chrono::hours(12);

devserver::Ulid ulid(int number)
{
    // Ids sort by time, as those of the engine do.
    return devserver::Ulid::fromParts(noon + std::chrono::seconds(number),
                                      {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
}

/// Counts how often a widget or what is in it was painted: a picture that nobody painted on is
/// still the same, and need not be taken and compared.
class Paints : public QObject
{
public:
    explicit Paints(const QWidget *widget)
        : m_widget(widget)
    {
        QCoreApplication::instance()->installEventFilter(this);
    }

    [[nodiscard]] int count() const { return m_count; }

    void forget() { m_count = 0; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            const auto *painted = qobject_cast<QWidget *>(watched);
            if (painted == m_widget || m_widget->isAncestorOf(painted))
                ++m_count;
        }
        return false;
    }

private:
    const QWidget *m_widget;
    int m_count = 0;
};

} // namespace

UiFixture::UiFixture()
    : feed(backend, clock)
    , catalog(backend, feed)
    , icons(theme)
    , settings(QString())
    , muted(backend, feed, settings)
    , context{.backend = backend,
              .clock = clock,
              .feed = feed,
              .catalog = catalog,
              .theme = theme,
              .icons = icons,
              .settings = settings,
              .actions = actions,
              .navigator = navigator,
              .desktop = desktop,
              .jobs = jobs,
              .savedViews = savedViews,
              .muted = muted,
              .paths = paths}
{
    clock.setManual();
    QApplication::setPalette(theme.palette());
    QObject::connect(&theme, &Theme::changed, &theme,
                     [this] { QApplication::setPalette(theme.palette()); });
}

void UiFixture::beat()
{
    QCoreApplication::processEvents(); // queued answers and requests; a test's own loop
    clock.beat();
    QCoreApplication::processEvents();
}

void UiFixture::show(QWidget *widget, QSize size)
{
    widget->resize(size);
    widget->show();
    widget->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(widget));
}

void settle(QWidget *widget, const std::function<void()> &beat)
{
    Paints paints(widget);
    QImage last;
    int equal = 0;
    const auto look = [&] {
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        beat();
        if (!last.isNull() && paints.count() == 0)
            return ++equal >= 6;
        const QImage now = widget->grab().toImage();
        paints.forget();
        equal = now == last ? equal + 1 : 0;
        last = now;
        return equal >= 6;
    };
    // Six pauses are longer than that after the last arrow key; those of QTRY, of 50 ms, would be
    // most of what the tests of all screens take.
    const QDeadlineTimer deadline(std::chrono::seconds(20));
    while (!look()) {
        QVERIFY2(!deadline.hasExpired(), "it does not come to rest");
        QTest::qWait(20);
    }
}

void shoot(QWidget *widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("REDRIVE_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    widget->grab().save(folder + u'/' + name + u".png"_s);
}

RunId runId(int number)
{
    return RunId{ulid(number)};
}

EventId eventId(int number)
{
    return EventId{ulid(number)};
}

devserver::api::RunSummary runRow(int number)
{
    devserver::api::RunSummary run;
    run.id = runId(number);
    run.slug = "shop-charge-order"_ba;
    run.functionName = "charge-order"_ba;
    run.appName = "shop"_ba;
    run.trigger = "order/created"_ba;
    run.event = eventId(number);
    run.status = devserver::RunStatus::Completed;
    run.stepsDone = 3;
    run.stepsKnown = 3;
    run.attempt = 1;
    run.maxAttempts = 5;
    run.queuedAt = noon + std::chrono::seconds(number);
    run.startedAt = run.queuedAt + std::chrono::milliseconds(4);
    run.endedAt = run.queuedAt + std::chrono::milliseconds(84);
    return run;
}

ThrowAwayHome::ThrowAwayHome(const char *program)
    : m_folder(
        QDir::temp().filePath(QFileInfo(QFile::decodeName(program)).fileName() + u"-XXXXXX"_s))
{
    // What was found out about the fonts of this machine stays: it takes a while.
    if (!qEnvironmentVariableIsSet("XDG_CACHE_HOME"))
        qputenv("XDG_CACHE_HOME", QDir::home().filePath(u".cache"_s).toLocal8Bit());
    qputenv("HOME", m_folder.path().toLocal8Bit());
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        qputenv(name, m_folder.filePath(QString::fromLatin1(name)).toLocal8Bit());
}

void choosePlatform()
{
    const QByteArray wanted = qgetenv("REDRIVE_TEST_PLATFORM");
    qputenv("FONTCONFIG_FILE", REDRIVE_FONTS);
    qputenv("QT_QPA_PLATFORM", wanted.isEmpty() ? "offscreen:configfile=" REDRIVE_SCREEN : wanted);
}

void prepareApplication()
{
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QApplication::setStyle(new ConsoleStyle);
    QCoreApplication::installTranslator(new EnglishPlurals(qApp));
    QApplication::setCursorFlashTime(0);
    QApplication::setEffectEnabled(Qt::UI_AnimateMenu, false);
    QApplication::setEffectEnabled(Qt::UI_AnimateCombo, false);
    // Of the package fonts-inter; the fixed-width font is chosen by tests/fixtures/fonts.conf.
    for (const char *file : {"opentype/inter/Inter-Regular.otf", "opentype/inter/Inter-Medium.otf",
                             "opentype/inter/Inter-SemiBold.otf", "opentype/inter/Inter-Bold.otf"})
        QFontDatabase::addApplicationFont(u"/usr/share/fonts/"_s + QString::fromLatin1(file));
    QFont font(u"Inter"_s);
    font.setPointSizeF(9.5);
    QApplication::setFont(font);
}

} // namespace console::test

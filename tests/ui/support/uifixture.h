// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/fakebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/frameclock.h"
#include "ui/core/pathrules.h"
#include "ui/core/savedviews.h"
#include "ui/core/theme.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/jobs.h"
#include "ui/widgets/mutedgroups.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <utility>
#include <vector>

class QWidget;

namespace console::test {

/// Records what would have left the window.
class FakeDesktop final : public Desktop
{
public:
    QList<QUrl> opened;
    std::vector<std::pair<QString, QStringList>> launched;
    QString copied;
    QString cannotLaunch;               ///< why; empty: it can
    std::function<void()> whenLaunched; ///< the other program starts

    void openUrl(const QUrl &url) override { opened.append(url); }

    [[nodiscard]] devserver::Result<void> launch(const QString &program,
                                                 const QStringList &arguments) override
    {
        launched.emplace_back(program, arguments);
        if (whenLaunched)
            whenLaunched();
        if (!cannotLaunch.isEmpty())
            return devserver::failure(devserver::ErrorCode::InvalidInput, cannotLaunch);
        return {};
    }

    void copy(const QString &text) override { copied = text; }
};

/// Everything that a view needs, over a FakeBackend; frames are beaten by hand.
struct UiFixture {
    UiFixture();

    devserver::test::FakeBackend backend;
    FrameClock clock;
    Feed feed;
    Catalog catalog;
    Theme theme;
    Icons icons;
    Settings settings;
    ActionRegistry actions;
    Navigator navigator;
    FakeDesktop desktop;
    Jobs jobs;
    SavedViews savedViews;
    MutedGroups muted;
    PathRules paths;
    Context context;

    /// Takes the mail to the models and answers to the views.
    void beat();
    /// Shows a widget in the size of a window and gives it the focus.
    void show(QWidget *widget, QSize size = {1200, 800});
};

/// Waits until nothing in the widget moves any more: answers, workers and the pauses before details
/// are shown. \a beat  takes the mail, as a frame does
void settle(QWidget *widget, const std::function<void()> &beat);

/// Saves a picture of a widget under $REDRIVE_SHOTS/<name>.png; nothing without the variable.
void shoot(QWidget *widget, const QString &name);

/// The child with this object name; the test fails if there is none.
template<typename T>
[[nodiscard]] T *child(const QObject *parent, const char *name)
{
    T *found = parent->findChild<T *>(QString::fromLatin1(name));
    if (found == nullptr)
        qFatal("no child named %s", name);
    return found;
}

/// The nth id that sorts after all smaller n: ids of test data.
[[nodiscard]] devserver::RunId runId(int number);
[[nodiscard]] devserver::EventId eventId(int number);

/// A plausible row: completed, of function `charge-order`, queued \a number seconds after noon.
[[nodiscard]] devserver::api::RunSummary runRow(int number);

/// A home folder for one test program, gone with it: what Qt remembers there, as the folder that
/// the last file dialog showed, is neither found by another test nor left to people. Made by
/// UI_TEST_MAIN before there is an application.
class ThrowAwayHome
{
public:
    /// \a program  the first argument of main()
    explicit ThrowAwayHome(const char *program);

private:
    QTemporaryDir m_folder;
};

/// A screen that the usual window has room on also when it is drawn twice as large, or what
/// REDRIVE_TEST_PLATFORM says, and the fixed-width font; called by UI_TEST_MAIN before there is an
/// application.
void choosePlatform();

/// Style, fonts, locale and zone that do not depend on the machine; called by UI_TEST_MAIN.
void prepareApplication();

} // namespace console::test

/// main() of a test program with widgets; REDRIVE_TEST_PLATFORM=xcb for a real display.
#define UI_TEST_MAIN(TestClass)                                                                    \
    int main(int argc, char **argv)                                                                \
    {                                                                                              \
        const console::test::ThrowAwayHome home(argv[0]);                                          \
        console::test::choosePlatform();                                                           \
        qputenv("QT_FONT_DPI", "96");                                                              \
        qputenv("TZ", "UTC");                                                                      \
        QApplication application(argc, argv);                                                      \
        console::test::prepareApplication();                                                       \
        TestClass test;                                                                            \
        return QTest::qExec(&test, argc, argv);                                                    \
    }

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/arrangewindow.h"
#include "tests/ui/support/uifixture.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/viewtable.h"
#include "ui/widgets/view.h"

#include <QAction>
#include <QApplication>
#include <QTest>

#include <functional>
#include <memory>

namespace console::test {

/// The whole window over a FakeBackend; frames are beaten by hand.
struct WindowStage {
    explicit WindowStage(const QString &settingsPath = {})
        : options{.settingsPath = settingsPath, .isClockManual = true}
    {}

    devserver::test::FakeBackend backend;
    FakeDesktop desktop;
    WindowOptions options;
    std::unique_ptr<MainWindow> window;

    /// After the backend was filled.
    void open(QSize size = {1440, 900})
    {
        window = std::make_unique<MainWindow>(backend, options, desktop);
        window->resize(size);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        beat();
    }

    void beat()
    {
        for (int frame = 0; frame < 3; ++frame) {
            QCoreApplication::processEvents(); // queued answers; a test's own loop
            window->workspace().clock.beat();
        }
        QCoreApplication::processEvents();
    }

    /// Until nothing moves any more.
    void settle()
    {
        console::test::settle(window.get(), [this] { beat(); });
    }

    /// Shows each view at rest, with something selected where a run can be.
    void eachView(devserver::RunId selected,
                  const std::function<void(const QByteArray &name)> &visit)
    {
        for (const ViewEntry &entry : viewTable()) {
            goTo(entry);
            if (entry.name == "runs" || entry.name == "dead")
                arrange::place(*window, {.view = entry.name, .subject = selected.toText()});
            settle();
            visit(entry.name);
        }
    }

    /// By the keys of the view.
    void goTo(const ViewEntry &entry)
    {
        const QKeySequence keys = window->workspace().actions.action(entry.action)->shortcut();
        key(keys[0].key(), keys[0].keyboardModifiers());
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget *focus = QApplication::activePopupWidget(); // it has the keyboard
        if (focus == nullptr)
            focus = QApplication::focusWidget();
        QTest::keyClick(focus == nullptr ? window.get() : focus, key, modifiers);
        beat();
    }

    [[nodiscard]] QString currentView() const
    {
        const View *view = window->currentView();
        return view == nullptr ? QString() : view->objectName();
    }
};

} // namespace console::test

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/host/embeddedbackend.h"
#include "tests/ui/support/uifixture.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/windowkeeper.h"

#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>

#include <memory>

namespace console::test {

/// A developer's desk: the real window over the real server on a free port, data in a folder of its
/// own. What is done to it is done by keys and mouse.
class Desk
{
public:
    /// \param hasSample  with the sample functions, else for an app of the test
    explicit Desk(bool hasSample);
    ~Desk();
    Q_DISABLE_COPY_MOVE(Desk)

    devserver::host::EmbeddedBackend &backend() { return *m_backend; }

    MainWindow &window() { return m_keeper->window(); }

    [[nodiscard]] QString folder() const { return m_folder.path(); }

    [[nodiscard]] QString url() const;

    /// Ctrl+Q ends the program, and it is started on the same files.
    void startProgramAgain();

    /// Starts tests/journeys/window/shop.mjs and waits until it is synced.
    void startShop();
    /// Lines `<run> <ms since 1970> <step>` that the shop wrote.
    [[nodiscard]] QByteArrayList shopLog() const;
    /// The shop's card gateway works from now on.
    void repairShop();
    /// The step `compare` of the shop's `audit` comes to an end from now on.
    void letAuditGoOn();

    void press(int key, Qt::KeyboardModifiers modifiers = {});
    /// Ctrl+N, the name, the data.
    void write(const QString &name, const QString &data);
    /// Likewise, and Ctrl+Enter.
    void send(const QString &name, const QString &data);
    /// Likewise, but only the beginning of the name is typed and the rest chosen from the
    /// proposals.
    void sendProposed(const QString &beginning, const QString &name, const QString &data);
    /// Clicks the entry of the rail.
    void open(const char *navigation);
    void click(QWidget *widget);
    /// The tab whose title begins so. \a tabs  a QTabBar, or what has one
    void openTab(const char *tabs, const QString &title);
    /// The entry of the menu that the button opens, with the arrow keys.
    void choose(const char *button, const QString &entry);

    [[nodiscard]] QTableView *table(const char *name);
    /// How many rows a list shows; -1 before its first answer.
    [[nodiscard]] int rows(const char *name);
    /// Texts of a column, from the top.
    [[nodiscard]] QStringList column(QAbstractItemView *view, const QString &title) const;
    /// How often the text is in the column.
    [[nodiscard]] qsizetype count(const char *table, const QString &title, const QString &text);
    /// All labels that can be seen below \a parent, for texts of any widget.
    [[nodiscard]] QString words(const QWidget *parent) const;

    /// All texts of a table, row by row, as they are spoken.
    [[nodiscard]] QString cells(const QAbstractItemView *view) const;

private:
    void startProgram();
    void touch(const QString &name);
    void startDraft();
    void writeData(const QString &data);
    void sendDraft();

    bool m_hasSample;
    QTemporaryDir m_folder;
    FakeDesktop m_desktop;
    std::unique_ptr<devserver::host::EmbeddedBackend> m_backend;
    std::unique_ptr<WindowKeeper> m_keeper;
    QProcess m_shop;
};

} // namespace console::test

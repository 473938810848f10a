// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>
#include <QWidget>

#include <vector>

class QListWidget;
class QTextBrowser;

namespace console {

class MainWindow;
struct Context;

/// One passage of the manual.
struct ManualSection {
    QByteArray name; ///< of a view or a panel, or one of its own: `start`
    QString title;

    bool operator==(const ManualSection &) const = default;
};

/// The manual (ui.md §18, F1): one document with a section for each view, its contents beside it.
/// Where it names the keys of an action, they are those that are in force.
class Manual final : public QWidget
{
    Q_OBJECT

public:
    Manual(Context &context, QWidget *mainWindow);

    /// To the heading of the section with this name; one that is not there leads to the first.
    void showSection(const QByteArray &name);

    [[nodiscard]] const std::vector<ManualSection> &sections() const { return m_sections; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitContents();
    void showText();
    void jumpTo(int row);
    /// The section that is read.
    void follow();

    Context &m_context;
    QListWidget *m_contents;
    QTextBrowser *m_text;
    std::vector<ManualSection> m_sections;
    bool m_isJumping = false;
};

/// One per main window: a second time it comes to the front.
void openManual(Context &context, QWidget *mainWindow, const QByteArray &section);

/// The section about what has the focus in this window; or had it, before another one came.
[[nodiscard]] QByteArray manualSection(const MainWindow &window);

} // namespace console

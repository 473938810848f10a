// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPointer>
#include <QWidget>

class QDockWidget;
class QToolButton;

namespace console {

struct Context;

/// The title bar of a dock: its name, out of the window or back into it, close. It is dragged like
/// Qt's own one, whose buttons are neither in our look nor in the reach of the Tab key.
class DockTitle final : public QWidget
{
    Q_OBJECT

public:
    DockTitle(Context &context, QDockWidget *dock);

    /// Instead of the name, as long as it is not hidden.
    void setContent(QWidget *content);
    /// Not lower than this row beside it, so that their lines meet.
    void alignWith(QWidget *row);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QToolButton *addButton(const QString &what, const QString &icon);
    void showFloating(bool isFloating);
    void toggleFloating();
    void paintFrame();

    Context &m_context;
    QDockWidget *m_dock;
    QWidget *m_title = nullptr;
    QPointer<QWidget> m_beside;
    QToolButton *m_float;
};

} // namespace console

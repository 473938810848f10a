// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace console {

struct Context;

/// Back, forward, where we are, and the way into the command palette; above every view.
class LocationRow final : public QWidget
{
    Q_OBJECT

public:
    explicit LocationRow(Context &context, QWidget *parent = nullptr);

    /// \a inner is the full-size run or empty; then the view's name leads back.
    void setPlace(const QString &view, const QString &inner);

Q_SIGNALS:
    void viewClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QToolButton *addButton(const QByteArray &action, const QString &name);

    Context &m_context;
    QToolButton *m_view = nullptr;
    QLabel *m_separator = nullptr;
    QLabel *m_inner = nullptr;
    QToolButton *m_search = nullptr;
};

} // namespace console

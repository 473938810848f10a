// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>

namespace console {

struct Context;

/// A small round button that floats over the top of a list: `128 new`. Hidden without a text.
class Pill final : public QAbstractButton
{
    Q_OBJECT

public:
    /// Stays in the middle of the upper edge of \a list, below \a top pixels.
    Pill(Context &context, QWidget *list, int top);

    /// \a icon is a name of the icon set, or empty.
    void say(const QString &text, const QString &icon = {});

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    Context &m_context;
    QWidget *m_list;
    QString m_icon;
    int m_top;
};

} // namespace console

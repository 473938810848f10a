// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>

namespace console {

struct Context;

/// A small round button in the middle of a strip: `128 new`. Hidden without a text; the strip is as
/// high with any.
class Pill final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Pill(Context &context, QWidget *parent = nullptr);

    /// \a icon is a name of the icon set, or empty.
    void say(const QString &text, const QString &icon = {});

    [[nodiscard]] QSize sizeHint() const override;

protected:
    /// The strip beside it does nothing.
    [[nodiscard]] bool hitButton(const QPoint &at) const override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QSize bodySize() const;
    [[nodiscard]] QRect body() const;
    void setHovered(bool isHovered);

    Context &m_context;
    QString m_icon;
    bool m_isHovered = false;
};

} // namespace console

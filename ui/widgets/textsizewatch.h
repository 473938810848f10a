// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPointer>
#include <QScreen>

#include <functional>

namespace console {

/// Tells when the texts of a widget have other widths: in another font or style, or when its screen
/// has other dots per inch. GUI thread.
class TextSizeWatch final : public QObject
{
    Q_OBJECT

public:
    /// Belongs to \a widget.
    TextSizeWatch(QWidget &widget, std::function<void()> changed);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void watchScreen();
    void checkDpi();

    QWidget &m_widget;
    std::function<void()> m_changed;
    QPointer<QScreen> m_screen;
    int m_dpi;
};

} // namespace console

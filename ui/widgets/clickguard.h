// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QString>

class QAction;
class QMouseEvent;
class QWidget;

namespace console {

/// The second click of a double click is for what the first one hit. Where a button or a row has
/// come under the pointer meanwhile, because of that click or by itself, the second one does
/// nothing: who clicks *Cancel* twice does not want *Rerun*. Watches all windows.
class ClickGuard final : public QObject
{
    Q_OBJECT

public:
    explicit ClickGuard(QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What a click hits.
    struct Target {
        QPointer<QWidget> widget;
        QPointer<QAction> action; ///< of a button
        QString text;
        QPersistentModelIndex cell; ///< of a view
    };

    [[nodiscard]] static Target targetOf(QWidget *widget, const QMouseEvent &mouse);

    Target m_first;
    bool m_wasSecond = false;
    quint64 m_pressedAt = 0; ///< one press is offered to the parents as well
};

} // namespace console

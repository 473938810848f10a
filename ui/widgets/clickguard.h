// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QEvent>
#include <QObject>
#include <QPersistentModelIndex>
#include <QPoint>
#include <QPointer>
#include <QString>

#include <optional>

class QAbstractButton;
class QAction;
class QMouseEvent;
class QWidget;

namespace console {

/// Quick clicks at one place are for what the first one hit. Where a button or a row has come under
/// the pointer meanwhile, because of that click or by itself, the others do nothing: who clicks
/// *Cancel* twice does not want *Rerun*. Watches all windows.
class ClickGuard final : public QObject
{
    Q_OBJECT

public:
    explicit ClickGuard(QObject *parent = nullptr);

    /// A click on it undoes the one before, though it has other words then. What can be checked is
    /// such a button by itself.
    static void letToggle(QAbstractButton *button);

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

    /// One press is offered to the parents as well.
    struct Press {
        quint64 timestamp = 0;
        QEvent::Type type = QEvent::None;
        Qt::MouseButton button = Qt::NoButton;
        QPoint at;
    };

    [[nodiscard]] static Target targetOf(QWidget *widget, const QMouseEvent &mouse);
    [[nodiscard]] static bool isToggle(const QWidget *widget);
    /// Whether it comes soon after the last one, where that was.
    [[nodiscard]] bool goesOn(const Press &press) const;

    Target m_first; ///< of the clicks that follow each other quickly
    std::optional<Press> m_last;
    bool m_isLost = false; ///< the last press; its release is, too
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/theme.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace console {

class LiveButton;
class RateTip;
struct Context;

/// The content of the status bar: server, apps, counters that lead to their lists, events per
/// second, size of the data, live switch (ui.md §20). Numbers change at most 4 times a second;
/// there are none before the server has served for the first time, nor when it has failed.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(Context &context, QWidget *parent = nullptr);

    void setCounters(const devserver::api::Counters &counters);
    /// Tells when a list in \a page that is seen cannot be read.
    void watchLists(const QWidget &page);
    /// What the hovered action does; empty: nothing is hovered.
    void showHint(const QString &text);

Q_SIGNALS:
    /// The numbers that are shown from now on.
    void countersShown(const devserver::api::Counters &counters);
    /// Someone wants to know where the data are and how much.
    void dataClicked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeFigures();
    [[nodiscard]] QToolButton *addButton(QHBoxLayout *row, const QString &name);
    void addLine(QHBoxLayout *row);
    void showServerMenu();
    void connectJumps();
    /// Its words, such as a count, change while the mouse rests on it.
    void followHint();
    void watchHovered(const QString &text);
    void showPending();
    void showNumbers(const devserver::api::Counters &counters);
    void showNumber(QToolButton *button, const char *icon, Token tint, qint64 count,
                    const QString &words);
    void showServer();
    void showApps();
    void showLive();
    [[nodiscard]] bool isStale() const;

    Context &m_context;
    QToolButton *m_server = nullptr;
    QWidget *m_figures = nullptr; ///< all between the server and the hint
    QToolButton *m_apps = nullptr;
    QToolButton *m_running = nullptr;
    QToolButton *m_waiting = nullptr;
    QToolButton *m_queued = nullptr;
    QToolButton *m_dead = nullptr;
    QToolButton *m_rate = nullptr;
    QToolButton *m_data = nullptr;
    QLabel *m_hint = nullptr;
    QPointer<QAction> m_hinted;  ///< what the hint is about, if it is an action in a menu
    QPointer<QWidget> m_hovered; ///< the button that it is about
    QToolButton *m_live = nullptr;
    std::vector<QPointer<LiveButton>> m_lists;
    std::optional<devserver::api::Counters> m_pending;
    devserver::api::Counters m_shown;
    bool m_hasServed = false;
    bool m_hasFigures = false; ///< that somebody counted
    RateTip *m_rateTip;
    QTimer m_numbersTimer;
    QTimer m_pauseTimer; ///< counts what waits, only while paused
};

} // namespace console

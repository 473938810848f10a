// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"
#include "ui/widgets/rowkeeper.h"

#include <QString>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

class QVBoxLayout;

namespace devserver {
struct Error;
}

namespace console {

class InfoBarItem;
struct Context;

enum class InfoKind { Info, Success, Warning, Error };

/// How long a bar is there that only says what was done.
inline constexpr std::chrono::seconds passingBar(10);
/// Of what took a while, or is the way back: somebody may look elsewhere.
inline constexpr std::chrono::seconds resultBar(30);

/// What happened, why if known, what to do (ui.md §21).
struct InfoText {
    struct Button {
        QString text;
        std::function<void()> run; ///< the bar closes afterwards
    };

    QByteArray id; ///< a bar with the same id is replaced
    InfoKind kind = InfoKind::Info;
    QString text;
    std::vector<Button> buttons;
    QString details; ///< what else is known; behind a [Details] button
    /// Goes by itself then, unless it is used; of a warning or a failure only the time counts in
    /// which its view is seen. 0: stays, but what only says that something was done goes after 10 s
    std::chrono::seconds lasts{};
    std::function<void()> closed; ///< somebody wants it no more
    bool isFirst = false;         ///< what may be taken back gives its place to nothing later
    QByteArray about = {};        ///< of several things that are told by the same bar
};

/// The bar of a refused action or a failed question: what was tried, the server's words, and behind
/// [Details] what kind of thing went wrong, what helps, and when. \a again  what [Try again] does;
/// without it there is none. \a dataFile  named there if it is about the file
[[nodiscard]] InfoText errorBar(const QByteArray &id, const QString &what,
                                const devserver::Error &error, devserver::TimePoint now,
                                std::function<void()> again = {}, const QString &dataFile = {});

/// The bars of one view, at most three, newest on top; empty it takes no room. A fourth takes the
/// place of the oldest that asks for nothing; if all of them ask for something, it takes that of
/// the oldest, or waits for room if it asks for nothing itself; with a button, which goes on with
/// what somebody has just done, it takes that of the oldest warning. One that stands first gives
/// its place to none. At the lower end of a page, where all stacks share one place, and in a window
/// that is hardly higher than it must be, only one is seen, with a button for the others: the
/// newest failure or what may be taken back, or else the newest; while it is used it stays. One
/// that goes by itself waits while the mouse or the focus is in it, the mouse moves right beside
/// the bars, or a button of it is down. What came under a mouse at rest with a bar that nobody
/// asked for takes no click for half a second.
class InfoBarStack final : public QWidget
{
    Q_OBJECT

public:
    explicit InfoBarStack(Context &context, QWidget *parent = nullptr);

    /// It stands below what it is about, and takes its room from there: nothing above moves. Shows
    /// one bar, together with those of the same parent that stand below, too.
    void setBelow() { m_isBelow = true; }

    /// One of the same id that has the mouse or the focus in it changes in its place, and the same
    /// button keeps the focus.
    void show(const InfoText &info);
    /// The same, in the place of the bar of this \a id as well.
    void replace(const QByteArray &id, const InfoText &info);
    /// For what nobody asked for, like a tip: what is below does not move away from under a mouse
    /// that is being used. Comes when the mouse rests or has left the window.
    void showAtRest(const InfoText &info);
    void dismiss(const QByteArray &id);

    [[nodiscard]] int count() const;
    /// The bar of this id is shown, or waits for room, and is about that one.
    [[nodiscard]] bool isAbout(const QByteArray &id, const QByteArray &about) const;
    /// Also if it still waits for the mouse.
    [[nodiscard]] bool has(const QByteArray &id) const;

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Asks for nothing, and all that are shown do.
    struct Held {
        InfoText info;
        devserver::TimePoint since;
    };

    /// \a giving  the bar that makes room if all ask for something and this one does not; -1: it
    /// is held
    void add(const InfoText &info, int giving);
    InfoBarItem *insert(const InfoText &info, int place);
    void remove(int index);
    /// All of this id but \a kept.
    void drop(const QByteArray &id, const InfoBarItem *kept);
    void noteChange();
    void keepRows();
    [[nodiscard]] bool hasJustChanged() const;
    void showWaiting();
    void showHeld();
    [[nodiscard]] bool isAimedAt() const;
    void lookForRest();
    [[nodiscard]] int leastUrgent() const;
    /// Place of the one that gives way to what somebody has just done; -1: there is none.
    [[nodiscard]] int oldestWarning() const;
    /// Those that share its place, from top to bottom.
    [[nodiscard]] std::vector<InfoBarStack *> inPlace();
    /// The only one that is seen; nullptr: there is none.
    [[nodiscard]] static InfoBarItem *seenOf(const std::vector<InfoBarItem *> &bars);
    void fold();
    void noteUse();
    void followClock();
    void endOld();
    void watchOld();

    Context &m_context;
    QVBoxLayout *m_layout;
    std::vector<InfoText> m_waiting; ///< for the mouse to rest
    std::vector<Held> m_held;        ///< for room
    QTimer m_rest;                   ///< while some wait
    QTimer m_clock;                  ///< while a bar is shown that will go by itself
    /// Last time that a bar came or went which nobody closed.
    std::optional<std::chrono::steady_clock::time_point> m_changedAt;
    RowKeeper m_rows; ///< of the lists, before that
    /// Whether a bar is over.
    std::chrono::steady_clock::time_point m_lookedAt{};
    bool m_isBelow = false;
    bool m_isUnfolded = false; ///< by somebody
};

} // namespace console

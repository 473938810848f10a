// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/infobar.h"

#include <QWidget>

#include <algorithm>
#include <functional>
#include <utility>

class QHBoxLayout;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace console {

class Desktop;
class Icons;
class Theme;

/// One bar of an InfoBarStack, which is its parent: an icon, a text, buttons, and what else is
/// known behind [Details].
class InfoBarItem final : public QWidget
{
    Q_OBJECT

public:
    /// \a number  how many there had been before. \a isBelow  it stands below what it is about
    InfoBarItem(Context &context, const InfoText &info, int number, bool isBelow,
                InfoBarStack *parent);

    [[nodiscard]] QByteArray id() const { return m_id; }

    [[nodiscard]] QByteArray about() const { return m_about; }

    [[nodiscard]] InfoKind kind() const { return m_kind; }

    /// Below it \a count others are folded away; a button shows them.
    void setFolded(int count, const std::function<void()> &unfold);

    [[nodiscard]] bool isFirst() const { return m_isFirst; }

    /// Asks for something: a failure, what may be taken back.
    [[nodiscard]] bool isUrgent() const { return m_isUrgent; }

    /// Higher: asks for something, or else is newer.
    [[nodiscard]] std::pair<bool, int> urgency() const { return {m_isUrgent, m_number}; }

    [[nodiscard]] bool goesByItself() const { return m_lasts.count() > 0; }

    [[nodiscard]] bool isOver(devserver::TimePoint now) const
    {
        return goesByItself() && now - m_since >= m_lasts;
    }

    [[nodiscard]] bool isUsed() const;

    /// The focus, if it is in this one, to the same button of \a next; where there is none, to what
    /// that one leads to first.
    void handFocusTo(const InfoBarItem &next) const;

    /// What asks for something was not seen then: that does not count.
    void passUnseen(devserver::TimePoint from, devserver::TimePoint until)
    {
        if (m_isUrgent)
            m_since += until - std::max(m_since, from);
    }

    /// Of what is not shown yet.
    [[nodiscard]] static bool isUrgent(const InfoText &info);
    /// 0: it stays.
    [[nodiscard]] static std::chrono::seconds timeOf(const InfoText &info);

Q_SIGNALS:
    /// Somebody is about to see its details, or to put them away.
    void unfolded();
    /// The mouse has left it.
    void left();

protected:
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void addButton(const InfoText::Button &button);
    void addDetails(QVBoxLayout *layout, const InfoText &info);
    void addCloseButton(const std::function<void()> &closed);
    void leave();

    Theme &m_theme;
    Desktop &m_desktop;
    Icons &m_icons;
    InfoKind m_kind;
    QByteArray m_id;
    QByteArray m_about;
    std::chrono::seconds m_lasts;
    int m_number;
    bool m_isFirst;
    bool m_isUrgent;
    devserver::TimePoint m_since;
    bool m_isBelow;
    QHBoxLayout *m_row;
    QPushButton *m_first = nullptr; ///< what it leads to
    QToolButton *m_close = nullptr;
    QPushButton *m_others = nullptr;
};

} // namespace console

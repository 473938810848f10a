// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/infobar.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <utility>

class QHBoxLayout;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace devserver::api {
class ConsoleBackend;
}

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

    /// So many others are folded away; a button shows them, and says if the \a worst of them is a
    /// failure or a warning.
    void setFolded(int count, InfoKind worst, const std::function<void()> &unfold);

    [[nodiscard]] bool isFirst() const { return m_isFirst; }

    /// Asks for something: a failure, what may be taken back.
    [[nodiscard]] bool isUrgent() const { return m_isUrgent; }

    /// Higher: asks for something, or else is newer.
    [[nodiscard]] std::pair<bool, int> urgency() const { return {m_isUrgent, m_number}; }

    /// Of several that fold only the highest is seen: a failure or what may be taken back; then
    /// what is not just for information; then the newest.
    [[nodiscard]] std::pair<int, int> rank() const
    {
        if (m_isFirst || m_kind == InfoKind::Error)
            return {2, m_number};
        return {m_kind != InfoKind::Info || goesByItself() ? 1 : 0, m_number};
    }

    [[nodiscard]] bool goesByItself() const { return m_lasts.count() > 0; }

    [[nodiscard]] bool isOver(devserver::TimePoint now) const
    {
        return goesByItself() && now - m_since >= m_lasts;
    }

    [[nodiscard]] bool isUsed() const;

    /// The focus, if it is in this one, to the same button of \a next; where there is none, to what
    /// that one leads to first.
    void handFocusTo(const InfoBarItem &next) const;

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
    /// What asks for something was not seen while it was hidden: that does not count.
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void addButton(const InfoText::Button &button);
    void addDetails(QVBoxLayout *layout, const InfoText &info);
    void addCloseButton(const std::function<void()> &closed);
    void leave();

    devserver::api::ConsoleBackend &m_backend;
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
    std::optional<devserver::TimePoint> m_hiddenSince;
    bool m_isBelow;
    QHBoxLayout *m_row;
    QPushButton *m_first = nullptr; ///< what it leads to
    QToolButton *m_close = nullptr;
    QPushButton *m_others = nullptr;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>
#include <QToolButton>

#include <functional>

namespace console {

struct Context;
struct FeedNews;

/// Whether the rows of a list change as things happen, and how many are new since they stand still
/// (ui.md §5); a click changes it for the whole window.
class LiveButton final : public QToolButton
{
    Q_OBJECT

public:
    using News = std::function<std::size_t(const FeedNews &)>;

    /// \a hint is the tooltip while it is live; \a news counts what a list would show.
    LiveButton(Context &context, const QString &hint, News news, QWidget *parent = nullptr);

    /// What the list should show cannot be read: its rows are those of an older question.
    void setStale(bool isStale);

    /// New rows have no place in its order while it is there: they wait until somebody asks.
    void setSorted(bool isSorted);

    /// Somebody sees that list, and its rows do not change.
    [[nodiscard]] bool showsStale() const { return m_isStale && isVisible(); }

    /// Has the width of its longest text, so that nothing beside it moves; by default. Without that
    /// room it has that of its usual texts.
    void setRoomy(bool isRoomy);
    /// So wide it is when it is roomy.
    [[nodiscard]] int roomyWidth() const;

    [[nodiscard]] QSize sizeHint() const override;

    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    [[nodiscard]] static QString staleText();
    [[nodiscard]] static QString staleReason();
    /// While the server does no work, as when the disk is full.
    [[nodiscard]] static QString holdText();
    [[nodiscard]] static QString holdReason();

Q_SIGNALS:
    void showsStaleChanged();

protected:
    /// What is spare beside it does nothing.
    [[nodiscard]] bool hitButton(const QPoint &at) const override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    enum class State { Live, Overloaded, OnHold, Stale, Paused };

    [[nodiscard]] State state() const;
    void showState();
    void showWords(State state);
    [[nodiscard]] QRect face() const;
    [[nodiscard]] int widthFor(const QStringList &texts) const;

    Context &m_context;
    QString m_hint;
    News m_news;
    bool m_isStale = false;
    bool m_isSorted = false;
    bool m_isRoomy = true;
};

} // namespace console

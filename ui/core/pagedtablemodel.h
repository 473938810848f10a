// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"

#include <QAbstractTableModel>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace console {

class FrameClock;

/// What all list models have in common (ui.md §4.4); rows are in the template `PagedRows` below it.
///
/// One model is one query: a changed filter or sort makes a new model, which `ListTable::replace`
/// takes over when its first page is there. Nothing is ever reset. Live changes are collected and
/// shown once per frame: new rows in one insertion on top, changed ones in at most 8 ranges around
/// the visible rows, rows that no longer match dimmed for 2 s and then removed together. GUI
/// thread.
class PagedTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int pageSize = 500;
    static constexpr int maxRows = 200'000;
    /// What new rows on top leave of a list; see `PagedRows::letEndGo`.
    static constexpr int keptRows = 20'000;
    static constexpr std::chrono::seconds leavingTime{2};

    PagedTableModel(devserver::api::ConsoleBackend &backend, FrameClock &clock,
                    std::vector<ColumnSpec> columns, QObject *parent = nullptr);
    ~PagedTableModel() override;
    Q_DISABLE_COPY_MOVE(PagedTableModel)

    /// Asks for the first page; also the way to try again after `failed`.
    void load();

    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

    [[nodiscard]] bool isAsking() const { return !m_request.isNull(); }

    /// There are rows that were not asked for yet.
    [[nodiscard]] bool hasMore() const { return !m_next.isEmpty(); }

    /// New rows that match but are not shown, because their place is not known here.
    [[nodiscard]] int unseenCount() const { return m_unseenCount; }

    /// So much came at once, or nobody answered, that it is not known of all new rows whether they
    /// match.
    [[nodiscard]] bool mayHaveMissed() const { return m_mayHaveMissed; }

    [[nodiscard]] const std::vector<ColumnSpec> &columnSpecs() const { return m_columns; }

    /// -1 if there is no such column.
    [[nodiscard]] int columnOf(QByteArrayView id) const;

    [[nodiscard]] virtual QByteArray idAt(int row) const = 0;
    /// -1 if it is not loaded.
    [[nodiscard]] virtual int rowOf(const QByteArray &id) const = 0;
    [[nodiscard]] virtual bool isLeaving(int row) const = 0;

    /// Removals wait while someone holds: a mouse button is down, a menu is open. Counted.
    void hold();
    void release();
    /// Rows on screen; dataChanged and ticking texts are for these. An empty range: hidden.
    void setVisibleRows(int first, int last);

    /// \a lastChosen: the last row of a choice of several, -1 if there is none. Those stay in the
    /// list, however many new rows come.
    void setChoice(std::function<int()> lastChosen) { m_lastChosen = std::move(lastChosen); }

    /// The rows that are being removed are the end of a long list, and can be had again.
    [[nodiscard]] bool isLettingEndGo() const { return m_isLettingEndGo; }

    /// A timer runs for texts that change by themselves.
    [[nodiscard]] bool isTicking() const { return m_texts.isActive(); }

    void setTimeStyle(TimeStyle style);

    [[nodiscard]] TimeStyle timeStyle() const { return m_timeStyle; }

    // QAbstractTableModel
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// The first page is there (maybe without rows).
    void loaded();
    /// A page could not be got; rows stay. `load` tries again.
    void failed(const devserver::Error &error);
    void askingChanged();
    /// Or `mayHaveMissed` did.
    void unseenCountChanged(int count);
    /// Rows on screen hold something else. Not for texts that only tell a later time, as most
    /// `dataChanged` do.
    void rowsChanged();

protected:
    /// Asks for a page with RunsQuery, EventListQuery, …
    [[nodiscard]] virtual devserver::api::Reply *askPage(const devserver::api::PageToken &after,
                                                         int limit) = 0;
    /// Appends its rows. \returns where the next page begins.
    [[nodiscard]] virtual devserver::api::PageToken
    takePage(const devserver::api::Answer &page) = 0;
    /// Shows what was collected since the last frame.
    virtual void flush() = 0;

    [[nodiscard]] virtual Cell cell(int row, int column) const = 0;

    /// Exact times, full ids; empty: the text itself if it is elided.
    [[nodiscard]] virtual QString toolTip(int, int) const { return {}; }

    /// Full words for screen readers; empty: text and second text.
    [[nodiscard]] virtual QString spoken(int, int) const { return {}; }

    [[nodiscard]] virtual QString filterTerm(int, int) const { return {}; }

    [[nodiscard]] virtual QString copyText(int, int) const { return {}; }

    /// When a text of this row will read differently; nothing if it stays.
    [[nodiscard]] virtual std::optional<std::chrono::milliseconds>
    timeUntilChange(int, devserver::TimePoint) const
    {
        return std::nullopt;
    }

    [[nodiscard]] devserver::api::ConsoleBackend &backend() const { return m_backend; }

    /// The time that texts are written for.
    [[nodiscard]] devserver::TimePoint now() const
    {
        return m_writtenFor.value_or(m_backend.now());
    }

    [[nodiscard]] bool isHeld() const { return m_holds > 0; }

    void requestFrame();
    void requestFrameIn(std::chrono::milliseconds delay);
    /// Merges to at most 8 ranges around the visible rows; \a rows in any order.
    void announceChanged(std::vector<int> rows);
    void setUnseen(int count, bool mayHaveMissed);

    void setNext(const devserver::api::PageToken &next) { m_next = next; }

    /// The last row that somebody looks at or has chosen with others; -1: none.
    [[nodiscard]] int lastRowInUse() const;

    void setLettingEndGo(bool isLetting) { m_isLettingEndGo = isLetting; }

private:
    void ask(const devserver::api::PageToken &after);
    void scheduleTexts();
    void refreshTexts();
    /// Columns of \a row whose texts were others at \a before.
    [[nodiscard]] std::vector<int> columnsReadOtherwise(int row, devserver::TimePoint before);

    devserver::api::ConsoleBackend &m_backend;
    FrameClock &m_clock;
    std::vector<ColumnSpec> m_columns;
    devserver::api::PageToken m_next;
    QPointer<devserver::api::Reply> m_request;
    QTimer m_texts;
    QTimer m_leaving;
    devserver::TimePoint m_refreshedAt; ///< texts on screen are not older
    std::optional<devserver::TimePoint> m_writtenFor;
    std::function<int()> m_lastChosen;
    TimeStyle m_timeStyle = TimeStyle::Relative;
    int m_firstVisible = 0;
    int m_lastVisible = -1;
    int m_holds = 0;
    int m_unseenCount = 0;
    int m_generation = 0; ///< of the request; answers to older ones are dropped
    bool m_isLoaded = false;
    bool m_hasFailed = false;
    bool m_isLettingEndGo = false;
    bool m_mayHaveMissed = false;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/waitingmodel.h"

#include "ui/core/feed.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;
using devserver::api::RunSummary;

namespace {

std::vector<ColumnSpec> waitingColumns()
{
    const auto column = [](const char *id, const QString &title, int chars) {
        return ColumnSpec{
            .id = id, .title = title, .chars = chars, .isShown = true, .isSortable = false};
    };
    return {
        column("when", WaitingModel::tr("When"), 20),
        column("what", WaitingModel::tr("What"), 22),
        column("function", WaitingModel::tr("Function"), 16),
        column("why", WaitingModel::tr("Why"), 46),
        column("action", WaitingModel::tr("Action"), 13),
        column("run", WaitingModel::tr("Run ID"), 13),
    };
}

bool isBefore(const WaitingRow &a, const WaitingRow &b)
{
    return a.key() < b.key();
}

} // namespace

WaitingModel::WaitingModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                           Choice choice, QObject *parent)
    : PagedTableModel(backend, clock, waitingColumns(), parent)
    , m_choice(std::move(choice))
{
    connect(&feed, &Feed::runsChanged, this, [this](const std::vector<RunSummary> &runs) {
        for (const RunSummary &run : runs)
            m_pending.insert_or_assign(run.id, run);
        requestFrame();
    });
}

int WaitingModel::count(WaitingKind kind) const
{
    const auto found = m_counts.find(kind);
    return found == m_counts.end() ? 0 : found->second;
}

std::vector<std::pair<TimePoint, WaitingKind>> WaitingModel::dueBefore(TimePoint end) const
{
    std::vector<std::pair<TimePoint, WaitingKind>> due;
    for (const auto &[run, rows] : m_all) {
        for (const WaitingRow &row : rows) {
            if (row.due && *row.due < end && row.kind != WaitingKind::Offline)
                due.emplace_back(*row.due, row.kind);
        }
    }
    std::sort(due.begin(), due.end());
    return due;
}

bool WaitingModel::isShown(const WaitingRow &row) const
{
    if (!m_choice.kinds.empty() && m_choice.kinds.count(row.kind) == 0)
        return false;
    const QString &word = m_choice.word;
    return word.isEmpty() || row.function.contains(word, Qt::CaseInsensitive)
           || QString::fromUtf8(row.slug).contains(word, Qt::CaseInsensitive)
           || row.app.contains(word, Qt::CaseInsensitive)
           || row.step.contains(word, Qt::CaseInsensitive)
           || QString::fromLatin1(row.run.toText()).startsWith(word, Qt::CaseInsensitive);
}

int WaitingModel::rowOf(const QByteArray &id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const WaitingRow &row) {
        return id.startsWith(row.run.toText()) && row.id() == id;
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int WaitingModel::placeOf(const WaitingRow &row) const
{
    return static_cast<int>(std::lower_bound(m_rows.begin(), m_rows.end(), row, isBefore)
                            - m_rows.begin());
}

devserver::api::Reply *WaitingModel::askPage(const devserver::api::PageToken &after, int limit)
{
    Q_UNUSED(after)
    Q_UNUSED(limit)
    return backend().ask(devserver::api::WaitingQuery{});
}

devserver::api::PageToken WaitingModel::takePage(const devserver::api::Answer &answer)
{
    const auto *page = devserver::api::answerAs<devserver::api::RunPage>(answer);
    if (page == nullptr)
        return {};
    if (isLoaded()) { // asked again: only what is new is put in
        for (const RunSummary &run : page->rows)
            m_pending.try_emplace(run.id, run);
        flush();
        return {};
    }
    std::vector<WaitingRow> fresh;
    for (const RunSummary &run : page->rows) {
        std::vector<WaitingRow> rows = waitingRows(run);
        for (const WaitingRow &row : rows) {
            ++m_counts[row.kind];
            if (isShown(row))
                fresh.push_back(row);
        }
        if (!rows.empty())
            m_all.insert_or_assign(run.id, std::move(rows));
    }
    std::sort(fresh.begin(), fresh.end(), isBefore);
    if (!fresh.empty()) {
        beginInsertRows({}, 0, static_cast<int>(fresh.size()) - 1);
        m_rows = std::move(fresh);
        endInsertRows();
    }
    return {};
}

void WaitingModel::flush()
{
    if (m_pending.empty() || isHeld())
        return;
    std::vector<WaitingRow> changed;
    for (const auto &[id, run] : std::exchange(m_pending, {}))
        change(run, changed);
    std::vector<int> rows;
    for (const WaitingRow &row : changed)
        rows.push_back(placeOf(row));
    announceChanged(std::move(rows));
    Q_EMIT contentChanged();
}

void WaitingModel::change(const RunSummary &run, std::vector<WaitingRow> &changed)
{
    const auto known = m_all.find(run.id);
    std::vector<WaitingRow> wanted = waitingRows(run);
    if (known == m_all.end() && wanted.empty())
        return;
    const std::vector<WaitingRow> before =
        known == m_all.end() ? std::vector<WaitingRow>() : known->second;
    const auto has = [](const std::vector<WaitingRow> &rows, const WaitingRow &row) {
        return std::any_of(rows.begin(), rows.end(), [&](const WaitingRow &other) {
            return other.key() == row.key() && other.kind == row.kind;
        });
    };
    for (const WaitingRow &row : before) {
        --m_counts[row.kind];
        if (isShown(row) && !has(wanted, row))
            remove(row);
    }
    for (const WaitingRow &row : wanted) {
        ++m_counts[row.kind];
        if (!isShown(row))
            continue;
        if (!has(before, row)) {
            insert(row);
        } else if (WaitingRow &shown = m_rows[static_cast<std::size_t>(placeOf(row))];
                   !(shown == row)) {
            shown = row;
            changed.push_back(row);
        }
    }
    if (wanted.empty())
        m_all.erase(run.id);
    else
        m_all.insert_or_assign(run.id, std::move(wanted));
}

void WaitingModel::insert(const WaitingRow &row)
{
    const int place = placeOf(row);
    beginInsertRows({}, place, place);
    m_rows.insert(m_rows.begin() + place, row);
    endInsertRows();
}

void WaitingModel::remove(const WaitingRow &row)
{
    const int place = placeOf(row);
    if (place >= rowCount() || at(place).key() != row.key())
        return;
    beginRemoveRows({}, place, place);
    m_rows.erase(m_rows.begin() + place);
    endRemoveRows();
}

Cell WaitingModel::cell(int row, int column) const
{
    return waitingCell(at(row), static_cast<WaitingColumn>(column), now(), timeStyle());
}

QString WaitingModel::toolTip(int row, int column) const
{
    const WaitingRow &waiting = at(row);
    switch (static_cast<WaitingColumn>(column)) {
    case WaitingColumn::When:
        return waiting.due ? formatTimeExactly(*waiting.due, timeStyle()) : QString();
    case WaitingColumn::Run:
        return QString::fromLatin1(waiting.run.toText());
    case WaitingColumn::Function:
        return QString::fromUtf8(waiting.slug);
    case WaitingColumn::Why:
        return waitingWhy(waiting, now());
    case WaitingColumn::What:
    case WaitingColumn::Action:
        break;
    }
    return {};
}

QString WaitingModel::spoken(int row, int column) const
{
    const WaitingRow &waiting = at(row);
    if (static_cast<WaitingColumn>(column) != WaitingColumn::When)
        return {};
    return tr("%1 %2, %3")
        .arg(waitingWhat(waiting), waitingWhen(waiting, now(), timeStyle()), waiting.function);
}

QString WaitingModel::copyText(int row, int column) const
{
    const WaitingRow &waiting = at(row);
    if (static_cast<WaitingColumn>(column) == WaitingColumn::Run)
        return QString::fromLatin1(waiting.run.toText());
    if (static_cast<WaitingColumn>(column) == WaitingColumn::When && waiting.due)
        return formatTimeExactly(*waiting.due, timeStyle());
    return {};
}

std::optional<std::chrono::milliseconds> WaitingModel::timeUntilChange(int row, TimePoint now) const
{
    const WaitingRow &waiting = at(row);
    if (!waiting.due || *waiting.due <= now || waiting.kind == WaitingKind::Offline)
        return std::nullopt;
    // Far ones say in minutes how much is left.
    if (*waiting.due - now > 1h)
        return std::min<std::chrono::milliseconds>(*waiting.due - now - 1h + 1ms, 1min);
    return timeUntilTextChanges(*waiting.due, now);
}

} // namespace console

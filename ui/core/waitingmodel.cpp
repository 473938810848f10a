// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/waitingmodel.h"

#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/waitingfilter.h"

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
        return ColumnSpec{.id = id,
                          .title = title,
                          .chars = chars,
                          .isShown = true,
                          .isSortable = false,
                          .whyUnsorted =
                              WaitingModel::tr("%1. What ends first is listed first").arg(title)};
    };
    const auto whole = [](int rank, ColumnSpec spec, int most) { // half of it says nothing
        spec.leastChars = spec.chars;
        spec.mostChars = most;
        spec.growsLive = true;
        spec.rank = rank;
        return spec;
    };
    ColumnSpec when = column("when", WaitingModel::tr("When"), 17);
    when.leastChars = 6; // what it does without, the reason has
    when.mostChars = 24; // with the name of the app, which only this column says
    when.growsLive = true;
    when.rank = 3;
    ColumnSpec function = column("function", WaitingModel::tr("Function"), 14);
    function.mostChars = 28;
    function.rank = 1;
    ColumnSpec why = column("why", WaitingModel::tr("Why"), 60);
    why.mostChars = 120;
    ColumnSpec run = column("run", WaitingModel::tr("Run ID"), 13);
    run.isShown = false; // the inspector has it; the reason needs the room
    return {
        when, whole(2, column("what", WaitingModel::tr("What"), 20), 28),     function,
        why,  whole(1, column("action", WaitingModel::tr("Action"), 11), 18), run,
    };
}

bool isBefore(const WaitingRow &a, const WaitingRow &b)
{
    return a.key() < b.key();
}

} // namespace

WaitingModel::WaitingModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                           devserver::api::Filter filter, QObject *parent)
    : PagedTableModel(backend, clock, waitingColumns(), parent)
    , m_filter(std::move(filter))
    , m_ofAnyKind(filterWithout(m_filter, "is"_ba))
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

int WaitingModel::found(WaitingKind kind) const
{
    const auto found = m_found.find(kind);
    return found == m_found.end() ? 0 : found->second;
}

std::vector<std::pair<TimePoint, WaitingKind>> WaitingModel::dueBefore(TimePoint end) const
{
    const auto last = std::lower_bound(m_due.begin(), m_due.end(), std::pair(end, WaitingKind()));
    return {m_due.begin(), last};
}

int WaitingModel::dueFrom(TimePoint begin) const
{
    const auto first =
        std::lower_bound(m_due.begin(), m_due.end(), std::pair(begin, WaitingKind()));
    return static_cast<int>(m_due.end() - first);
}

int WaitingModel::count(const devserver::api::Filter &filter) const
{
    int found = 0;
    for (const auto &[id, run] : m_all) {
        found += static_cast<int>(
            std::count_if(run.rows.begin(), run.rows.end(),
                          [&](const WaitingRow &row) { return fits(filter, row); }));
    }
    return found;
}

bool WaitingModel::fits(const devserver::api::Filter &filter, const WaitingRow &row) const
{
    ++m_judged;
    return waitingFits(filter, row, now());
}

bool WaitingModel::isShown(const WaitingRow &row) const
{
    return fits(m_filter, row);
}

WaitingModel::Known WaitingModel::known(const RunSummary &run) const
{
    Known known{.rows = waitingRows(run), .fits = {}};
    for (const WaitingRow &row : known.rows)
        known.fits.push_back(fits(m_ofAnyKind, row));
    return known;
}

void WaitingModel::tally(const Known &run, int by)
{
    for (std::size_t i = 0; i < run.rows.size(); ++i) {
        m_counts[run.rows[i].kind] += by;
        if (run.fits[i])
            m_found[run.rows[i].kind] += by;
    }
}

void WaitingModel::noteDue(const WaitingRow &row, bool isThere)
{
    if (!row.due || row.kind == WaitingKind::Offline)
        return;
    const std::pair due(*row.due, row.kind);
    const auto place = std::lower_bound(m_due.begin(), m_due.end(), due);
    if (isThere)
        m_due.insert(place, due);
    else if (place != m_due.end() && *place == due)
        m_due.erase(place);
}

void WaitingModel::setApps(const std::vector<devserver::App> &apps)
{
    std::map<QString, QString> problems;
    for (const devserver::App &app : apps) {
        if (!app.errorDetail.isEmpty())
            problems[QString::fromUtf8(app.name)] =
                tr("%1: %2").arg(QString::fromUtf8(app.url), QString::fromUtf8(app.errorDetail));
    }
    if (problems == m_problems)
        return;
    m_problems = std::move(problems);
    for (const auto &[app, branches] : m_offline)
        m_touched.insert(app);
    if (isLoaded())
        requestFrame();
}

std::vector<devserver::RunId> WaitingModel::runsOf(const WaitingRow &row) const
{
    if (!row.isGroup())
        return {row.run};
    std::set<devserver::RunId> runs;
    if (const auto found = m_offline.find(row.app); found != m_offline.end()) {
        for (const auto &[branch, one] : found->second)
            runs.insert(branch.first);
    }
    return {runs.begin(), runs.end()};
}

WaitingRow WaitingModel::offlineRowOf(const QString &app) const
{
    WaitingRow one;
    one.app = app;
    WaitingRow row = offlineRow(one);
    const auto found = m_offline.find(app);
    if (found == m_offline.end())
        return row;
    row.count = static_cast<int>(runsOf(row).size());
    if (row.count == 1)
        row.function = found->second.begin()->second.function;
    const auto problem = m_problems.find(app);
    row.errorMessage =
        problem != m_problems.end() ? problem->second : found->second.begin()->second.errorMessage;
    return row;
}

void WaitingModel::gather(const WaitingRow &row, bool isThere)
{
    std::map<Branch, WaitingRow> &branches = m_offline[row.app];
    if (isThere)
        branches.insert_or_assign({row.run, row.job}, row);
    else
        branches.erase({row.run, row.job});
    if (branches.empty())
        m_offline.erase(row.app);
    m_touched.insert(row.app);
}

void WaitingModel::showOffline(const QString &app, std::vector<WaitingRow> &changed)
{
    const WaitingRow row = offlineRowOf(app);
    const int place = placeOf(row);
    const bool isThere = place < rowCount() && at(place).key() == row.key();
    if (row.count == 0) {
        if (isThere)
            remove(row);
    } else if (!isThere) {
        insert(row);
    } else if (!(at(place) == row)) {
        m_rows[static_cast<std::size_t>(place)] = row;
        changed.push_back(row);
    }
}

int WaitingModel::rowOf(const QByteArray &id) const
{
    const qsizetype end = id.indexOf('/');
    const auto run = devserver::RunId::fromText(id.first(std::max<qsizetype>(end, 0)));
    if (!run)
        return -1;
    const QByteArray job = id.mid(end + 1);
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const WaitingRow &row) {
        return row.run == *run && row.job == job; // no text is made of each
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int WaitingModel::rowOf(devserver::RunId run) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [run](const WaitingRow &row) { return row.run == run; });
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
        Known made = known(run);
        tally(made, 1);
        for (const WaitingRow &row : made.rows) {
            if (row.due && row.kind != WaitingKind::Offline)
                m_due.emplace_back(*row.due, row.kind);
            if (!isShown(row))
                continue;
            if (row.kind == WaitingKind::Offline)
                gather(row, true);
            else
                fresh.push_back(row);
        }
        if (!made.rows.empty())
            m_all.insert_or_assign(run.id, std::move(made));
    }
    std::sort(m_due.begin(), m_due.end());
    for (const QString &app : std::exchange(m_touched, {}))
        fresh.push_back(offlineRowOf(app));
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
    if ((m_pending.empty() && m_touched.empty()) || isHeld())
        return;
    std::vector<WaitingRow> changed;
    for (const auto &[id, run] : std::exchange(m_pending, {}))
        change(run, changed);
    for (const QString &app : std::exchange(m_touched, {}))
        showOffline(app, changed);
    std::vector<int> rows;
    for (const WaitingRow &row : changed)
        rows.push_back(placeOf(row));
    announceChanged(std::move(rows));
    Q_EMIT contentChanged();
}

void WaitingModel::change(const RunSummary &run, std::vector<WaitingRow> &changed)
{
    const auto old = m_all.find(run.id);
    Known made = known(run);
    const std::vector<WaitingRow> &wanted = made.rows;
    if (old == m_all.end() && wanted.empty())
        return;
    const Known gone = old == m_all.end() ? Known() : old->second;
    const std::vector<WaitingRow> &before = gone.rows;
    tally(gone, -1);
    tally(made, 1);
    const auto has = [](const std::vector<WaitingRow> &rows, const WaitingRow &row) {
        return std::any_of(rows.begin(), rows.end(), [&](const WaitingRow &other) {
            return other.key() == row.key() && other.kind == row.kind;
        });
    };
    for (const WaitingRow &row : before) {
        noteDue(row, false);
        if (row.kind == WaitingKind::Offline)
            gather(row, false);
        else if (!has(wanted, row))
            remove(row);
    }
    for (const WaitingRow &row : wanted) {
        noteDue(row, true);
        if (!isShown(row)) {
            if (has(before, row))
                remove(row); // it changed, or time went on
            continue;
        }
        if (row.kind == WaitingKind::Offline) {
            gather(row, true);
        } else if (placeOf(row) == rowCount() || at(placeOf(row)).key() != row.key()) {
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
        m_all.insert_or_assign(run.id, std::move(made));
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
        return waiting.isGroup() ? QString() : QString::fromLatin1(waiting.run.toText());
    case WaitingColumn::Function:
        return waiting.isGroup() ? tr("They go on by themselves when the app answers")
                                 : QString::fromUtf8(waiting.slug);
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
        .arg(waitingWhat(waiting), waitingWhen(waiting, now(), timeStyle()),
             waitingCell(waiting, WaitingColumn::Function, now(), timeStyle()).text);
}

QString WaitingModel::filterTerm(int row, int column) const
{
    return waitingTerm(at(row), static_cast<WaitingColumn>(column));
}

QString WaitingModel::copyText(int row, int column) const
{
    const WaitingRow &waiting = at(row);
    if (static_cast<WaitingColumn>(column) == WaitingColumn::Run && !waiting.isGroup())
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

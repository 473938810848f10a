// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/answersmodel.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/runcolumns.h"
#include "ui/core/runwords.h"

#include <algorithm>
#include <ranges>

namespace console {

using namespace Qt::StringLiterals;
using devserver::EventId;
using devserver::RunId;
using devserver::api::RunSummary;

namespace {

constexpr std::size_t mostRecent = 256;

} // namespace

AnswersModel::AnswersModel(Context &context, QObject *parent)
    : QAbstractTableModel(parent)
    , m_context(context)
{
    connect(&context.feed, &Feed::runsChanged, this, &AnswersModel::take);
}

int AnswersModel::addSend(const QString &title)
{
    beginInsertRows({}, 0, 0);
    m_rows.insert(m_rows.begin(),
                  Row{.kind = Row::Kind::Send, .send = ++m_lastSend, .text = title});
    endInsertRows();
    trim();
    return m_lastSend;
}

void AnswersModel::addEvent(int send, EventId event)
{
    m_events[event] = send;
    for (const RunSummary &run : std::views::reverse(m_recent)) { // what a run became, comes last
        if (run.event == event)
            takeOne(run, send);
    }
}

void AnswersModel::addNote(int send, const QString &text, bool isError, const QString &brief)
{
    Row row{.kind = Row::Kind::Note, .send = send, .text = text, .isError = isError};
    row.brief = brief;
    insert(std::move(row));
}

void AnswersModel::setSecond(int send, const QString &second)
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [send](const Row &row) {
        return row.send == send && row.kind == Row::Kind::Send;
    });
    if (found == m_rows.end())
        return;
    found->second = second;
    const auto row = static_cast<int>(found - m_rows.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void AnswersModel::setNarrow(bool isNarrow)
{
    if (m_isNarrow == isNarrow)
        return;
    m_isNarrow = isNarrow;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

bool AnswersModel::hasRuns(int send) const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [send](const Row &row) {
        return row.send == send && row.kind == Row::Kind::Run;
    });
}

RunId AnswersModel::runAt(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return row < 0 || at >= m_rows.size() ? RunId() : m_rows[at].run.id;
}

bool AnswersModel::isHeading(int row) const
{
    return m_rows[static_cast<std::size_t>(row)].kind == Row::Kind::Send;
}

bool AnswersModel::isNote(int row) const
{
    return m_rows[static_cast<std::size_t>(row)].kind == Row::Kind::Note;
}

void AnswersModel::take(const std::vector<RunSummary> &runs)
{
    for (const RunSummary &run : runs) {
        if (const auto known = m_events.find(run.event); known != m_events.end())
            takeOne(run, known->second);
        m_recent.push_front(run);
    }
    while (m_recent.size() > mostRecent)
        m_recent.pop_back();
}

void AnswersModel::takeOne(const RunSummary &run, int send)
{
    int count = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        if (row.send != send || row.kind != Row::Kind::Run)
            continue;
        ++count;
        if (row.run.id != run.id)
            continue;
        row.run = run;
        const auto at = static_cast<int>(i);
        Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
        return;
    }
    if (!run.originalRun.isNull() || count >= mostRuns)
        return; // a rerun was not started by the send
    Row row{.kind = Row::Kind::Run, .send = send};
    row.run = run;
    insert(std::move(row));
    Q_EMIT runStarted(send, run.id);
}

void AnswersModel::insert(Row row)
{
    auto at = std::find_if(m_rows.begin(), m_rows.end(),
                           [&](const Row &each) { return each.send == row.send; });
    if (at == m_rows.end())
        return; // its send is no longer shown
    at = std::find_if(at, m_rows.end(), [&](const Row &each) { return each.send != row.send; });
    const auto place = static_cast<int>(at - m_rows.begin());
    beginInsertRows({}, place, place);
    m_rows.insert(at, std::move(row));
    endInsertRows();
}

void AnswersModel::trim()
{
    const int oldest = m_lastSend - static_cast<int>(mostSends);
    const auto first = std::find_if(m_rows.begin(), m_rows.end(),
                                    [oldest](const Row &row) { return row.send <= oldest; });
    if (first == m_rows.end())
        return;
    beginRemoveRows({}, static_cast<int>(first - m_rows.begin()), rowCount() - 1);
    m_rows.erase(first, m_rows.end());
    endRemoveRows();
    std::erase_if(m_events, [oldest](const auto &event) { return event.second <= oldest; });
}

int AnswersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AnswersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Cell AnswersModel::cell(const Row &row, int column) const
{
    Cell cell;
    switch (row.kind) {
    case Row::Kind::Send:
        cell.text = column == WhatColumn       ? row.text
                    : column == secondColumn() ? row.second
                                               : QString();
        cell.token = Token::TextDim;
        cell.isRight = column == secondColumn();
        break;
    case Row::Kind::Note:
        if (column == WhatColumn) {
            cell.text = row.text;
            cell.brief = row.brief;
            cell.elide = row.brief.isEmpty() ? Qt::ElideRight : Qt::ElideMiddle;
            cell.icon = row.isError ? u"error"_s : u"info"_s;
            cell.iconToken = row.isError ? Token::StateFailed : Token::TextDim;
            cell.token = row.isError ? Token::StateFailed : Token::Text;
        }
        break;
    case Row::Kind::Run:
        return answerCell(row.run, column);
    }
    return cell;
}

Cell AnswersModel::answerCell(const RunSummary &run, int column)
{
    const DisplayState state = displayState(run);
    const WaitReason reason = waitReason(run);
    if (column == WhatColumn)
        return {.text = QString::fromUtf8(run.functionName)};
    if (column == StateColumn)
        return {.text = stateWords(run),
                .brief = stateWord(state),
                .icon = stateIcon(state, reason),
                .iconToken = stateToken(state, reason),
                .token = stateToken(state, reason)};
    Cell cell{.token = Token::TextDim, .isRight = true};
    if (run.endedAt && run.startedAt)
        cell.text = formatDuration(*run.endedAt - *run.startedAt);
    else if (run.stepsKnown > 0)
        cell.text = runCell(run, RunColumn::Progress, {}).text; // as in the lists of runs
    return cell;
}

QVariant AnswersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(cell(row, index.column()));
    case Qt::DisplayRole:
        return cell(row, index.column()).text;
    case Qt::AccessibleTextRole:
        return row.kind == Row::Kind::Run && index.column() == FigureColumn && !row.run.endedAt
                   ? runSpoken(row.run, RunColumn::Progress, {})
                   : cell(row, index.column()).text;
    case Qt::ToolTipRole:
        return row.kind == Row::Kind::Run ? tr("Enter opens the run") : row.text;
    default:
        return {};
    }
}

} // namespace console

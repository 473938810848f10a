// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/relatedmodel.h"

#include "devserver/api/consolebackend.h"
#include "devserver/api/excerpts.h"
#include "ui/core/feed.h"
#include "ui/core/runcolumns.h"
#include "ui/core/runwords.h"
#include "ui/widgets/settings.h"

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::LetterState;
using devserver::api::RunSummary;

namespace {

QString letterWord(LetterState state)
{
    switch (state) {
    case LetterState::Open:
        return RelatedModel::tr("Open");
    case LetterState::Retrying:
        return RelatedModel::tr("Being retried");
    case LetterState::Resolved:
        return RelatedModel::tr("Resolved");
    case LetterState::Discarded:
        return RelatedModel::tr("Discarded");
    }
    Q_UNREACHABLE();
}

/// Of two runs that are made of the same one; "another" only if this run is one of these, too.
QString siblingRelation(bool isEdited, bool isThisEdited)
{
    if (isEdited) {
        return isThisEdited ? RelatedModel::tr("Another edited retry of the same run")
                            : RelatedModel::tr("Edited retry of the same run");
    }
    return isThisEdited ? RelatedModel::tr("Rerun of the same run")
                        : RelatedModel::tr("Another rerun of the same run");
}

Cell letterCell(LetterState state)
{
    const bool isOpen = state == LetterState::Open;
    return {.text = letterWord(state),
            .icon = stateIcon(DisplayState::Dead, WaitReason::None),
            .iconToken = isOpen ? Token::StateDead : Token::TextDim,
            .token = isOpen ? Token::StateDead : Token::TextDim};
}

} // namespace

RelatedModel::RelatedModel(Context &context, QObject *parent)
    : QAbstractTableModel(parent)
    , m_context(context)
{
    connect(&context.feed, &Feed::runsChanged, this, &RelatedModel::take);
}

void RelatedModel::setRecord(const devserver::api::RunRecord &record)
{
    m_of = record.run.id;
    m_original = record.run.originalRun;
    m_isEdited = record.summary.isEditedRetry;
    m_event = record.run.events.empty() ? devserver::EventId() : record.run.events.front();
    m_failed = record.events.empty() ? devserver::RunId()
                                     : devserver::api::failedRunOf(record.events.front());
    std::vector<Row> fresh;
    for (const RunSummary &each : record.related) {
        if (each.id != m_of)
            fresh.push_back({.run = each, .letter = {}});
    }
    if (record.letter)
        fresh.push_back({.run = record.summary, .letter = record.letter->state});
    std::size_t same = 0;
    while (same < m_rows.size() && same < fresh.size() && m_rows[same].run.id == fresh[same].run.id
           && m_rows[same].letter.has_value() == fresh[same].letter.has_value()) {
        m_rows[same] = fresh[same];
        const auto row = static_cast<int>(same);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        ++same;
    }
    if (same < m_rows.size()) {
        beginRemoveRows({}, static_cast<int>(same), rowCount() - 1);
        m_rows.resize(same);
        endRemoveRows();
    }
    if (same < fresh.size()) {
        beginInsertRows({}, static_cast<int>(same), static_cast<int>(fresh.size()) - 1);
        m_rows = std::move(fresh);
        endInsertRows();
    }
}

/// Others than the run that is shown: that one is asked for anew.
void RelatedModel::take(const std::vector<RunSummary> &runs)
{
    bool isChanged = false;
    for (const RunSummary &run : runs) {
        const auto known = std::find_if(m_rows.begin(), m_rows.end(), [&run](const Row &row) {
            return row.run.id == run.id && !row.letter;
        });
        if (known == m_rows.end())
            continue;
        known->run = run;
        isChanged = true;
        const auto row = static_cast<int>(known - m_rows.begin());
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
    if (isChanged)
        Q_EMIT changed();
}

std::optional<std::chrono::milliseconds> RelatedModel::showTexts()
{
    // No column is an age: only what still goes on changes.
    const RunCellStyle style{.now = m_context.backend.now(), .times = TimeStyle::Absolute};
    std::optional<std::chrono::milliseconds> next;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const auto change = runTextChange(m_rows[row].run, style);
        if (!change || m_rows[row].letter)
            continue;
        next = std::min(*change, next.value_or(*change));
        const auto at = static_cast<int>(row);
        Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
    }
    return next;
}

int RelatedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RelatedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RelatedModel::relation(const Row &row) const
{
    const RunSummary &run = row.run;
    if (row.letter)
        return tr("Dead letter");
    if (run.id == m_failed)
        return tr("Failed run that started this");
    if (run.id == m_original) {
        return m_isEdited ? tr("This run is an edited retry of it")
                          : tr("This run is a rerun of it");
    }
    if (run.originalRun == m_of)
        return run.isEditedRetry ? tr("Edited retry of this run") : tr("Rerun of this run");
    if (!m_original.isNull() && run.originalRun == m_original)
        return siblingRelation(run.isEditedRetry, m_isEdited);
    if (run.event == m_event)
        return tr("Started by the same event");
    if (run.trigger == "inngest/function.failed")
        return tr("Failure handler");
    return tr("Related");
}

Cell RelatedModel::cell(const Row &row, int column) const
{
    const RunCellStyle style{.now = m_context.backend.now(),
                             .times = m_context.settings.timeStyle()};
    switch (column) {
    case Function:
        return runCell(row.run, RunColumn::Function, style);
    case State:
        return row.letter ? letterCell(*row.letter) : runCell(row.run, RunColumn::State, style);
    case Duration:
        return row.letter ? Cell() : runCell(row.run, RunColumn::Duration, style);
    case Run: {
        Cell id = runCell(row.run, RunColumn::RunId, style);
        id.brief = std::exchange(id.text, QString::fromLatin1(row.run.id.toText()));
        return id;
    }
    default:
        return {.text = relation(row), .token = Token::TextDim};
    }
}

QVariant RelatedModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &of = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(cell(of, index.column()));
    case Qt::DisplayRole:
        return cell(of, index.column()).text;
    case Qt::AccessibleTextRole:
        return index.column() == State && !of.letter ? stateWords(of.run)
                                                     : cell(of, index.column()).text;
    case Qt::ToolTipRole:
        return QString(tr("Enter opens it") + u"\n"_s + QString::fromLatin1(of.run.id.toText()));
    default:
        return {};
    }
}

QVariant RelatedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Duration)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Function:
        return tr("Function");
    case State:
        return tr("State");
    case Duration:
        return tr("Duration");
    case Run:
        return tr("Run ID");
    default:
        return tr("Relation");
    }
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/letterhistorymodel.h"

#include "devserver/api/excerpts.h"
#include "devserver/model/jsonvalue.h"
#include "ui/core/format.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::LetterState;
using devserver::TimelineType;

namespace {

/// Error of the last attempt that had ended by then.
devserver::api::ErrorExcerpt errorAt(const devserver::api::RunRecord &record,
                                     devserver::TimePoint time)
{
    devserver::api::ErrorExcerpt error;
    for (const devserver::Attempt &attempt : record.attempts) {
        if (attempt.finishedAt && *attempt.finishedAt <= time && !attempt.error.isEmpty())
            error = devserver::api::excerptOf(attempt.error);
    }
    return error;
}

/// Where an edited retry went on, and the note of who made it; empty if the letter was not edited.
QString editedDetail(const devserver::api::RunRecord &record)
{
    const devserver::RunId run = LetterHistoryModel::editedRun(record);
    if (run.isNull())
        return {};
    const QString there = LetterHistoryModel::tr("Goes on as run %1").arg(shortId(run.toText()));
    const QString note = QString::fromUtf8(devserver::api::noteIn(record.letter->resolution));
    return note.isEmpty() ? there : QString(there + u": "_s + note);
}

} // namespace

void LetterHistoryModel::setRecord(const devserver::api::RunRecord &record)
{
    setRows(rowsOf(record));
}

void LetterHistoryModel::clear()
{
    setRows({});
}

void LetterHistoryModel::setTimeStyle(TimeStyle style)
{
    m_timeStyle = style;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, When), index(rowCount() - 1, When));
}

devserver::RunId LetterHistoryModel::editedRun(const devserver::api::RunRecord &record)
{
    if (!record.letter || record.letter->resolution.isEmpty())
        return {};
    const devserver::JsonValue json = devserver::JsonValue::of(record.letter->resolution);
    const std::optional<devserver::JsonValue> how = json.find("how");
    const std::optional<devserver::JsonValue> run = json.find("run_id");
    if (!how || how->toUtf8() != "edited" || !run)
        return {};
    return devserver::RunId::fromText(run->toUtf8()).value_or(devserver::RunId());
}

QString LetterHistoryModel::retries(const devserver::api::RunRecord &record, TimeStyle style)
{
    QStringList lines;
    for (const devserver::TimelineRecord &entry : record.timeline) {
        if (entry.type == TimelineType::RunResumed) {
            lines.append(tr("Retried %1").arg(formatTimeExactly(entry.at, style)));
        } else if (lines.isEmpty()) {
            continue;
        } else if (entry.type == TimelineType::RunCompleted) {
            lines.last() = tr("%1: completed").arg(lines.last());
        } else if (entry.type == TimelineType::RunFailed) {
            const QString error = QString::fromUtf8(errorAt(record, entry.at).name);
            lines.last() = error.isEmpty() ? tr("%1: died again").arg(lines.last())
                                           : tr("%1: died again, %2").arg(lines.last(), error);
        }
    }
    return lines.join(u'\n');
}

std::vector<LetterHistoryModel::Row>
LetterHistoryModel::rowsOf(const devserver::api::RunRecord &record)
{
    std::vector<Row> rows;
    int deaths = 0;
    for (const devserver::TimelineRecord &entry : record.timeline) {
        if (entry.type == TimelineType::RunScheduled) {
            rows.push_back({entry.at, tr("Queued"),
                            QString::fromUtf8(devserver::api::noteIn(entry.payload)),
                            u"state-queued"_s, Token::StateQueued});
        } else if (entry.type == TimelineType::RunFailed) {
            const devserver::api::ErrorExcerpt error = errorAt(record, entry.at);
            QString detail = QString::fromUtf8(error.name);
            if (!error.message.isEmpty())
                detail +=
                    (detail.isEmpty() ? QString() : u": "_s) + QString::fromUtf8(error.message);
            rows.push_back({entry.at, ++deaths == 1 ? tr("Died") : tr("Died again"), detail,
                            u"state-dead"_s, Token::StateDead});
        } else if (entry.type == TimelineType::RunResumed) {
            rows.push_back({entry.at, tr("Retried"),
                            tr("Retry %1 from here; finished steps were kept").arg(deaths),
                            u"retry"_s, Token::StateRunning});
        } else if (entry.type == TimelineType::RunCompleted) {
            rows.push_back(
                {entry.at, tr("Completed"), {}, u"state-completed"_s, Token::StateCompleted});
        }
    }
    if (record.letter && record.letter->state == LetterState::Discarded
        && record.letter->closedAt) {
        rows.push_back({*record.letter->closedAt, tr("Discarded"),
                        QString::fromUtf8(devserver::api::reasonIn(record.letter->resolution)),
                        u"trash"_s, Token::TextDim});
    }
    if (record.letter && record.letter->closedAt) {
        if (const QString detail = editedDetail(record); !detail.isEmpty())
            rows.push_back({*record.letter->closedAt, tr("Edited and retried"), detail, u"edit"_s,
                            Token::StateRunning});
    }
    std::reverse(rows.begin(), rows.end());
    return rows;
}

void LetterHistoryModel::setRows(std::vector<Row> rows)
{
    if (!m_rows.empty()) {
        beginRemoveRows({}, 0, rowCount() - 1);
        m_rows.clear();
        endRemoveRows();
    }
    if (!rows.empty()) {
        beginInsertRows({}, 0, static_cast<int>(rows.size()) - 1);
        m_rows = std::move(rows);
        endInsertRows();
    }
}

int LetterHistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LetterHistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LetterHistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    Cell cell;
    if (index.column() == When) {
        cell.text = formatTimeExactly(row.at, m_timeStyle);
        cell.isMono = true;
        cell.token = Token::TextDim;
    } else if (index.column() == What) {
        cell.text = row.what;
        cell.icon = row.icon;
        cell.iconToken = row.token;
    } else {
        cell.text = row.detail;
    }
    if (role == CellDataRole)
        return QVariant::fromValue(cell);
    return role == Qt::DisplayRole ? QVariant(cell.text) : QVariant();
}

std::vector<ColumnSpec> LetterHistoryModel::columns()
{
    const auto column = [](const char *id, const QString &title, int chars) {
        return ColumnSpec{.id = id,
                          .title = title,
                          .chars = chars,
                          .isShown = true,
                          .isSortable = false,
                          .whyUnsorted = tr("%1. Listed as it happened").arg(title)};
    };
    ColumnSpec when = column("when", tr("When"), 34);
    when.mostChars = when.chars; // what it does without, the details have
    ColumnSpec what = column("what", tr("What"), 16);
    what.leastChars = what.chars;
    what.mostChars = 28; // never cut
    what.growsLive = true;
    return {when, what, column("detail", tr("Details"), 60)};
}

QVariant LetterHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::vector<ColumnSpec> specs = columns();
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    return specs[static_cast<std::size_t>(section)].title;
}

} // namespace console

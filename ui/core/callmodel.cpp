// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/callmodel.h"

#include "devserver/api/excerpts.h"
#include "ui/core/attemptfacts.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/callexchange.h"
#include "ui/core/callsteps.h"
#include "ui/core/format.h"
#include "ui/core/inspection.h"
#include "ui/core/timelinedata.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::CallTiming;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Calls", text);
}

/// How the attempt came out, which a status does not say: an app answers 206 as well when a step
/// failed. Below that what came of it.
QString outcomeText(const Attempt &attempt, const RetryFate &fate)
{
    const QString error = QString::fromUtf8(devserver::api::excerptOf(attempt.error).name);
    const QString word = attemptWord(attempt, fate.kind);
    const QString outcome = error.isEmpty() ? word : tr("%1: %2").arg(word, error);
    return attempt.outcome == devserver::AttemptOutcome::RetryableError
               ? QString(outcome + u'\n' + retryWords(attempt, fate))
               : outcome;
}

QString shortAddress(const Attempt &attempt)
{
    const QUrl url(QString::fromUtf8(callAddress(attempt)));
    return url.host() + (url.port() > 0 ? u':' + QString::number(url.port()) : QString())
           + url.path() + u'?' + url.query();
}

/// A line for each instant that is known.
QString instantsText(const Attempt &attempt, TimeStyle style)
{
    const TimeStyle exact = style == TimeStyle::Utc ? TimeStyle::Utc : TimeStyle::Absolute;
    QStringList lines;
    for (const AttemptInstant &instant : attemptInstants(attempt))
        lines.append(tr("%1: %2").arg(instant.word, formatTimeExactly(instant.at, exact)));
    return lines.join(u'\n');
}

} // namespace

void CallModel::setInspection(const Inspection &inspection, devserver::TimePoint now)
{
    m_now = now;
    m_isOneStep = inspection.isOfStep();
    m_body = inspection.run ? functionBodyName() : QString();
    m_start = inspection.run ? inspection.run->run.queuedAt : devserver::TimePoint();
    std::vector<Attempt> rows;
    const std::vector<const Attempt *> attempts = inspection.attempts();
    const CallSteps steps = inspection.run ? CallSteps(*inspection.run) : CallSteps();
    for (auto attempt = attempts.rbegin(); attempt != attempts.rend(); ++attempt) {
        CallSteps::Step step = steps.of(**attempt);
        rows.push_back(**attempt);
        rows.back().step = std::move(step.id); // as the timeline says it
        rows.back().stepName = std::move(step.name);
    }
    std::vector<RetryFate> fates;
    for (const Attempt &attempt : rows)
        fates.push_back(retryFate(*inspection.run, attempt));
    m_highest = 0;
    for (const Attempt &attempt : rows)
        m_highest = std::max(m_highest, attempt.attempt);
    // Attempts are only added, at the newest end, as long as the subject stays.
    const bool goesOn = !m_rows.empty() && rows.size() >= m_rows.size()
                        && rows[rows.size() - m_rows.size()].request == m_rows.front().request
                        && rows.back().request == m_rows.back().request;
    if (!goesOn && !m_rows.empty()) {
        beginRemoveRows({}, 0, rowCount() - 1);
        m_rows.clear();
        endRemoveRows();
    }
    const auto added = static_cast<int>(rows.size() - m_rows.size());
    if (added > 0) {
        beginInsertRows({}, 0, added - 1);
        m_rows = std::move(rows);
        m_fates = std::move(fates);
        endInsertRows();
    } else {
        m_rows = std::move(rows);
        m_fates = std::move(fates);
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

std::optional<milliseconds> CallModel::setNow(devserver::TimePoint now)
{
    std::optional<milliseconds> next;
    m_now = now;
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        if (m_rows[at].finishedAt)
            continue;
        const QModelIndex changed = index(static_cast<int>(at), Duration);
        Q_EMIT dataChanged(changed, changed);
        const milliseconds until = timeUntilElapsedChanges(m_now - m_rows[at].sentAt);
        next = std::min(until, next.value_or(until));
    }
    return next;
}

void CallModel::setTimeStyle(TimeStyle style)
{
    if (style == m_style)
        return;
    m_style = style;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Time), index(rowCount() - 1, Time));
}

int CallModel::rowOf(const devserver::RequestId &request) const
{
    const auto known = std::find_if(m_rows.begin(), m_rows.end(), [&](const Attempt &attempt) {
        return attempt.request == request;
    });
    return known == m_rows.end() ? -1 : static_cast<int>(known - m_rows.begin());
}

int CallModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CallModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Cell CallModel::cell(const Attempt &attempt, int column) const
{
    switch (column) {
    case Time:
        return {.text = m_style == TimeStyle::Relative
                            ? QString(u'+' + formatDuration(attempt.sentAt - m_start))
                            : formatTime(attempt.sentAt, m_now, m_style),
                .isRight = true};
    case Step: {
        const QString number = u'#' + QString::number(attempt.attempt + 1);
        const QString name =
            attempt.stepName.isEmpty() ? m_body : QString::fromUtf8(attempt.stepName);
        Cell cell{.text = number};
        if (!m_isOneStep && !name.isEmpty()) {
            cell.text = name;
            cell.number = number;
            cell.widestNumber = u'#' + QString::number(m_highest + 1);
        }
        cell.icon = attemptIcon(attempt);
        cell.iconToken = attemptToken(attempt);
        return cell;
    }
    case Method:
        return {.text = isHttpCall(attempt) ? u"POST"_s : tr("Call"), .token = Token::TextDim};
    case Address:
        return {.text = isHttpCall(attempt) ? shortAddress(attempt) : tr("in this process"),
                .elide = Qt::ElideMiddle};
    case Status:
        // Without a colour: the sign of the attempt says how it came out.
        if (attempt.httpStatus > 0)
            return {.text = QString::number(attempt.httpStatus)};
        return {.text = !attempt.finishedAt   ? tr("…")
                        : isHttpCall(attempt) ? tr("no answer")
                                              : QString(),
                .token = Token::TextDim};
    case Bytes:
        return {.text = attempt.finishedAt ? formatSize(attempt.responseSize) : QString(),
                .isRight = true};
    default:
        return {.text = shortCallDuration(attempt, m_now), .isRight = true};
    }
}

QVariant CallModel::data(const QModelIndex &index, int role) const
{
    const Attempt &shown = attempt(index.row());
    const RetryFate &fate = m_fates[static_cast<std::size_t>(index.row())];
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(cell(shown, index.column()));
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        const Cell words = cell(shown, index.column());
        const QString text =
            words.number.isEmpty() ? words.text : QString(words.number + u' ' + words.text);
        return role == Qt::AccessibleTextRole && index.column() == Step
                   ? tr("%1, %2").arg(text, attemptWord(shown, fate.kind))
                   : text;
    }
    case Qt::ToolTipRole:
        if (index.column() == Time)
            return instantsText(shown, m_style);
        if (index.column() == Step || index.column() == Status)
            return outcomeText(shown, fate);
        return index.column() == Address ? QString::fromUtf8(callAddress(shown)) : QString();
    case RowIdRole:
        return shown.request.toText();
    default:
        return {};
    }
}

QVariant CallModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::vector<ColumnSpec> specs = columns();
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    return specs[static_cast<std::size_t>(section)].title;
}

std::vector<ColumnSpec> CallModel::columns()
{
    const auto spec = [](const char *id, const QString &title, int chars, bool isRight = false) {
        return ColumnSpec{.id = id,
                          .title = title,
                          .chars = chars,
                          .isSortable = false,
                          .isRight = isRight,
                          .whyUnsorted = tr("%1. The newest is on top").arg(title)};
    };
    return {
        spec("time", tr("Time"), 9, true),
        spec("step", tr("Attempt"), 17),
        spec("method", tr("Method"), 5),
        spec("address", tr("Address"), 34),
        spec("status", tr("HTTP"), 5),
        spec("bytes", tr("Answer"), 7, true),
        spec("duration", tr("Duration"), 6, true),
    };
}

Cell signatureCell(const Attempt &attempt)
{
    using devserver::SignatureCheck;
    Cell cell;
    switch (attempt.signature) {
    case SignatureCheck::Unchecked:
        break;
    case SignatureCheck::Missing:
        cell = {.text = attempt.httpStatus > 0 ? tr("The request was signed, the answer is not")
                                               : tr("The request was signed"),
                .icon = u"info"_s,
                .iconToken = Token::TextDim};
        break;
    case SignatureCheck::Valid:
        cell = {.text = tr("Signatures: request signed, answer valid"),
                .icon = u"state-completed"_s,
                .iconToken = Token::StateCompleted};
        break;
    case SignatureCheck::Invalid:
        cell = {.text = tr("The signature of the answer is invalid: made with another key, changed "
                           "on the way, or more than five minutes off"),
                .icon = u"state-failed"_s,
                .iconToken = Token::StateFailed};
        break;
    }
    return cell;
}

std::vector<CallPhase> callPhases(const CallTiming &timing)
{
    using Kind = CallPhase::Kind;
    std::vector<CallPhase> phases;
    const auto add = [&](Kind kind, microseconds length) {
        if (length > microseconds(0))
            phases.push_back({.kind = kind, .length = length});
    };
    add(Kind::Dns, timing.dns);
    add(Kind::Connect, timing.connect + timing.tls);
    add(Kind::Wait, timing.firstByte - timing.dns - timing.connect - timing.tls);
    add(Kind::Transfer,
        timing.total - std::max(timing.firstByte, timing.dns + timing.connect + timing.tls));
    return phases;
}

QString phaseWord(CallPhase::Kind kind)
{
    switch (kind) {
    case CallPhase::Kind::Dns:
        return tr("DNS");
    case CallPhase::Kind::Connect:
        return tr("Connect");
    case CallPhase::Kind::Wait:
        return tr("Wait");
    case CallPhase::Kind::Transfer:
        return tr("Transfer");
    }
    Q_UNREACHABLE();
}

QString phaseDuration(microseconds length)
{
    if (length < milliseconds(1))
        return tr("%1 µs").arg(length.count());
    return formatDuration(std::chrono::duration_cast<milliseconds>(length));
}

} // namespace console

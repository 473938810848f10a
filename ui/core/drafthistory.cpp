// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/drafthistory.h"

#include "ui/core/format.h"

#include <QDateTime>
#include <QJsonObject>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostSaved = 1024 * 1024; ///< bytes of texts and names

} // namespace

void DraftHistory::add(const Draft &draft, devserver::TimePoint sentAt)
{
    m_at = -1;
    if (!m_entries.empty() && m_entries.front().draft == draft) {
        m_entries.front().sentAt = sentAt;
        Q_EMIT dataChanged(index(0), index(0));
        return;
    }
    beginInsertRows({}, 0, 0);
    m_entries.insert(m_entries.begin(), {sentAt, draft});
    m_fresh = std::min(m_fresh + 1, mostKept);
    endInsertRows();
    if (m_entries.size() > mostKept) {
        beginRemoveRows({}, static_cast<int>(mostKept), static_cast<int>(mostKept));
        m_entries.pop_back();
        endRemoveRows();
    }
}

const Draft *DraftHistory::walk(int step, const Draft &current)
{
    if (m_at < 0)
        m_unsent = current;
    int next = m_at - step;
    // What is there already is no step.
    if (m_at < 0 && next == 0 && !m_entries.empty() && m_entries.front().draft == current)
        ++next;
    if (next < -1 || next >= rowCount())
        return nullptr;
    m_at = next;
    return m_at < 0 ? &m_unsent : &at(m_at).draft;
}

std::vector<DraftHistory::Entry> DraftHistory::saved() const
{
    std::vector<Entry> entries;
    qsizetype bytes = 0;
    for (const Entry &entry : m_entries) {
        const qsizetype size = entry.draft.text.size() + entry.draft.name.size();
        if (bytes + size > mostSaved)
            continue; // a large one does not push out all the others
        bytes += size;
        entries.push_back(entry);
    }
    return entries;
}

void DraftHistory::restore(std::vector<Entry> saved)
{
    const auto fresh = static_cast<int>(m_fresh);
    if (fresh < rowCount()) {
        beginRemoveRows({}, fresh, rowCount() - 1);
        m_entries.resize(m_fresh);
        endRemoveRows();
    }
    saved.resize(std::min(saved.size(), mostKept - m_fresh));
    if (saved.empty())
        return;
    beginInsertRows({}, fresh, fresh + static_cast<int>(saved.size()) - 1);
    m_entries.insert(m_entries.end(), saved.begin(), saved.end());
    endInsertRows();
}

int DraftHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant DraftHistory::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry &entry = at(index.row());
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(devserver::toMs(entry.sentAt));
    switch (role) {
    case Qt::DisplayRole:
        return QString(QString::fromUtf8(entry.draft.name) + u"   "_s + time.toString(u"HH:mm"_s));
    case Qt::ToolTipRole:
        return QString::fromUtf8(entry.draft.text.left(600));
    case Qt::UserRole: // what a search looks through
        return QString(QString::fromUtf8(entry.draft.name) + u' '
                       + QString::fromUtf8(entry.draft.text));
    default:
        return {};
    }
}

QJsonArray historyJson(const std::vector<DraftHistory::Entry> &entries)
{
    QJsonArray json;
    for (const DraftHistory::Entry &entry : entries)
        json.append(QJsonObject{{u"at"_s, static_cast<double>(devserver::toMs(entry.sentAt))},
                                {u"draft"_s, draftJson(entry.draft)}});
    return json;
}

std::vector<DraftHistory::Entry> historyFromJson(const QJsonArray &json)
{
    std::vector<DraftHistory::Entry> entries;
    for (const QJsonValue &value : json) {
        if (const std::optional<Draft> draft = draftFromJson(value["draft"_L1].toObject()))
            entries.push_back(
                {devserver::fromMs(static_cast<qint64>(value["at"_L1].toDouble())), *draft});
    }
    return entries;
}

} // namespace console

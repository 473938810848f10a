// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/drafthistory.h"

#include "ui/core/format.h"

#include <QDateTime>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostSaved = 1024 * 1024; ///< bytes of texts, users and names
constexpr qsizetype large = 64 * 1024;       ///< what is not written by hand

qsizetype sizeOf(const Draft &draft)
{
    return draft.text.size() + draft.name.size() + draft.user.size();
}

} // namespace

void DraftHistory::add(const Draft &draft, const Draft &asSent, devserver::TimePoint sentAt)
{
    put({.sentAt = sentAt,
         .draft = draft,
         .asSent = asSent == draft ? std::nullopt : std::optional(asSent)});
}

void DraftHistory::addRemoved(const Draft &draft, devserver::TimePoint at)
{
    put({.sentAt = at, .draft = draft, .isSent = false});
}

void DraftHistory::put(Entry entry)
{
    m_at = -1;
    if (!m_entries.empty() && m_entries.front().draft == entry.draft) {
        if (!entry.isSent)
            entry.asSent = std::move(m_entries.front().asSent);
        entry.isSent = entry.isSent || m_entries.front().isSent;
        m_entries.front() = std::move(entry);
        Q_EMIT dataChanged(index(0), index(0));
        return;
    }
    beginInsertRows({}, 0, 0);
    m_entries.insert(m_entries.begin(), std::move(entry));
    m_fresh = std::min(m_fresh + 1, mostKept);
    endInsertRows();
    if (m_entries.size() > mostKept) {
        beginRemoveRows({}, static_cast<int>(mostKept), static_cast<int>(mostKept));
        m_entries.pop_back();
        endRemoveRows();
    }
}

const Draft *DraftHistory::lastSent() const
{
    const auto sent = std::ranges::find_if(m_entries, &Entry::isSent);
    return sent == m_entries.end() ? nullptr : &sent->draft;
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
    std::vector<bool> isKept(m_entries.size());
    std::vector<bool> isSentKept(m_entries.size());
    qsizetype bytes = 0;
    // What was written comes before what became of it, and a large one does not push out the
    // others.
    for (const auto &[ofSent, areLarge] : {std::pair(false, false), std::pair(false, true),
                                           std::pair(true, false), std::pair(true, true)}) {
        for (std::size_t at = 0; at < m_entries.size(); ++at) {
            const Entry &entry = m_entries[at];
            if (ofSent && (!isKept[at] || !entry.asSent))
                continue;
            const qsizetype size = sizeOf(ofSent ? *entry.asSent : entry.draft);
            if ((size > large) != areLarge || bytes + size > mostSaved)
                continue;
            bytes += size;
            (ofSent ? isSentKept : isKept)[at] = true;
        }
    }
    std::vector<Entry> entries;
    for (std::size_t at = 0; at < m_entries.size(); ++at) {
        if (!isKept[at])
            continue;
        entries.push_back(m_entries[at]);
        if (!isSentKept[at])
            entries.back().asSent.reset();
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
    switch (role) {
    case Qt::DisplayRole:
        return QString(data(index, NameRole).toString() + u"   "_s
                       + data(index, TimeRole).toString());
    case NameRole:
        return QString::fromUtf8(entry.draft.name);
    case TimeRole:
        return QDateTime::fromMSecsSinceEpoch(devserver::toMs(entry.sentAt)).toString(u"HH:mm"_s);
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
    for (const DraftHistory::Entry &entry : entries) {
        QJsonObject object{{u"at"_s, static_cast<double>(devserver::toMs(entry.sentAt))},
                           {u"draft"_s, draftJson(entry.draft)}};
        if (!entry.isSent)
            object.insert("removed"_L1, true);
        if (entry.asSent)
            object.insert("sent"_L1, draftJson(*entry.asSent));
        json.append(object);
    }
    return json;
}

std::vector<DraftHistory::Entry> historyFromJson(const QJsonArray &json)
{
    std::vector<DraftHistory::Entry> entries;
    for (const QJsonValue &value : json) {
        if (const std::optional<Draft> draft = draftFromJson(value["draft"_L1].toObject()))
            entries.push_back(
                {.sentAt = devserver::fromMs(static_cast<qint64>(value["at"_L1].toDouble())),
                 .draft = *draft,
                 .isSent = !value["removed"_L1].toBool(),
                 .asSent = draftFromJson(value["sent"_L1].toObject())});
    }
    return entries;
}

} // namespace console

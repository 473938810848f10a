// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/drafthistory.h"

#include "ui/core/format.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostSaved = 256 * 1024; ///< bytes, the settings file stays small

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

QByteArray DraftHistory::save() const
{
    QJsonArray entries;
    qsizetype bytes = 0;
    for (const Entry &entry : m_entries) {
        bytes += entry.draft.text.size() + entry.draft.name.size();
        if (bytes > mostSaved)
            break;
        entries.append(QJsonObject{{u"at"_s, static_cast<double>(devserver::toMs(entry.sentAt))},
                                   {u"draft"_s, QString::fromUtf8(draftFile(entry.draft))}});
    }
    return QJsonDocument(entries).toJson(QJsonDocument::Compact);
}

void DraftHistory::restore(const QByteArray &saved)
{
    std::vector<Entry> entries;
    for (const QJsonValue &value : QJsonDocument::fromJson(saved).array()) {
        const std::optional<Draft> draft = draftFromFile(value["draft"_L1].toString().toUtf8());
        if (draft && entries.size() < mostKept)
            entries.push_back(
                {devserver::fromMs(static_cast<qint64>(value["at"_L1].toDouble())), *draft});
    }
    if (entries.empty() || !m_entries.empty())
        return;
    beginInsertRows({}, 0, static_cast<int>(entries.size()) - 1);
    m_entries = std::move(entries);
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

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/mutedgroups.h"

#include "ui/core/feed.h"
#include "ui/widgets/settings.h"

#include <QDateTime>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::api::Count;
using devserver::api::CountQuery;
using devserver::api::Filter;

namespace {

const QString mutedKey = u"dead/muted"_s;
constexpr qint64 largestFile = 16 * 1024 * 1024; ///< bytes; some 100,000 groups
constexpr auto countAfter = 250ms;
constexpr std::chrono::milliseconds lookAgain = 1h; // a laptop may sleep over the time

Filter termOf(const QByteArray &key, const QByteArray &value)
{
    Filter filter;
    filter.kind = Filter::Kind::Term;
    filter.term.key = key;
    filter.term.values = {value};
    return filter;
}

/// Open letters of these groups.
Filter lettersIn(const std::map<MutedGroups::Group, MutedGroups::Until> &groups)
{
    Filter any{.kind = Filter::Kind::Or, .term = {}, .parts = {}};
    for (const auto &[group, until] : groups) {
        any.parts.push_back(
            {.kind = Filter::Kind::And,
             .term = {},
             .parts = {termOf("fn"_ba, group.first), termOf("sig"_ba, group.second)}});
    }
    return {.kind = Filter::Kind::And,
            .term = {},
            .parts = {termOf("state"_ba, "open"_ba), std::move(any)}};
}

} // namespace

MutedGroups::MutedGroups(devserver::api::ConsoleBackend &backend, Feed &feed, Settings &settings,
                         QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_settings(settings)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (dropOver())
            write();
        count();
    });
    const auto soon = [this] { // not put off by what comes meanwhile
        const bool isSoon = m_again.isActive() && m_again.remainingTimeAsDuration() <= countAfter;
        if (!m_until.empty() && !isSoon)
            m_again.start(countAfter);
    };
    connect(&feed, &Feed::lettersChanged, this, soon);
    connect(&backend, &devserver::api::ConsoleBackend::serverChanged, this, soon);
    connect(&m_file, &ProjectFile::problem, this, &MutedGroups::problem);
    connect(&m_file, &ProjectFile::problemOver, this, &MutedGroups::problemOver);
    connect(&m_file, &ProjectFile::loaded, this, &MutedGroups::takeFile);
    connect(&m_file, &ProjectFile::written, this, [this] {
        if (std::exchange(m_movesOld, false))
            m_settings.remove(mutedKey);
    });
    soon();
}

MutedGroups::~MutedGroups()
{
    if (m_request)
        m_request->cancel();
}

QString MutedGroups::fileBeside(const QString &dataFile)
{
    return ProjectFile::beside(dataFile, u"muted.json"_s);
}

void MutedGroups::setFile(const QString &path)
{
    if (path == m_file.path())
        return;
    m_until.clear();
    m_entries.clear();
    m_unknown = {};
    if (QFileInfo(path).size() > ProjectFile::mostAtOnce) {
        m_file.load(path, largestFile); // until then none is known
        Q_EMIT changed();
        count();
        return;
    }
    m_file.open(path);
    takeFile();
}

void MutedGroups::takeFile()
{
    const std::map<Group, Until> meanwhile = std::exchange(m_until, {});
    read();
    for (const auto &[group, until] : meanwhile)
        m_until.insert_or_assign(group, until);
    const bool hasOld = takeOld();
    if (dropOver() || hasOld || !meanwhile.empty())
        write();
    Q_EMIT changed();
    count();
}

void MutedGroups::read()
{
    for (const QJsonValue &value : m_file.content()["muted"_L1].toArray()) {
        const QJsonObject entry = value.toObject();
        const Group group{entry["function"_L1].toString().toUtf8(),
                          entry["signature"_L1].toString().toUtf8()};
        const QDateTime until =
            QDateTime::fromString(entry["until"_L1].toString(), Qt::ISODateWithMs);
        if (group.first.isEmpty() || (entry.contains("until"_L1) && !until.isValid())) {
            m_unknown.append(value);
            continue;
        }
        m_entries.insert_or_assign(group, entry);
        m_until.insert_or_assign(
            group, until.isValid() ? Until(devserver::fromMs(until.toMSecsSinceEpoch())) : Until());
    }
}

/// They were the person's once, all projects together. \returns whether there were any.
bool MutedGroups::takeOld()
{
    if (m_file.path().isEmpty() || !m_file.isReadable())
        return false;
    const QStringList old = m_settings.value(mutedKey).toStringList();
    for (const QString &line : old) {
        const QByteArrayList parts = line.toUtf8().split('\t');
        if (parts.size() != 3)
            continue;
        const qint64 ms = parts.at(2).toLongLong();
        m_until.insert({{parts.at(0), parts.at(1)}, ms == 0 ? Until() : devserver::fromMs(ms)});
    }
    m_movesOld = !old.isEmpty();
    return m_movesOld;
}

void MutedGroups::write()
{
    QJsonArray muted;
    for (const auto &[group, until] : m_until) {
        const auto known = m_entries.find(group);
        QJsonObject entry = known == m_entries.end() ? QJsonObject() : known->second;
        entry.insert("function"_L1, QString::fromUtf8(group.first));
        entry.insert("signature"_L1, QString::fromUtf8(group.second));
        entry.remove("until"_L1);
        if (until)
            entry.insert("until"_L1,
                         QDateTime::fromMSecsSinceEpoch(devserver::toMs(*until), Qt::UTC)
                             .toString(Qt::ISODateWithMs));
        muted.append(entry);
    }
    for (const QJsonValue &entry : std::as_const(m_unknown))
        muted.append(entry);
    m_file.write(u"muted"_s, muted);
}

void MutedGroups::mute(const std::vector<Group> &groups, Until until)
{
    for (const Group &group : groups)
        m_until.insert_or_assign(group, until);
    write();
    Q_EMIT changed();
    count();
}

void MutedGroups::unmute(const std::vector<Group> &groups)
{
    for (const Group &group : groups)
        m_until.erase(group);
    write();
    Q_EMIT changed();
    count();
}

MutedGroups::Until MutedGroups::until(const Group &group) const
{
    const auto found = m_until.find(group);
    return found == m_until.end() ? Until() : found->second;
}

bool MutedGroups::dropOver()
{
    const devserver::TimePoint now = m_backend.now();
    const auto gone =
        std::erase_if(m_until, [now](const auto &one) { return one.second && *one.second <= now; });
    if (gone > 0)
        Q_EMIT changed();
    return gone > 0;
}

void MutedGroups::count()
{
    if (m_request)
        m_request->cancel();
    const auto found = [this](qint64 letters) {
        if (letters == m_letters)
            return;
        m_letters = letters;
        Q_EMIT changed();
    };
    if (m_until.empty()) {
        m_again.stop();
        found(0);
        return;
    }
    std::chrono::milliseconds next = lookAgain;
    for (const auto &[group, until] : m_until) {
        if (until)
            next = std::clamp<std::chrono::milliseconds>(*until - m_backend.now(), 1ms, next);
    }
    m_again.start(next);
    m_request = m_backend.ask(
        CountQuery{.of = CountQuery::Of::Letters, .filter = lettersIn(m_until), .isFull = true});
    devserver::api::then<Count>(
        m_request, this, [found](const Count &count) { found(count.rows); },
        [](const devserver::Error &) {}); // asked again with the next letter
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftevents.h"

#include "ui/core/copyas.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/placeholders.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

DraftEvents::DraftEvents(const Draft &draft)
    : m_draft(draft)
    , m_text(strippedOfComments(draft.text).trimmed())
{
    QRandomGenerator::global()->fillRange(m_seed.data(), static_cast<qsizetype>(m_seed.size()));
}

QByteArrayList DraftEvents::paths() const
{
    QByteArrayList paths;
    for (const QByteArray &text : {m_text, m_draft.user}) {
        for (const Placeholder &each : findPlaceholders(text)) {
            if (const QByteArray path = placeholderFile(each); !path.isEmpty())
                paths.append(path);
        }
    }
    return paths;
}

DraftEvents::Files DraftEvents::read(const QByteArrayList &paths, const QString &folder)
{
    Files files;
    for (const QByteArray &path : paths) {
        QFile file(QDir(folder).filePath(QString::fromUtf8(path)));
        if (!file.open(QIODevice::ReadOnly))
            files.insert_or_assign(
                path, devserver::failure(devserver::ErrorCode::InvalidInput,
                                         tr("%1: %2").arg(file.fileName(), file.errorString())));
        else
            files.insert_or_assign(path, file.read(mostEventBytes + 1).trimmed());
    }
    return files;
}

QString DraftEvents::setFiles(Files files)
{
    m_files = std::move(files);
    for (const auto &[path, content] : m_files) {
        if (!content)
            return content.error().message;
    }
    return {};
}

devserver::Result<QByteArray> DraftEvents::resolved(Part part, int copy, devserver::TimePoint now,
                                                    Env env) const
{
    const std::array<quint32, 6> seed = {m_seed[0],
                                         m_seed[1],
                                         m_seed[2],
                                         m_seed[3],
                                         static_cast<quint32>(copy),
                                         static_cast<quint32>(part)};
    QRandomGenerator random(seed.data(), static_cast<qsizetype>(seed.size()));
    PlaceholderValues values;
    values.now = now;
    values.i = copy;
    values.seq = m_firstSeq + copy - 1;
    values.random = [&random](quint64 below) {
        return below == 0 ? 0 : random.generate64() % below;
    };
    values.env = [env](const QByteArray &name) {
        return env == Env::Kept ? QByteArray("{{env " + name + "}}") : qgetenv(name.constData());
    };
    values.file = [this](const QByteArray &path) {
        const auto found = m_files.find(path);
        return found == m_files.end() ? QByteArray() : found->second.value_or(QByteArray());
    };
    switch (part) {
    case Part::Data:
        return resolvePlaceholders(m_text, values);
    case Part::User:
        return resolvePlaceholders(m_draft.user, values);
    case Part::Id: // as inside of a string: the id is text
        return resolvePlaceholders("{\"id\":\"" + m_draft.id + "\"}", values);
    }
    Q_UNREACHABLE();
}

devserver::Result<QByteArray> DraftEvents::data(int copy, devserver::TimePoint now) const
{
    devserver::Result<QByteArray> data = resolved(Part::Data, copy, now);
    return data ? data->trimmed() : data;
}

QByteArray DraftEvents::id(int copy, devserver::TimePoint now, Env env) const
{
    if (!m_draft.id.contains("{{"))
        return m_draft.id;
    const QByteArray json = resolved(Part::Id, copy, now, env).value_or(QByteArray());
    return memberOf(json, "id"_ba).replace('"', QByteArray());
}

QByteArrayList DraftEvents::events(int copy, devserver::TimePoint now) const
{
    // What can be wrong with a placeholder was wrong with the first copy, too.
    const QByteArray all = data(copy, now).value_or("{}"_ba);
    const QByteArray id = this->id(copy, now);
    const QByteArray user = resolved(Part::User, copy, now).value_or(QByteArray());
    std::optional<devserver::TimePoint> ts;
    if (!m_draft.when.isEmpty())
        ts = dueAt(m_draft.when, now);
    if (!all.startsWith('['))
        return {eventToSend(m_draft.name, id, all, ts, user)};
    QByteArrayList events;
    for (const QByteArray &element : elementsOf(all))
        events.append(eventToSend(
            m_draft.name, id.isEmpty() ? id : id + '-' + QByteArray::number(events.size() + 1),
            element, ts, user));
    return events;
}

Draft DraftEvents::asSent(int copy, devserver::TimePoint now) const
{
    Draft sent = m_draft;
    sent.text = resolved(Part::Data, copy, now, Env::Kept).value_or(m_text).trimmed();
    sent.user = resolved(Part::User, copy, now, Env::Kept).value_or(m_draft.user);
    sent.id = id(copy, now, Env::Kept);
    if (const auto due = dueAt(m_draft.when, now); due && due != now) {
        sent.when = QDateTime::fromMSecsSinceEpoch(devserver::toMs(*due))
                        .toString(u"yyyy-MM-dd HH:mm:ss"_s)
                        .toLatin1();
    }
    return sent;
}

QByteArray DraftEvents::request(int copy, devserver::TimePoint now) const
{
    const QByteArrayList all = events(copy, now);
    return all.size() == 1 && !m_text.startsWith('[') ? all.front() : '[' + all.join(',') + ']';
}

} // namespace console

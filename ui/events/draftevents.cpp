// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftevents.h"

#include "ui/core/copyas.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/placeholders.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

DraftEvents::DraftEvents(const Draft &draft)
    : m_draft(draft)
    , m_text(strippedOfComments(draft.text).trimmed())
{}

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

devserver::Result<QByteArray> DraftEvents::resolved(const QByteArray &text, int copy,
                                                    devserver::TimePoint now) const
{
    PlaceholderValues values;
    values.now = now;
    values.i = copy;
    values.seq = m_firstSeq + copy - 1;
    values.random = [](quint64 below) {
        return below == 0 ? 0 : QRandomGenerator::global()->generate64() % below;
    };
    values.env = [](const QByteArray &name) { return qgetenv(name.constData()); };
    values.file = [this](const QByteArray &path) {
        const auto found = m_files.find(path);
        return found == m_files.end() ? QByteArray() : found->second.value_or(QByteArray());
    };
    return resolvePlaceholders(text, values);
}

devserver::Result<QByteArray> DraftEvents::data(int copy, devserver::TimePoint now) const
{
    devserver::Result<QByteArray> data = resolved(m_text, copy, now);
    return data ? data->trimmed() : data;
}

QByteArray DraftEvents::id(int copy, devserver::TimePoint now) const
{
    if (!m_draft.id.contains("{{"))
        return m_draft.id;
    // As inside of a string: the id is text.
    const QByteArray json =
        resolved("{\"id\":\"" + m_draft.id + "\"}", copy, now).value_or(QByteArray());
    return memberOf(json, "id"_ba).replace('"', QByteArray());
}

QByteArrayList DraftEvents::events(int copy, devserver::TimePoint now) const
{
    // What can be wrong with a placeholder was wrong with the first copy, too.
    const QByteArray all = data(copy, now).value_or("{}"_ba);
    const QByteArray id = this->id(copy, now);
    const QByteArray user = resolved(m_draft.user, copy, now).value_or(QByteArray());
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

QByteArray DraftEvents::request(int copy, devserver::TimePoint now) const
{
    const QByteArrayList all = events(copy, now);
    return all.size() == 1 && !m_text.startsWith('[') ? all.front() : '[' + all.join(',') + ']';
}

} // namespace console

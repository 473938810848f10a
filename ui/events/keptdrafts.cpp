// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/keptdrafts.h"

#include "ui/widgets/settings.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 32 * 1024 * 1024; ///< bytes; as much as all drafts can have
const QString draftsKey = u"composer/drafts"_s;
const QString historyKey = u"composer/history"_s;

/// Earlier versions kept a draft as the text of its file.
QJsonValue asObject(const QJsonValue &draft)
{
    return draft.isString()
               ? QJsonValue(QJsonDocument::fromJson(draft.toString().toUtf8()).object())
               : draft;
}

} // namespace

KeptDrafts::KeptDrafts(Settings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    connect(&m_file, &ProjectFile::problem, this, &KeptDrafts::problem);
    connect(&m_file, &ProjectFile::loaded, this, &KeptDrafts::takeFile);
    connect(&m_file, &ProjectFile::written, this, &KeptDrafts::forgetMoved);
}

bool KeptDrafts::isInSettings() const
{
    return m_file.path().isEmpty() || !m_file.isReadable();
}

void KeptDrafts::open(const QString &dataFile)
{
    // A folder that is not there yet comes with the data file.
    const bool hasFolder = !dataFile.isEmpty() && QFileInfo(QFileInfo(dataFile).path()).isDir();
    const QString path = hasFolder ? ProjectFile::beside(dataFile, u"composer.json"_s) : QString();
    const bool isKnown = m_isLoaded && path.isEmpty() && m_file.path().isEmpty();
    if (isKnown || (!path.isEmpty() && path == m_file.path()))
        return;
    m_isLoaded = false;
    m_file.load(path, largestFile);
    if (path.isEmpty())
        take(fromSettings());
}

KeptDrafts::Content KeptDrafts::fromSettings() const
{
    const auto json = [this](const QString &key) {
        return QJsonDocument::fromJson(m_settings.value(key).toByteArray());
    };
    Content content{.drafts = json(draftsKey).object(), .history = {}};
    QJsonArray drafts;
    for (const QJsonValue &draft : content.drafts["drafts"_L1].toArray())
        drafts.append(asObject(draft));
    if (!drafts.isEmpty())
        content.drafts.insert("drafts"_L1, drafts);
    for (const QJsonValue &value : json(historyKey).array()) {
        QJsonObject entry = value.toObject();
        entry.insert("draft"_L1, asObject(entry["draft"_L1]));
        content.history.append(entry);
    }
    return content;
}

void KeptDrafts::take(const Content &content)
{
    m_kept = content;
    m_isLoaded = true;
    Q_EMIT loaded(content);
}

void KeptDrafts::takeFile()
{
    if (isInSettings()) {
        take(fromSettings());
        return;
    }
    const QJsonObject &file = m_file.content();
    if (file.contains("drafts"_L1) || file.contains("history"_L1)) {
        take({.drafts = file["drafts"_L1].toObject(), .history = file["history"_L1].toArray()});
        return;
    }
    const Content old = fromSettings();
    m_isMoving = old != Content{};
    take(old);
    if (m_isMoving)
        m_file.write({{u"drafts"_s, old.drafts}, {u"history"_s, old.history}});
}

/// Not before it is in its new place.
void KeptDrafts::forgetMoved()
{
    if (!std::exchange(m_isMoving, false))
        return;
    m_settings.remove(draftsKey);
    m_settings.remove(historyKey);
}

void KeptDrafts::keepDrafts(const QJsonObject &drafts)
{
    if (!m_isLoaded || drafts == m_kept.drafts)
        return;
    m_kept.drafts = drafts;
    keep(u"drafts"_s, drafts);
}

void KeptDrafts::keepHistory(const QJsonArray &history)
{
    if (!m_isLoaded || history == m_kept.history)
        return;
    m_kept.history = history;
    keep(u"history"_s, history);
}

void KeptDrafts::keep(const QString &name, const QJsonValue &value)
{
    if (!isInSettings()) {
        m_file.write(name, value);
        return;
    }
    const QJsonDocument json =
        value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    m_settings.setValue(u"composer/"_s + name, json.toJson(QJsonDocument::Compact));
}

} // namespace console

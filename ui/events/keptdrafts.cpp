// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/keptdrafts.h"

#include "ui/widgets/settings.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 32 * 1024 * 1024; ///< bytes; as much as all drafts can have
constexpr qsizetype quickRead = 64 * 1024;       ///< more of JSON is read on another thread
const QString draftsKey = u"composer/drafts"_s;
const QString historyKey = u"composer/history"_s;

/// Earlier versions kept a draft as the text of its file.
QJsonValue asObject(const QJsonValue &draft)
{
    return draft.isString()
               ? QJsonValue(QJsonDocument::fromJson(draft.toString().toUtf8()).object())
               : draft;
}

DraftTabs::State tabsFrom(const QJsonObject &json)
{
    DraftTabs::State state{.drafts = {}, .shown = json["shown"_L1].toInt()};
    for (const QJsonValue &value : json["drafts"_L1].toArray()) {
        if (const std::optional<Draft> draft = draftFromJson(asObject(value).toObject()))
            state.drafts.push_back(*draft);
    }
    return state;
}

QJsonObject tabsJson(const DraftTabs::State &state)
{
    QJsonArray drafts;
    for (const Draft &draft : state.drafts)
        drafts.append(draftJson(draft));
    return {{u"drafts"_s, drafts}, {u"shown"_s, state.shown}};
}

/// Of `composer.json`.
QJsonObject partsOf(const KeptDrafts::Content &content)
{
    return {{u"drafts"_s, tabsJson(content.drafts)}, {u"history"_s, historyJson(content.history)}};
}

} // namespace

KeptDrafts::KeptDrafts(Settings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    connect(&m_file, &ProjectFile::problem, this, &KeptDrafts::problem);
    connect(&m_file, &ProjectFile::problemOver, this, &KeptDrafts::problemOver);
    connect(&m_file, &ProjectFile::loaded, this, &KeptDrafts::takeFile);
    connect(&m_file, &ProjectFile::written, this, &KeptDrafts::forgetMoved);
}

KeptDrafts::~KeptDrafts()
{
    finish();
}

KeptDrafts::Texts KeptDrafts::textsOf(const Content &content)
{
    return {.drafts = QJsonDocument(tabsJson(content.drafts)).toJson(QJsonDocument::Compact),
            .history = QJsonDocument(historyJson(content.history)).toJson(QJsonDocument::Compact)};
}

KeptDrafts::Content KeptDrafts::contentOf(const Texts &texts)
{
    QJsonArray history;
    for (const QJsonValue &value : QJsonDocument::fromJson(texts.history).array()) {
        QJsonObject entry = value.toObject();
        entry.insert("draft"_L1, asObject(entry["draft"_L1]));
        history.append(entry);
    }
    return {.drafts = tabsFrom(QJsonDocument::fromJson(texts.drafts).object()),
            .history = historyFromJson(history)};
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
    finishSaving();
    finishMove();
    m_isLoaded = false;
    m_reading.cancel();
    m_file.load(path, largestFile);
    if (path.isEmpty())
        readSettings(false);
}

/// \a moves  into the project, which has none yet
void KeptDrafts::readSettings(bool moves)
{
    const Texts texts{.drafts = m_settings.value(draftsKey).toByteArray(),
                      .history = m_settings.value(historyKey).toByteArray()};
    const auto taken = [this, moves](const Content &content) {
        take(content);
        m_isMoving = moves && content != Content{};
        if (m_isMoving)
            keep();
    };
    if (texts.drafts.size() + texts.history.size() <= quickRead)
        taken(contentOf(texts));
    else
        m_reading.start([texts](const CancelFlag &) { return contentOf(texts); }, taken);
}

void KeptDrafts::take(const Content &content)
{
    m_kept = content;
    m_isLoaded = true;
    Q_EMIT loaded(content);
}

void KeptDrafts::takeFile()
{
    const QJsonObject file = m_file.content();
    if (isInSettings()) {
        readSettings(false);
    } else if (!file.contains("drafts"_L1) && !file.contains("history"_L1)) {
        readSettings(true);
    } else {
        m_reading.start(
            [file](const CancelFlag &) {
                return Content{.drafts = tabsFrom(file["drafts"_L1].toObject()),
                               .history = historyFromJson(file["history"_L1].toArray())};
            },
            [this](const Content &content) { take(content); });
    }
}

/// Before another project is opened, and at the end: nobody would hear that it was written, and
/// what was moved would stand in both places.
void KeptDrafts::finishMove()
{
    if (!m_isMoving)
        return;
    m_file.waitForWrites();
    QCoreApplication::sendPostedEvents(&m_file);
    m_isMoving = false; // it stays where it was if it could not be written
}

void KeptDrafts::finish()
{
    finishSaving();
    finishMove();
    m_file.waitForWrites();
}

/// Not before it is in its new place.
void KeptDrafts::forgetMoved()
{
    if (!std::exchange(m_isMoving, false))
        return;
    m_settings.remove(draftsKey);
    m_settings.remove(historyKey);
}

void KeptDrafts::keepDrafts(DraftTabs::State drafts)
{
    if (!m_isLoaded || drafts == m_kept.drafts)
        return;
    m_kept.drafts = std::move(drafts);
    keep();
}

void KeptDrafts::keepHistory(std::vector<DraftHistory::Entry> history)
{
    if (!m_isLoaded || history == m_kept.history)
        return;
    m_kept.history = std::move(history);
    keep();
}

void KeptDrafts::keep()
{
    if (isInSettings())
        m_saving.start([content = m_kept](const CancelFlag &) { return textsOf(content); },
                       [this](const Texts &texts) { storeInSettings(texts); });
    else
        m_file.write([content = m_kept] { return partsOf(content); });
}

void KeptDrafts::storeInSettings(const Texts &texts)
{
    m_settings.setValue(draftsKey, texts.drafts);
    m_settings.setValue(historyKey, texts.history);
}

/// What is under way would not come any more.
void KeptDrafts::finishSaving()
{
    if (!m_saving.isRunning())
        return;
    m_saving.cancel();
    storeInSettings(textsOf(m_kept));
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/catalog.h"

#include "ui/core/appwords.h"
#include "ui/core/feed.h"

#include <algorithm>
#include <utility>

namespace console {

using devserver::App;
using devserver::AppId;
using devserver::Function;

namespace {

/// What a scan found, and said that it is an app which is called elsewhere.
bool isElsewhere(const App &app)
{
    return app.isFound && app.name.isEmpty() && app.error == "other_address";
}

} // namespace

Catalog::Catalog(devserver::api::ConsoleBackend &backend, Feed &feed, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_phase(backend.server().phase)
{
    connect(&feed, &Feed::appsChanged, this, &Catalog::takeApps);
    connect(&feed, &Feed::functionsChanged, this, &Catalog::takeFunctions);
    connect(&backend, &devserver::api::ConsoleBackend::serverChanged, this, &Catalog::followServer);
    reload();
}

/// The window is usually there before the server serves, and it answers nobody until then.
void Catalog::followServer()
{
    const devserver::api::ServerPhase before = std::exchange(m_phase, m_backend.server().phase);
    if (m_phase == devserver::api::ServerPhase::Serving && m_phase != before)
        reload();
}

void Catalog::reload()
{
    if (m_isAsking) {
        m_isOutdated = true;
        return;
    }
    m_isAsking = true;
    const auto answered = [this](const devserver::api::Catalog *catalog) {
        m_isAsking = false;
        if (std::exchange(m_isOutdated, false))
            reload();
        else if (catalog != nullptr)
            take(*catalog);
    };
    devserver::api::then<devserver::api::Catalog>(
        m_backend.ask(devserver::api::CatalogQuery{}), this,
        [answered](const devserver::api::Catalog &catalog) { answered(&catalog); },
        [answered](const devserver::Error &) { answered(nullptr); });
}

void Catalog::take(const devserver::api::Catalog &catalog)
{
    m_apps.clear();
    m_functions.clear();
    for (const devserver::api::CatalogApp &entry : catalog.apps) {
        m_apps.insert_or_assign(entry.app.id, entry.app);
        noteContact(entry.app);
        for (const Function &function : entry.functions)
            m_functions.insert_or_assign(function.config.slug, function);
    }
    m_isLoaded = true;
    Q_EMIT changed();
}

void Catalog::takeApps(const std::vector<devserver::AppChanged> &apps)
{
    m_isOutdated = m_isAsking;
    for (const devserver::AppChanged &change : apps) {
        if (change.isGone)
            m_apps.erase(change.app.id);
        else
            m_apps.insert_or_assign(change.app.id, change.app);
        if (!change.isGone)
            noteContact(change.app);
    }
    Q_EMIT changed();
}

void Catalog::noteContact(const App &app)
{
    constexpr std::size_t mostKept = 6;
    if (app.kind != devserver::AppKind::Http || app.url.isEmpty() || isBeingAsked(app))
        return;
    const bool isSynced = app.error.isEmpty();
    const AppContact contact{.at = isSynced ? app.syncedAt : m_backend.now(),
                             .error = app.error,
                             .detail = app.errorDetail};
    std::vector<AppContact> &known = m_contacts[app.url];
    const bool isSame = !known.empty() && known.front().error == contact.error
                        && known.front().detail == contact.detail
                        && (!isSynced || known.front().at == contact.at);
    if (isSame)
        return;
    known.insert(known.begin(), contact);
    if (known.size() > mostKept)
        known.pop_back();
}

std::vector<AppContact> Catalog::contacts(const QByteArray &url) const
{
    const auto found = m_contacts.find(url);
    return found == m_contacts.end() ? std::vector<AppContact>() : found->second;
}

void Catalog::takeFunctions(const std::vector<devserver::FunctionChanged> &functions)
{
    m_isOutdated = m_isAsking;
    for (const devserver::FunctionChanged &change : functions)
        m_functions.insert_or_assign(change.function.config.slug, change.function);
    Q_EMIT changed();
}

std::vector<App> Catalog::apps() const
{
    std::vector<App> all;
    for (const auto &[id, app] : m_apps)
        all.push_back(app);
    const bool hasOthers = hasAnyAnswered(all);
    std::erase_if(all, [hasOthers](const App &app) {
        const bool isUnknownYet =
            hasOthers && app.isFound && app.name.isEmpty() && isBeingAsked(app);
        return isUnknownYet || isElsewhere(app);
    });
    std::sort(all.begin(), all.end(), [](const App &a, const App &b) {
        return std::tie(a.name, a.url) < std::tie(b.name, b.url);
    });
    return all;
}

std::vector<Function> Catalog::functions(AppId app) const
{
    std::vector<Function> found;
    for (const auto &[slug, function] : m_functions) {
        if (!function.isArchived && (app.isNull() || function.app == app))
            found.push_back(function);
    }
    return found;
}

QByteArray Catalog::foundAt(const App &app) const
{
    const QByteArray words = "app " + app.name + " registered at "; // of the engine
    for (const auto &[id, found] : m_apps) {
        if (!app.name.isEmpty() && isElsewhere(found) && found.errorDetail.startsWith(words))
            return found.url;
    }
    return {};
}

const App *Catalog::app(AppId id) const
{
    const auto found = m_apps.find(id);
    return found == m_apps.end() ? nullptr : &found->second;
}

const Function *Catalog::functionBySlug(const QByteArray &slug) const
{
    const auto found = m_functions.find(slug);
    return found == m_functions.end() ? nullptr : &found->second;
}

bool Catalog::isRegistered(const QByteArray &slug) const
{
    const Function *function = functionBySlug(slug);
    return function == nullptr ? !m_isLoaded : !function->isArchived;
}

QByteArrayList Catalog::triggerNames() const
{
    QByteArrayList names;
    for (const auto &[slug, function] : m_functions) {
        if (function.isArchived)
            continue;
        for (const devserver::Trigger &trigger : function.config.triggers) {
            if (!trigger.event.isEmpty() && !trigger.event.contains('*')
                && !names.contains(trigger.event))
                names.append(trigger.event);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace console

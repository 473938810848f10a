// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

#include <QObject>

#include <map>
#include <vector>

namespace console {

class Feed;

/// What came of asking an app to register, as far as it was something new.
struct AppContact {
    devserver::TimePoint at;
    QByteArray error;  ///< code of protocol §2.3; empty: it registered
    QByteArray detail; ///< text for people

    bool operator==(const AppContact &) const = default;
};

/// Apps and functions as they are registered now, for every view that needs names, triggers or
/// addresses. Asked for whenever a server begins to serve, then kept current by the feed. GUI
/// thread.
class Catalog final : public QObject
{
    Q_OBJECT

public:
    Catalog(devserver::api::ConsoleBackend &backend, Feed &feed, QObject *parent = nullptr);

    /// Asks again.
    void reload();

    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

    /// By name; placeholders (named, never synced) too. Not what a scan found if it is, or may be,
    /// one of the others at another address.
    [[nodiscard]] std::vector<devserver::App> apps() const;
    /// Where a scan found the app although it is called at another address; empty: nowhere.
    [[nodiscard]] QByteArray foundAt(const devserver::App &app) const;
    /// Of one app, or of all with a null id; by slug, without archived ones.
    [[nodiscard]] std::vector<devserver::Function> functions(devserver::AppId app = {}) const;
    [[nodiscard]] const devserver::App *app(devserver::AppId id) const;
    [[nodiscard]] const devserver::Function *functionBySlug(const QByteArray &slug) const;
    /// False if it was removed, left out of a later registration, or is of an app that was removed.
    /// True as long as nothing is known.
    [[nodiscard]] bool isRegistered(const QByteArray &slug) const;
    /// Of the app at an address, newest first, a few; since the window was opened.
    [[nodiscard]] std::vector<AppContact> contacts(const QByteArray &url) const;
    /// Names that a sender may use: event triggers without wildcards.
    [[nodiscard]] QByteArrayList triggerNames() const;

Q_SIGNALS:
    void changed();

private:
    void take(const devserver::api::Catalog &catalog);
    void followServer();
    void takeApps(const std::vector<devserver::AppChanged> &apps);
    void takeFunctions(const std::vector<devserver::FunctionChanged> &functions);
    void noteContact(const devserver::App &app);

    devserver::api::ConsoleBackend &m_backend;
    devserver::api::ServerPhase m_phase;
    bool m_isAsking = false;
    bool m_isOutdated = false; ///< something changed after the question that is out was asked
    std::map<devserver::AppId, devserver::App> m_apps;
    std::map<QByteArray, devserver::Function> m_functions;    ///< by slug
    std::map<QByteArray, std::vector<AppContact>> m_contacts; ///< by address, newest first
    bool m_isLoaded = false;
};

} // namespace console

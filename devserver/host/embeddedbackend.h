// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "devserver/host/server.h"

#include <memory>
#include <optional>

namespace devserver::host {

/// The server in this process, on an engine thread of its own (ui.md §4.1). Nothing runs before
/// `startServer`; the destructor stops the server, which takes at most 2 s.
class EmbeddedBackend final : public api::ConsoleBackend
{
    Q_OBJECT

public:
    /// \param sample  what `setSample(true)` switches on, if the settings begin without it
    explicit EmbeddedBackend(ServerSettings settings, std::optional<InProcessApp> sample = {},
                             QObject *parent = nullptr);
    ~EmbeddedBackend() override;

    [[nodiscard]] api::UpdateMailbox &mailbox() override;
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] api::ServerState server() const override;

    [[nodiscard]] api::Reply *ask(api::Query query) override;
    [[nodiscard]] api::Reply *act(Verb verb) override;
    [[nodiscard]] api::Reply *preview(const BulkPlan &plan) override;
    [[nodiscard]] api::Reply *start(BulkPlan plan) override;
    [[nodiscard]] api::Reply *stopBulk(BulkId bulk) override;
    [[nodiscard]] api::Reply *send(QByteArray json) override;
    [[nodiscard]] api::Reply *invoke(QByteArray slug, QByteArray data) override;
    [[nodiscard]] api::Reply *addApp(QByteArray url) override;
    [[nodiscard]] api::Reply *syncApp(AppId app) override;
    [[nodiscard]] api::Reply *removeApp(AppId app) override;
    [[nodiscard]] api::Reply *moveApp(AppId app, QByteArray url) override;
    [[nodiscard]] api::Reply *setSample(bool isOn) override;
    /// \param port  0: the one of the settings, or the one that was given last
    [[nodiscard]] api::Reply *startServer(quint16 port) override;
    [[nodiscard]] api::Reply *stopServer() override;
    [[nodiscard]] api::Reply *clearData(api::ClearScope scope) override;
    [[nodiscard]] api::Reply *compareSigningKey(QByteArray key) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace devserver::host

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/clock.h"
#include "devserver/transport/functioncaller.h"
#include "devserver/transport/httpclient.h"

#include <QByteArray>

namespace devserver::transport {

/// Calls functions over HTTP (protocol §5, §6): encodes, signs if there is a key, decodes.
class HttpCaller final : public FunctionCaller
{
public:
    /// \param signingKey  empty: calls are not signed. All three outlive the caller.
    HttpCaller(HttpClient &client, const Clock &clock, QByteArray signingKey);

    void call(CallRequest request, Done done) override;
    void abortAll() override;

private:
    HttpClient &m_client;
    const Clock &m_clock;
    QByteArray m_signingKey;
};

} // namespace devserver::transport

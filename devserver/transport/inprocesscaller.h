// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/functioncaller.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <map>
#include <memory>

namespace devserver::transport {

/// Runs one request of a C++ function: from its top to the first thing that is not memoised. Called
/// on worker threads, several at once, and maybe longer than its caller is there.
using FunctionRunner = std::function<CallAnswer(const CallRequest &)>;

/// Calls functions that are in this process, through the same requests and answers as over HTTP.
///
/// C++ code cannot be broken off. Nothing here waits for it: a function that is given up goes on,
/// and what it answers is thrown away.
class InProcessCaller final
    : public QObject
    , public FunctionCaller
{
    Q_OBJECT

public:
    explicit InProcessCaller(FunctionRunner runner, QObject *parent = nullptr);
    ~InProcessCaller() override;

    void call(CallRequest request, Done done) override;
    void abortAll() override;

    /// Whether a function runs, also one of a caller that is gone. Any thread.
    [[nodiscard]] static bool isAnyRunning();

private:
    class Link;

    void finish(quint64 call, CallAnswer answer);

    FunctionRunner m_runner;
    std::shared_ptr<Link> m_link;
    std::unique_ptr<QThreadPool> m_workers;
    quint64 m_lastCall = 0;
    std::map<quint64, Done> m_calls; ///< in flight
};

} // namespace devserver::transport

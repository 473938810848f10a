// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/functioncaller.h"

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace devserver::transport {

/// Runs one request of a C++ function: from its top to the first thing that is not memoised. Called on
/// worker threads, several at once.
using FunctionRunner = std::function<CallAnswer(const CallRequest &)>;

/// Calls functions that are in this process, through the same requests and answers as over HTTP.
class InProcessCaller final : public QObject, public FunctionCaller
{
    Q_OBJECT

public:
    explicit InProcessCaller(FunctionRunner runner, QObject *parent = nullptr);
    /// Waits for the functions that are running.
    ~InProcessCaller() override;

    void call(CallRequest request, Done done) override;
    /// C++ code cannot be broken off: its answers are thrown away instead.
    void abortAll() override;

private:
    FunctionRunner m_runner;
    QThreadPool m_workers;
    quint64 m_epoch = 0; ///< counts abortAll; answers of an older epoch are void
};

} // namespace devserver::transport

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 9, call, for functions in this process.

#include "devserver/transport/inprocesscaller.h"

#include <QElapsedTimer>

namespace devserver::transport {

InProcessCaller::InProcessCaller(FunctionRunner runner, QObject *parent)
    : QObject(parent)
    , m_runner(std::move(runner))
{
    // A function may block in a step; it must not keep the others from running.
    m_workers.setMaxThreadCount(16);
}

InProcessCaller::~InProcessCaller()
{
    m_workers.waitForDone();
}

void InProcessCaller::call(CallRequest request, Done done)
{
    const quint64 epoch = m_epoch;
    m_workers.start([this, epoch, request = std::move(request), done = std::move(done)] {
        QElapsedTimer timer;
        timer.start();
        CallAnswer answer = m_runner(request);
        answer.timing.total = std::chrono::microseconds(timer.nsecsElapsed() / 1000);
        QMetaObject::invokeMethod(
            this,
            [this, epoch, answer = std::move(answer), done] {
                CallAnswer aborted;
                aborted.outcome = CallAborted{};
                done(epoch == m_epoch ? answer : aborted);
            },
            Qt::QueuedConnection);
    });
}

void InProcessCaller::abortAll()
{
    ++m_epoch;
}

} // namespace devserver::transport

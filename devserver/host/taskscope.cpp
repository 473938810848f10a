// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/taskscope.h"

#include "devserver/host/log.h"

#include <exception>

namespace devserver::host {

TaskScope::TaskScope(QObject *parent)
    : QObject(parent)
{}

TaskScope::~TaskScope()
{
    Q_ASSERT(m_live == 0);
}

void TaskScope::spawn(QByteArray name, QCoro::Task<> task)
{
    ++m_live;
    // The watcher is the owner; it cannot end before `live` was counted.
    (void)watch(std::move(name), std::move(task));
}

QCoro::Task<> TaskScope::watch(QByteArray name, QCoro::Task<> task)
{
    try {
        co_await task;
    } catch (const std::exception &error) {
        qCCritical(lcHost) << "task failed"
                           << "name" << name << "error" << error.what();
    }
    if (--m_live == 0)
        Q_EMIT drained();
}

} // namespace devserver::host

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QCoroTask>
#include <QObject>

#include <vector>

namespace devserver::host {

/// Owns coroutines that nobody awaits (style.md 2.7): logs what they throw and knows when all are
/// done.
class TaskScope final : public QObject
{
    Q_OBJECT

public:
    explicit TaskScope(QObject *parent = nullptr);
    ~TaskScope() override;

    void spawn(QByteArray name, QCoro::Task<> task);

    [[nodiscard]] int live() const { return m_live; }

Q_SIGNALS:
    void drained();

private:
    QCoro::Task<> watch(QByteArray name, QCoro::Task<> task);

    int m_live = 0;
};

} // namespace devserver::host

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/bulk.h"

#include <QObject>

#include <map>

namespace console {

struct Context;

/// How much long work is under way, bulk retries and jobs of the window, for the ring at Activity
/// (ui.md 16.2).
class RunningWork final : public QObject
{
    Q_OBJECT

public:
    explicit RunningWork(Context &context, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return m_count; }

    /// 0..1 of all of it.
    [[nodiscard]] double fraction() const
    {
        return m_total == 0 ? 0.0 : static_cast<double>(m_done) / static_cast<double>(m_total);
    }

Q_SIGNALS:
    void changed();

private:
    void ask();
    void take(const devserver::Bulk &bulk);
    void sum();

    Context &m_context;
    std::map<devserver::BulkId, devserver::Bulk> m_bulks; ///< that run
    int m_count = 0;
    qint64 m_done = 0;
    qint64 m_total = 0;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/retrynow.h"

#include "devserver/api/consolebackend.h"

#include <QApplication>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>

namespace console {

using devserver::RunId;

namespace {

/// Belongs to the backend: all windows share it, and a run is the same one in each.
class LastRetries final : public QObject
{
public:
    using QObject::QObject;

    [[nodiscard]] static LastRetries &of(devserver::api::ConsoleBackend &backend)
    {
        for (QObject *child : backend.children()) {
            if (auto *known = dynamic_cast<LastRetries *>(child))
                return *known;
        }
        return *new LastRetries(&backend);
    }

    [[nodiscard]] std::vector<RunId> take(const std::vector<RunId> &runs,
                                          std::chrono::steady_clock::time_point now)
    {
        const std::chrono::milliseconds interval(QApplication::doubleClickInterval());
        std::erase_if(m_askedAt, [&](const auto &asked) { return now - asked.second >= interval; });
        std::vector<RunId> taken;
        std::copy_if(runs.begin(), runs.end(), std::back_inserter(taken),
                     [this](RunId run) { return m_askedAt.count(run) == 0; });
        for (const RunId run : runs)
            m_askedAt[run] = now; // also of those that are left out: the gesture goes on
        return taken;
    }

private:
    std::map<RunId, std::chrono::steady_clock::time_point> m_askedAt;
};

} // namespace

std::vector<RunId> takeRetryNow(devserver::api::ConsoleBackend &backend,
                                const std::vector<RunId> &runs)
{
    return LastRetries::of(backend).take(runs, backend.steadyNow());
}

} // namespace console

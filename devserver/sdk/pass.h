// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/sdk/context.h"
#include "devserver/sdk/errors.h"
#include "devserver/sdk/json.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

#include <optional>
#include <vector>

namespace devserver::sdk {

/// One request of a run: the function from its top, with the results that the request brings, to
/// the first step that has none; then that step. The same rules as those of the SDKs over HTTP.
class Pass
{
public:
    /// \param request  must outlive the pass.
    explicit Pass(const CallRequest &request);
    Q_DISABLE_COPY_MOVE(Pass)

    [[nodiscard]] CallAnswer run(const Body &body);

    [[nodiscard]] const CallRequest &request() const { return m_request; }

    [[nodiscard]] const Event &event();

    struct Claim {
        StepId id;
        int index = 0;
        const Memo *memo = nullptr; ///< null: the step has no result yet
    };

    /// The next use of a step's name in this pass (protocol §5.4).
    [[nodiscard]] Claim claim(const QByteArray &name);

    /// The function waits for this step, which has no result.
    void report(const Step *step) { m_found.push_back(step); }

private:
    [[nodiscard]] CallAnswer progress() const;
    [[nodiscard]] CallAnswer execute(const Step &step) const;
    [[nodiscard]] CallAnswer executeTarget() const;
    [[nodiscard]] CallAnswer stepError(const Step &step, const Thrown &thrown) const;
    [[nodiscard]] CallAnswer functionError(const Thrown &thrown) const;
    [[nodiscard]] bool isLastAttempt() const;

    const CallRequest &m_request;
    QHash<StepId, const Memo *> m_memos;
    QHash<QByteArray, int> m_uses; ///< by name
    QSet<StepId> m_claimed;
    std::vector<const Step *> m_found; ///< in the order of the code
    std::optional<Event> m_event;
};

} // namespace devserver::sdk

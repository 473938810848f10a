// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/step.h"

#include "devserver/sdk/pass.h"

namespace devserver::sdk {

Step::Step(Pass *pass, QByteArray name, Action action, std::source_location place)
    : m_pass(pass)
    , m_name(std::move(name))
    , m_action(std::move(action))
    , m_place(place)
{}

bool Step::await_ready()
{
    const Pass::Claim claim = m_pass->claim(m_name);
    m_id = claim.id;
    m_index = claim.index;
    m_memo = claim.memo;
    if (m_memo == nullptr)
        m_pass->report(this);
    return m_memo != nullptr;
}

Json Step::await_resume() const
{
    StepResult value = result();
    if (!value)
        throw StepFailed(std::move(value).error());
    return *std::move(value);
}

StepResult Step::result() const
{
    Json memo(m_memo->json);
    switch (m_memo->kind) {
    case MemoKind::Data:
        return memo["data"];
    case MemoKind::Error:
        break;
    case MemoKind::Sleep:
    case MemoKind::Plain:
        return memo;
    }
    const Json error = memo["error"];
    StepFailure failure;
    failure.step = m_name;
    failure.name = error["name"].toText();
    failure.message = error["message"].toText();
    failure.error = error.raw();
    return tl::unexpected<StepFailure>(std::move(failure));
}

StepOp Step::planned() const
{
    StepOp op{.code = hasWork() ? OpCode::StepPlanned : OpCode::Sleep,
              .id = m_id,
              .name = m_name,
              .userId = m_name,
              .userIndex = m_index};
    if (const auto *wait = std::get_if<std::chrono::milliseconds>(&m_action))
        op.sleep = *wait;
    else if (const auto *until = std::get_if<TimePoint>(&m_action))
        op.sleep = *until;
    return op;
}

} // namespace devserver::sdk

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/pass.h"

#include "devserver/protocol/answererror.h"
#include "devserver/protocol/opcodec.h"

#include <QCryptographicHash>

#include <algorithm>
#include <stdexcept>

namespace devserver::sdk {

using namespace Qt::StringLiterals;

namespace {

constexpr int statusResult = 200;
constexpr int statusOps = 206;
constexpr int statusFinalError = 400;
constexpr int statusError = 500;
constexpr int requestVersion = 2;

/// protocol §5.4
StepId hashed(const QByteArray &name, int index)
{
    const QByteArray text = index == 0 ? name : QByteArray(name + ':' + QByteArray::number(index));
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
}

CallAnswer answerOps(std::vector<StepOp> ops)
{
    CallAnswer answer;
    answer.outcome = AnswerOps{std::move(ops)};
    answer.httpStatus = statusOps;
    answer.requestVersion = requestVersion;
    return answer;
}

/// Runs the work of a step; what it returns must fit into a memo (protocol §1.4).
Json valueOf(const Step &step)
{
    Json value = step.work();
    if (value.raw().sizeBytes() > protocol::maxStepBytes)
        throw std::length_error("the output of the step has more than 4 MiB");
    return value;
}

} // namespace

Pass::Pass(const CallRequest &request)
    : m_request(request)
{
    m_memos.reserve(static_cast<qsizetype>(request.memos.size()));
    for (const MemoPtr &memo : request.memos)
        m_memos.insert(memo->step, memo.get());
}

CallAnswer Pass::run(const Body &body)
{
    try {
        // Its frame must live until the step that it stopped at has run.
        Task<Json> task = body(Context(this));
        if (!task.await_ready())
            return m_request.step.isEmpty() ? progress() : executeTarget();
        CallAnswer answer;
        answer.outcome = AnswerResult{task.await_resume().raw()};
        answer.httpStatus = statusResult;
        return answer;
    } catch (...) {
        return functionError(describe(std::current_exception()));
    }
}

const Event &Pass::event()
{
    if (!m_event) {
        const devserver::Event &event = *m_request.events.front();
        m_event = Event{
            .name = event.name, .id = event.id, .ts = event.ts, .data = Json(event.json)["data"]};
    }
    return *m_event;
}

Pass::Claim Pass::claim(const QByteArray &name)
{
    Claim claim;
    int &uses = m_uses[name];
    // `a:1` may also be a name of its own: the first free id is taken, as the SDKs do.
    do {
        claim.index = uses++;
        claim.id = hashed(name, claim.index);
    } while (m_claimed.contains(claim.id));
    m_claimed.insert(claim.id);
    claim.memo = m_memos.value(claim.id);
    return claim;
}

CallAnswer Pass::progress() const
{
    Q_ASSERT(!m_found.empty());
    const bool isAlone = m_found.size() == 1;
    if (isAlone && m_found.front()->hasWork() && !m_request.forceStepPlan)
        return execute(*m_found.front());
    std::vector<StepOp> ops;
    ops.reserve(m_found.size());
    for (const Step *step : m_found)
        ops.push_back(step->planned());
    return answerOps(std::move(ops));
}

CallAnswer Pass::executeTarget() const
{
    const auto target = std::ranges::find_if(m_found, [this](const Step *step) {
        return step->id() == m_request.step && step->hasWork();
    });
    if (target != m_found.end())
        return execute(**target);
    throw std::runtime_error("the function does not wait for the step that was to be run");
}

CallAnswer Pass::execute(const Step &step) const
{
    try {
        StepOp op = step.planned();
        op.code = OpCode::StepRun;
        op.data = valueOf(step).raw();
        return answerOps({std::move(op)});
    } catch (...) {
        return stepError(step, describe(std::current_exception(), step.frame()));
    }
}

CallAnswer Pass::stepError(const Step &step, const Thrown &thrown) const
{
    const bool isFinal = thrown.isFinal || isLastAttempt();
    StepOp op = step.planned();
    op.code = isFinal ? OpCode::StepFailed : OpCode::StepError;
    op.error = thrown.error;
    CallAnswer answer = answerOps({std::move(op)});
    answer.noRetry = isFinal;
    answer.retryAfter = thrown.retryAfter;
    return answer;
}

CallAnswer Pass::functionError(const Thrown &thrown) const
{
    CallAnswer answer;
    answer.outcome = AnswerError{.error = protocol::normaliseError(thrown.error)};
    answer.noRetry = thrown.isFinal || isLastAttempt();
    answer.httpStatus = *answer.noRetry ? statusFinalError : statusError;
    answer.retryAfter = thrown.retryAfter;
    return answer;
}

bool Pass::isLastAttempt() const
{
    return m_request.attempt + 1 >= m_request.maxAttempts;
}

} // namespace devserver::sdk

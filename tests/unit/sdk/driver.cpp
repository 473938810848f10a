// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/sdk/driver.h"

#include "devserver/model/jsonvalue.h"

#include <QStringList>

#include <algorithm>

namespace devserver::tests {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostCalls = 5000;

QByteArray textOf(const RawJson &object, QByteArrayView key)
{
    return JsonValue::of(object).find(key).value_or(JsonValue()).toUtf8();
}

QByteArray lineOf(const AnswerOps &answer)
{
    QByteArrayList words;
    for (const StepOp &op : answer.ops)
        words.append(toName(op.code) + ' ' + op.name);
    return words.join(", ");
}

} // namespace

Driver::Driver(Registration registration, Runner runner)
    : m_registration(std::move(registration))
    , m_runner(std::move(runner))
{}

Driver &Driver::run(const QByteArray &slug, const QByteArray &data, const QByteArray &event)
{
    for (const FunctionConfig &function : m_registration.functions) {
        if (function.slug == slug)
            m_retries = function.retries;
    }
    Event first;
    first.id = "evt-1";
    first.name = event;
    first.ts = fromMs(1767225600000);
    first.json = RawJson::fromTrusted("{\"name\":\"" + event + "\",\"data\":" + data
                                      + ",\"id\":\"evt-1\",\"ts\":1767225600000,\"user\":{}}");
    m_base.slug = slug;
    m_base.maxAttempts = m_retries + 1;
    m_base.events = {std::make_shared<const Event>(std::move(first))};
    m_jobs.push_back({});
    while (!m_jobs.empty() && !output && error.isEmpty() && requests.size() < mostCalls) {
        const Job job = m_jobs.front();
        m_jobs.pop_front();
        perform(job);
    }
    return *this;
}

void Driver::perform(const Job &job)
{
    if (job.isSleep) {
        save(job.step, MemoKind::Sleep, job.name, "null");
        return;
    }
    CallRequest request = m_base;
    request.step = job.step;
    request.attempt = job.attempt;
    requests.push_back(request);
    const CallAnswer answer = m_runner(request);
    answers.push_back(answer);
    if (const auto *result = std::get_if<AnswerResult>(&answer.outcome)) {
        output = result->result.bytes();
        log.append("result " + *output);
    } else if (const auto *failure = std::get_if<AnswerError>(&answer.outcome)) {
        retryOrFail(job, answer, *failure);
    } else {
        const auto &ops = std::get<AnswerOps>(answer.outcome);
        log.append(lineOf(ops));
        m_base.requestVersion = answer.requestVersion.value_or(m_base.requestVersion);
        if (ops.ops.size() > 1) {
            m_base.forceStepPlan = true;
            m_pending.clear();
            for (const StepOp &op : ops.ops)
                m_pending.push_back(op.id);
        }
        for (const StepOp &op : ops.ops)
            apply(job, answer, op);
    }
}

void Driver::apply(const Job &job, const CallAnswer &answer, const StepOp &op)
{
    switch (op.code) {
    case OpCode::StepRun:
        save(op.id, MemoKind::Data, op.name, "{\"data\":" + op.data.bytes() + '}');
        break;
    case OpCode::StepError:
        if (mayRetry(job, answer))
            m_jobs.push_back({.step = job.step, .attempt = job.attempt + 1});
        else
            save(op.id, MemoKind::Error, op.name, "{\"error\":" + op.error.bytes() + '}');
        break;
    case OpCode::StepFailed:
        save(op.id, MemoKind::Error, op.name, "{\"error\":" + op.error.bytes() + '}');
        break;
    case OpCode::StepPlanned:
        m_jobs.push_back({.step = op.id, .name = op.name});
        break;
    case OpCode::Sleep:
        m_jobs.push_back({.step = op.id, .isSleep = true, .name = op.name});
        break;
    default:
        qFatal("unexpected op %s", toName(op.code).constData());
    }
}

void Driver::save(const StepId &step, MemoKind kind, const QByteArray &name, const QByteArray &json)
{
    Memo memo{.step = step,
              .index = static_cast<int>(m_base.memos.size()),
              .kind = kind,
              .name = name,
              .json = RawJson::fromTrusted(json)};
    m_base.memos.push_back(std::make_shared<const Memo>(std::move(memo)));
    std::erase(m_pending, step);
    if (!m_pending.empty())
        return;
    m_base.forceStepPlan = false;
    m_jobs.push_back({});
}

void Driver::retryOrFail(const Job &job, const CallAnswer &answer, const AnswerError &failure)
{
    const QByteArray text = textOf(failure.error, "name") + ": " + textOf(failure.error, "message");
    log.append("error " + text);
    if (mayRetry(job, answer))
        m_jobs.push_back({.step = job.step, .attempt = job.attempt + 1});
    else
        error = text;
}

bool Driver::mayRetry(const Job &job, const CallAnswer &answer) const
{
    return !answer.noRetry.value_or(false) && job.attempt < m_retries;
}

} // namespace devserver::tests

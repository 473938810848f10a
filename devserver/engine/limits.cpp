// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The limits of a run (semantics §5.13): what is near one is told, what is over the state limit
// fails.

#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::microseconds longestCall = std::chrono::hours(2);

bool isNear(qint64 value, qint64 limit)
{
    return value >= limit / 5 * 4;
}

void warn(Turn &turn, RunState &run, const QByteArray &message)
{
    JsonWriter json;
    record(turn, run, TimelineType::Warning, {}, -1,
           json.beginObject().key("message").string(message).endObject().take());
}

/// \a what `the answer has`, \a unit `bytes`.
void warnIfNear(Turn &turn, RunState &run, const QByteArray &what, qint64 value, qint64 limit,
                const QByteArray &unit)
{
    if (isNear(value, limit))
        warn(turn, run,
             what + ' ' + QByteArray::number(value) + ' ' + unit + ", over 80 % of the limit of "
                 + QByteArray::number(limit));
}

void overflowState(Turn &turn, RunState &run, qint64 bytes)
{
    failEarly(turn, run, "InngestErrStateOverflowed"_ba,
              "The state of the function run (events and step outputs) is "
                  + QByteArray::number(bytes) + " bytes, over the limit of "
                  + QByteArray::number(turn.state.options.stateLimit) + " bytes.");
}

} // namespace

bool checkState(Turn &turn, RunState &run, qint64 addedBytes)
{
    const Options &options = turn.state.options;
    const int stepMark = options.stepLimit * 4 / 5;
    if (stepMark > 0 && static_cast<int>(run.memos.size()) == stepMark)
        warn(turn, run,
             "the run has " + QByteArray::number(stepMark) + " steps, 80 % of the limit of "
                 + QByteArray::number(options.stepLimit));
    if (isNear(run.stateBytes, options.stateLimit)
        && !isNear(run.stateBytes - addedBytes, options.stateLimit))
        warn(turn, run,
             "the state of the run is " + QByteArray::number(run.stateBytes)
                 + " bytes, over 80 % of the limit of " + QByteArray::number(options.stateLimit));
    if (run.stateBytes <= options.stateLimit)
        return true;
    overflowState(turn, run, run.stateBytes);
    return false;
}

bool checkOutput(Turn &turn, RunState &run, const RawJson &output)
{
    const qint64 bytes = run.stateBytes + output.sizeBytes();
    if (bytes <= turn.state.options.stateLimit)
        return true;
    overflowState(turn, run, bytes);
    return false;
}

void checkAnswer(Turn &turn, RunState &run, const CallAnswer &answer)
{
    if (answer.bodySize <= mostAnswerBytes) // of one over the limit the error tells
        warnIfNear(turn, run, "the answer has"_ba, answer.bodySize, mostAnswerBytes, "bytes"_ba);
    using std::chrono::minutes;
    warnIfNear(turn, run, "the call took"_ba,
               std::chrono::duration_cast<minutes>(answer.timing.total).count(),
               std::chrono::duration_cast<minutes>(longestCall).count(), "minutes"_ba);
    const auto *ops = std::get_if<AnswerOps>(&answer.outcome);
    if (ops == nullptr || ops->ops.size() > mostOpsPerAnswer)
        return;
    warnIfNear(turn, run, "the answer has"_ba, static_cast<qint64>(ops->ops.size()),
               mostOpsPerAnswer, "steps"_ba);
    for (const StepOp &op : ops->ops) {
        if (isNear(op.data.sizeBytes(), mostStepBytes))
            warnIfNear(turn, run, "the output of step \"" + op.name + "\" has", op.data.sizeBytes(),
                       mostStepBytes, "bytes"_ba);
        if (isNear(op.opts.sizeBytes(), mostStepBytes))
            warnIfNear(turn, run, "the input of step \"" + op.name + "\" has", op.opts.sizeBytes(),
                       mostStepBytes, "bytes"_ba);
    }
}

void checkSleep(Turn &turn, RunState &run, const QByteArray &name, std::chrono::milliseconds length,
                std::chrono::hours longest)
{
    if (length > longest / 5 * 4)
        warn(turn, run,
             "the sleep \"" + name + "\" lasts "
                 + QByteArray::number(std::chrono::floor<std::chrono::days>(length).count())
                 + " days, over 80 % of the limit of "
                 + QByteArray::number(std::chrono::floor<std::chrono::days>(longest).count()));
}

} // namespace devserver::engine

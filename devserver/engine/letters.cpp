// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Dead letters: an index over failed runs, written with the failure (semantics §9.4).

#include "devserver/engine/stages.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"

#include <QCryptographicHash>

#include <algorithm>
#include <ranges>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

QByteArray textOf(const JsonValue &object, QByteArrayView key)
{
    const std::optional<JsonValue> value = object.find(key);
    return value && value->isString() ? value->toUtf8() : QByteArray();
}

/// Behind the quote that closes the one at \a at; \a at itself if none does.
qsizetype endOfQuote(const QByteArray &text, qsizetype at)
{
    const qsizetype close = text[at] == '"' ? text.indexOf('"', at + 1) : -1;
    return close < 0 ? at : close + 1;
}

/// Numbers, long hex or base 32 words and what stands in quotes differ from run to run and say
/// nothing about the cause.
QByteArray masked(const QByteArray &text)
{
    QByteArray result;
    qsizetype i = 0;
    const auto isWord = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
               || c == '-' || c == '_';
    };
    while (i < text.size()) {
        qsizetype end = i;
        bool hasDigit = false;
        while (end < text.size() && isWord(text[end])) {
            hasDigit = hasDigit || (text[end] >= '0' && text[end] <= '9');
            ++end;
        }
        if (end == i) {
            const qsizetype behind = endOfQuote(text, i);
            result += behind > i ? "\"#\""_ba : text.mid(i, 1);
            i = std::max(behind, i + 1);
            continue;
        }
        result += hasDigit ? "#"_ba : text.mid(i, end - i);
        i = end;
    }
    return result;
}

/// First line of a stack that names a place; positions masked, so that edits elsewhere do not split
/// a group.
QByteArray topFrame(const QByteArray &stack)
{
    for (const QByteArray &line : stack.split('\n')) {
        const QByteArray frame = line.trimmed();
        if (frame.startsWith("at ") || frame.startsWith("File "))
            return masked(frame);
    }
    return {};
}

QByteArray messageOf(const MemoPtr &memo)
{
    const JsonValue root = JsonValue::of(memo->json);
    const std::optional<JsonValue> error = root.find("error");
    return error ? textOf(*error, "message") : QByteArray();
}

/// The step whose memoised error ended the run: the last one whose message the final error repeats,
/// else the one on top of the stack, after which no compensation can have run (semantics §9.6).
MemoPtr failingMemo(const RunState &run, const RawJson &error)
{
    const QByteArray message = textOf(JsonValue::of(error), "message");
    for (const MemoPtr &memo : std::views::reverse(run.memos)) {
        if (memo->kind != MemoKind::Error)
            continue;
        const QByteArray own = messageOf(memo);
        if (!own.isEmpty() && (message == own || message.endsWith(QByteArray(": " + own))))
            return memo;
    }
    const bool endsWithError = !run.memos.empty() && run.memos.back()->kind == MemoKind::Error;
    return endsWithError ? run.memos.back() : MemoPtr();
}

RawJson completedSteps(const RunState &run)
{
    JsonWriter json;
    json.beginArray();
    for (const MemoPtr &memo : run.memos) {
        if (memo->kind != MemoKind::Error)
            json.string(memo->name);
    }
    return RawJson::fromTrusted(json.endArray().take());
}

/// Why no further attempt was made, said of what failed rather than of the last answer: an SDK that
/// rethrows the error of a step marks it as not to be retried.
QByteArray reasonOf(const Turn &turn, const RunState &run, const MemoPtr &failing,
                    const Ending &ending)
{
    if (ending.letterReason == "limit_exceeded")
        return ending.letterReason;
    const int attempts = failing ? failing->attempts : ending.attempts;
    const bool isExhausted = attempts > turn.state.functions.at(run.run.function).config.retries;
    return isExhausted ? "attempts_exhausted"_ba : "non_retriable"_ba;
}

/// How often the failed step was tried in this cycle: its memo was written by its last attempt.
int attemptsOf(const MemoPtr &failing, const Ending &ending)
{
    return failing ? failing->attempts : ending.attempts;
}

} // namespace

QByteArray fingerprint(const RawJson &error)
{
    const JsonValue root = JsonValue::of(error);
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(textOf(root, "name"));
    hash.addData("\n"_ba);
    hash.addData(masked(textOf(root, "message")));
    hash.addData("\n"_ba);
    hash.addData(topFrame(textOf(root, "stack")));
    return hash.result().first(8).toHex();
}

void writeLetter(Turn &turn, RunState &run, const Ending &ending)
{
    const bool isEarly = ending.attempts == 0; // a limit or an opcode ended it, not a step
    const MemoPtr failing = isEarly ? MemoPtr() : failingMemo(run, ending.output);
    run.run.failedStep = failing ? failing->step : StepId();
    DeadLetter letter{.run = run.run.id,
                      .function = run.run.function,
                      .state = LetterState::Open,
                      .cycle = run.run.cycle,
                      .failedAt = turn.now,
                      .reason = reasonOf(turn, run, failing, ending),
                      .error = ending.output,
                      .fingerprint = fingerprint(ending.output),
                      .failedStep = run.run.failedStep,
                      .failedStepName = failing ? failing->name : QByteArray(),
                      .failedStepAttempts = attemptsOf(failing, ending),
                      .completedSteps = completedSteps(run),
                      .resolution = {},
                      .closedAt = {}};
    turn.changedLetters.insert_or_assign(run.run.id, std::move(letter));
}

void closeLetter(Turn &turn, RunState &run, const Ending &ending)
{
    if (!run.letter)
        return;
    DeadLetter letter = *run.letter;
    letter.state = LetterState::Resolved;
    letter.closedAt = turn.now;
    JsonWriter json;
    json.beginObject().key("how").string(ending.status == RunStatus::Cancelled ? "cancelled"
                                                                               : "retried");
    json.key("at").string(toRfc3339(turn.now));
    if (const QByteArray by = textOf(JsonValue::of(letter.resolution), "by"); !by.isEmpty())
        json.key("by").string(by);
    json.key("run_id").string(run.run.id.toText());
    letter.resolution = RawJson::fromTrusted(json.endObject().take());
    turn.changedLetters.insert_or_assign(run.run.id, std::move(letter));
}

} // namespace devserver::engine

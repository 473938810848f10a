// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/filterterms.h"

#include "devserver/store/bulkterms.h"
#include "devserver/store/errorterms.h"
#include "devserver/store/sourceterms.h"

#include <algorithm>
#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

using api::FilterTerm;
using Term = Result<SqlCondition> (*)(const FilterTerm &, TimePoint);

/// Highest attempt that was used since the last retry of the run, counted from 1; NULL before the
/// first one. The partial index has only attempts after the first.
constexpr char attemptUsed[] = R"((CASE WHEN runs.started_at IS NOT NULL
    THEN 1 + IFNULL((
        SELECT MAX(attempts.attempt)
        FROM attempts
        WHERE attempts.run_id = runs.id AND attempts.attempt > 0
            AND attempts.cycle = runs.cycle), 0)
    END))";

/// Of a failed run what it failed with, of a live one the error that is tried again (also during
/// the next attempt, where its row shows none: it would come and go), of a cancelled one the error
/// that was tried again.
const QByteArray &runError()
{
    static const QByteArray sql = QByteArray(R"((CASE
    WHEN runs.status = 400 THEN runs.output
    WHEN runs.status < 300 THEN (
        SELECT attempts.error
        FROM jobs
            JOIN attempts ON attempts.run_id = jobs.run_id AND attempts.job_id = jobs.id
        WHERE jobs.run_id = runs.id AND jobs.attempt > 0 AND attempts.outcome = 3
        ORDER BY attempts.request DESC
        LIMIT 1)
    WHEN runs.status = 500 THEN )")
                                  + errorOfCancelled + " END)";
    return sql;
}

constexpr char letterOfRun[] = "EXISTS (SELECT 1 FROM letters WHERE letters.run_id = runs.id AND ";
constexpr char runOfLetter[] = " WHERE runs.id = letters.run_id AND ";
constexpr char runOfEvent[] = "EXISTS (SELECT 1 FROM runs WHERE runs.event_id = events.id AND ";
constexpr qsizetype shortestIdPrefix = 4;

SqlCondition plain(const QByteArray &sql)
{
    return {sql, {}};
}

/// Brackets behind \a before, around what \a made is.
Result<SqlCondition> inside(const QByteArray &before, Result<SqlCondition> made)
{
    if (!made)
        return made;
    return made->within(before, ")"_ba);
}

std::optional<SqlCondition> runState(const QByteArray &word, TimePoint now)
{
    const QByteArray live = liveState(now);
    if (word == "queued")
        return plain("(runs.status = 100 AND " + live + " = 0)");
    if (word == "running")
        return plain("(runs.status < 300 AND (" + live + " = 2 OR (runs.status = 200 AND " + live
                     + " = 0)))");
    if (word == "waiting")
        return plain("(runs.status < 300 AND " + live + " = 1)");
    if (word == "paused") // nothing can be paused in this version
        return SqlCondition::never();
    if (word == "completed")
        return plain("runs.status = 300");
    if (word == "failed") // dead ones, too (ui.md 3.1)
        return plain("runs.status = 400");
    if (word == "dead")
        return plain("(runs.status = 400 AND EXISTS (SELECT 1 FROM letters WHERE letters.run_id = "
                     "runs.id AND letters.state IN (1, 2)))");
    if (word == "cancelled")
        return plain("runs.status = 500");
    if (word == "skipped")
        return plain("runs.status = 600");
    return std::nullopt;
}

std::optional<SqlCondition> isRun(const QByteArray &word, TimePoint now)
{
    if (word == "live")
        return plain("runs.status < 300");
    if (word == "ended")
        return plain("runs.status >= 300");
    if (word == "rerun")
        return plain("runs.original_run IS NOT NULL");
    if (word == "retried")
        return plain(QByteArray("(runs.cycle > 0 OR ") + attemptUsed + " > 1)");
    if (word == "faked" || word == "pinned") // does not exist in this version
        return SqlCondition::never();
    return runState(word, now);
}

std::optional<SqlCondition> hasRun(const QByteArray &word)
{
    if (word == "error")
        return plain("LENGTH(" + runError() + ") > 0");
    if (word == "letter")
        return plain(QByteArray(letterOfRun) + "1)");
    if (word == "key")
        return plain("runs.schedule_key IS NOT NULL");
    if (word == "output")
        return plain("LENGTH(runs.output) > 0");
    return std::nullopt;
}

std::optional<SqlCondition> kindOfWork(const QByteArray &word)
{
    if (word == "function")
        return plain("1");
    return word == "job" ? std::optional(SqlCondition::never()) : std::nullopt;
}

Result<SqlCondition> number(const QByteArray &expression, const FilterTerm &term)
{
    bool isNumber = false;
    const double written = term.values.front().toDouble(&isNumber);
    if (!term.number && !isNumber)
        return cannot(term, u"it takes a number"_s);
    return numberMatches(expression, term, term.number.value_or(written));
}

Result<SqlCondition> duration(const QByteArray &expression, const FilterTerm &term)
{
    if (!term.duration)
        return cannot(term, u"it takes a duration, such as 250ms or 2h"_s);
    return numberMatches(expression, term, static_cast<double>(term.duration->count()));
}

/// \a condition on `failed.error`, which is \a json: looked up once per row, however often the
/// condition names it. The LIMIT keeps SQLite from putting it back into each place.
SqlCondition onceOf(const QByteArray &json, const SqlCondition &condition)
{
    return condition.within(
        "EXISTS (SELECT 1 FROM (SELECT " + json + " AS error LIMIT 1) AS failed WHERE ", ")"_ba);
}

/// Free words stand for names, beginnings of ids and texts of errors.
Result<SqlCondition> freeWord(const QByteArray &functionColumn, const QByteArray &idColumn,
                              const QByteArray &errorJson, const FilterTerm &term)
{
    std::vector<SqlCondition> any;
    for (const QByteArray &word : term.values) {
        any.push_back(
            joined(
                {textContains("functions.slug"_ba, word), textContains("functions.name"_ba, word)},
                "OR"_ba)
                .within(functionColumn + " IN (SELECT functions.id FROM functions WHERE ", ")"_ba));
        if (word.size() >= shortestIdPrefix) {
            if (std::optional<SqlCondition> id = idBeginsWith(idColumn, word))
                any.push_back(std::move(*id));
        }
        any.push_back(
            onceOf(errorJson, joined({textContains("json_part(failed.error, 'message')", word),
                                      textContains("json_part(failed.error, 'name')", word)},
                                     "OR"_ba)));
    }
    return joined(any, "OR"_ba);
}

Result<SqlCondition> runFreeWord(const FilterTerm &term)
{
    return freeWord("runs.function_id"_ba, "runs.id"_ba, runError(), term);
}

/// A path into the payload of the first event, or into the output.
Result<SqlCondition> runPath(const FilterTerm &term)
{
    if (term.key == "output" || term.key.startsWith("output.")) {
        return inside("(runs.status IN (300, 400) AND ",
                      partMatches("runs.output"_ba, term.key.mid(7), term));
    }
    return partMatches("events.json"_ba, term.key, term);
}

bool isEventPath(const QByteArray &key)
{
    const std::array roots = {"data"_ba, "user"_ba, "meta"_ba};
    return std::ranges::any_of(roots, [&key](const QByteArray &root) {
        return key == root || key.startsWith(QByteArray(root + '.'));
    });
}

Result<SqlCondition> unknown(const FilterTerm &term, const QString &rows)
{
    return cannot(term, u"this cannot be asked of "_s + rows);
}

Result<SqlCondition> boundOfRuns(const FilterTerm &term, TimePoint now)
{
    return boundMatches("runs.queued_at"_ba, term, now);
}

const std::map<QByteArray, Term> &runTerms()
{
    static const std::map<QByteArray, Term> terms = {
        {"state"_ba,
         [](const FilterTerm &term, TimePoint now) {
             return wordMatches(term,
                                [now](const QByteArray &word) { return runState(word, now); });
         }},
        {"is"_ba,
         [](const FilterTerm &term, TimePoint now) {
             return wordMatches(term, [now](const QByteArray &word) { return isRun(word, now); });
         }},
        {"has"_ba, [](const FilterTerm &term, TimePoint) { return wordMatches(term, hasRun); }},
        {"source"_ba, [](const FilterTerm &term, TimePoint) { return runSource(term); }},
        {"kind"_ba,
         [](const FilterTerm &term, TimePoint) { return wordMatches(term, kindOfWork); }},
        {"fn"_ba, [](const FilterTerm &term,
                     TimePoint) { return functionMatches("runs.function_id"_ba, term); }},
        {"app"_ba,
         [](const FilterTerm &term, TimePoint) { return appMatches("runs.function_id"_ba, term); }},
        {"event"_ba,
         [](const FilterTerm &term, TimePoint) { return textMatches("events.name"_ba, term); }},
        {"event-id"_ba,
         [](const FilterTerm &term, TimePoint) { return idMatches("runs.event_id"_ba, term); }},
        {"error"_ba,
         [](const FilterTerm &term, TimePoint) { return errorMatches(runError(), term); }},
        {"sig"_ba,
         [](const FilterTerm &term, TimePoint) {
             return inside(letterOfRun, textMatches("letters.fingerprint"_ba, term));
         }},
        {"id"_ba, [](const FilterTerm &term, TimePoint) { return idMatches("runs.id"_ba, term); }},
        {"key"_ba, [](const FilterTerm &term,
                      TimePoint) { return textMatches("runs.schedule_key"_ba, term); }},
        {"attempts"_ba,
         [](const FilterTerm &term, TimePoint) { return number(attemptUsed, term); }},
        {"dur"_ba,
         [](const FilterTerm &term, TimePoint now) {
             return duration("IFNULL(runs.ended_at, "_ba + QByteArray::number(toMs(now))
                                 + ") - runs.started_at",
                             term);
         }},
        {"waited"_ba,
         [](const FilterTerm &term, TimePoint now) {
             return duration("IFNULL(runs.started_at, IFNULL(runs.ended_at, "_ba
                                 + QByteArray::number(toMs(now)) + ")) - runs.queued_at",
                             term);
         }},
        {"queued"_ba, [](const FilterTerm &term,
                         TimePoint now) { return timeMatches("runs.queued_at"_ba, term, now); }},
        {"started"_ba, [](const FilterTerm &term,
                          TimePoint now) { return timeMatches("runs.started_at"_ba, term, now); }},
        {"ended"_ba, [](const FilterTerm &term,
                        TimePoint now) { return timeMatches("runs.ended_at"_ba, term, now); }},
        {"since"_ba, boundOfRuns},
        {"until"_ba, boundOfRuns},
    };
    return terms;
}

std::optional<SqlCondition> isEvent(const QByteArray &word)
{
    if (word == "internal")
        return plain("CAST(events.name AS TEXT) LIKE 'inngest/%'");
    if (word == "invoke")
        return plain("LENGTH(events.target) > 0");
    return std::nullopt;
}

std::optional<SqlCondition> hasEvent(const QByteArray &word)
{
    const QByteArray started = R"((EXISTS (SELECT 1 FROM runs WHERE runs.event_id = events.id)
    OR EXISTS (SELECT 1 FROM run_events WHERE run_events.event_id = events.id)))"_ba;
    if (word == "runs")
        return plain(started);
    if (word == "none")
        return plain("NOT " + started);
    if (word == "key")
        return plain("events.has_own_id = 1");
    if (word == "refusals")
        return plain("EXISTS (SELECT 1 FROM deliveries WHERE deliveries.event_id = events.id)");
    return std::nullopt;
}

Result<SqlCondition> eventFreeWord(const FilterTerm &term)
{
    std::vector<SqlCondition> any;
    for (const QByteArray &word : term.values) {
        any.push_back(textContains("events.name"_ba, word));
        any.push_back(textContains("events.own_id"_ba, word));
        if (word.size() >= shortestIdPrefix) {
            if (std::optional<SqlCondition> id = idBeginsWith("events.id"_ba, word))
                any.push_back(std::move(*id));
        }
    }
    return joined(any, "OR"_ba);
}

Result<SqlCondition> eventId(const FilterTerm &term)
{
    Result<SqlCondition> internal = idMatches("events.id"_ba, term);
    Result<SqlCondition> own = textMatches("events.own_id"_ba, term);
    if (!internal || !own)
        return internal ? own : internal;
    return joined({*internal, *own}, term.op == api::FilterOp::NotEqual ? "AND"_ba : "OR"_ba);
}

std::optional<SqlCondition> letterState(const QByteArray &word)
{
    if (word == "open")
        return plain("letters.state = 1");
    if (word == "retrying")
        return plain("letters.state = 2");
    if (word == "resolved")
        return plain("letters.state = 3");
    if (word == "discarded")
        return plain("letters.state = 4");
    if (word == "dead")
        return plain("letters.state IN (1, 2)");
    return std::nullopt;
}

std::optional<SqlCondition> isLetter(const QByteArray &word)
{
    if (word == "retried")
        return plain("letters.cycle > 0");
    if (word == "gone") { // its function is not registered any more
        return plain("letters.function_id NOT IN (SELECT functions.id FROM functions WHERE "
                     "functions.is_archived = 0)");
    }
    return letterState(word);
}

/// Why it is not tried any more (semantics 9.4); the words are those of the window.
std::optional<SqlCondition> letterReason(const QByteArray &word)
{
    static const std::map<QByteArray, QByteArray> reasons = {
        {"used-up"_ba, "attempts_exhausted"_ba},
        {"no-retry"_ba, "non_retriable"_ba},
        {"limit"_ba, "limit_exceeded"_ba}};
    const auto found = reasons.find(word);
    return found == reasons.end()
               ? std::nullopt
               : std::optional(SqlCondition{"letters.reason = ?"_ba, {found->second}});
}

} // namespace

Result<SqlCondition> functionMatches(const QByteArray &column, const FilterTerm &term)
{
    // By slug, by name, and by the slug without its app, which is what people wrote.
    std::vector<SqlCondition> parts;
    for (const char *name :
         {"functions.slug", "functions.name",
          "SUBSTR(CAST(functions.slug AS TEXT), LENGTH(CAST(apps.name AS TEXT)) + 2)"}) {
        Result<SqlCondition> part = textMatches(name, term);
        if (!part)
            return part;
        parts.push_back(std::move(*part));
    }
    const bool isNot = term.op == api::FilterOp::NotEqual;
    return joined(parts, isNot ? "AND"_ba : "OR"_ba)
        .within(column
                    + " IN (SELECT functions.id FROM functions LEFT JOIN apps ON apps.id = "
                      "functions.app_id WHERE ",
                ")"_ba);
}

Result<SqlCondition> appMatches(const QByteArray &column, const FilterTerm &term)
{
    return inside(column
                      + " IN (SELECT functions.id FROM functions JOIN apps ON apps.id = "
                        "functions.app_id WHERE ",
                  textMatches("apps.name"_ba, term));
}

Result<SqlCondition> errorMatches(const QByteArray &json, const FilterTerm &term)
{
    const Result<SqlCondition> name = textMatches("json_part(failed.error, 'name')", term);
    const Result<SqlCondition> text = textMatches("json_part(failed.error, 'message')", term);
    if (!name || !text)
        return name ? text : name;
    if (term.op == api::FilterOp::NotEqual)
        return onceOf(json, joined({*name, *text}, "AND"_ba));
    std::vector<SqlCondition> any = {*name, *text};
    // `error:timeout` finds it anywhere in the message; with a star it is a pattern of the whole.
    if (term.op == api::FilterOp::Equal) {
        for (const QByteArray &value : term.values) {
            if (!value.contains('*'))
                any.push_back(textContains("json_part(failed.error, 'message')", value));
        }
    }
    return onceOf(json, joined(any, "OR"_ba));
}

Result<SqlCondition> runTerm(const FilterTerm &term, TimePoint now)
{
    if (term.key.isEmpty())
        return runFreeWord(term);
    const auto found = runTerms().find(term.key);
    if (found != runTerms().end())
        return found->second(term, now);
    if (isBulkKey(term.key))
        return bulkMatches("runs.id"_ba, term);
    if (isEventPath(term.key) || term.key == "output" || term.key.startsWith("output."))
        return runPath(term);
    return unknown(term, u"runs"_s);
}

QByteArray joinOfRuns(const SqlCondition &condition)
{
    return condition.sql.contains("events.") ? " CROSS JOIN events ON events.id = runs.event_id"_ba
                                             : QByteArray();
}

Result<SqlCondition> eventTerm(const FilterTerm &term, TimePoint now)
{
    const QByteArray &key = term.key;
    if (key.isEmpty())
        return eventFreeWord(term);
    if (key == "event")
        return textMatches("events.name"_ba, term);
    if (key == "id")
        return eventId(term);
    if (key == "key")
        return inside("(events.has_own_id = 1 AND ", textMatches("events.own_id"_ba, term));
    if (key == "since" || key == "until")
        return boundMatches("events.received_at"_ba, term, now);
    if (key == "queued")
        return timeMatches("events.received_at"_ba, term, now);
    if (key == "is")
        return wordMatches(term, isEvent);
    if (key == "source")
        return eventSource(term);
    if (key == "has")
        return wordMatches(term, hasEvent);
    if (isEventPath(key))
        return partMatches("events.json"_ba, key, term);
    if (key == "state" || key == "fn" || key == "app" || key == "error" || key == "sig")
        return inside(runOfEvent, runTerm(term, now));
    return unknown(term, u"events"_s);
}

Result<SqlCondition> letterTerm(const FilterTerm &term, TimePoint now)
{
    const QByteArray &key = term.key;
    if (key.isEmpty())
        return freeWord("letters.function_id"_ba, "letters.run_id"_ba, "letters.error"_ba, term);
    if (key == "state")
        return wordMatches(term, letterState);
    if (key == "is")
        return wordMatches(term, isLetter);
    if (key == "reason")
        return wordMatches(term, letterReason);
    if (key == "fn")
        return functionMatches("letters.function_id"_ba, term);
    if (key == "app")
        return appMatches("letters.function_id"_ba, term);
    if (key == "error")
        return errorMatches("letters.error"_ba, term);
    if (key == "sig")
        return textMatches("letters.fingerprint"_ba, term);
    if (key == "id")
        return idMatches("letters.run_id"_ba, term);
    if (key == "attempts")
        return number("letters.failed_step_attempts"_ba, term);
    if (key == "since" || key == "until")
        return boundMatches("letters.failed_at"_ba, term, now);
    if (key == "ended")
        return timeMatches("letters.failed_at"_ba, term, now);
    if (isBulkKey(key))
        return bulkMatches("letters.run_id"_ba, term);
    Result<SqlCondition> ofRun = runTerm(term, now);
    if (!ofRun && !runTerms().contains(key))
        return unknown(term, u"dead letters"_s);
    if (!ofRun)
        return ofRun;
    return ofRun->within("EXISTS (SELECT 1 FROM runs"_ba + joinOfRuns(*ofRun) + runOfLetter,
                         ")"_ba);
}

} // namespace devserver::store

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/letterfilter.h"

#include "ui/core/filtermatch.h"
#include "ui/core/filtertext.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::LetterState;
using devserver::TimePoint;
using devserver::api::Filter;
using devserver::api::FilterOp;
using devserver::api::FilterTerm;
using devserver::api::LetterSummary;

namespace {

constexpr qsizetype shortestIdPrefix = 4; // as in the store

Fit isWord(const LetterSummary &letter, const QByteArray &word)
{
    if (word == "open")
        return fits::of(letter.state == LetterState::Open);
    if (word == "retrying")
        return fits::of(letter.state == LetterState::Retrying);
    if (word == "resolved")
        return fits::of(letter.state == LetterState::Resolved);
    if (word == "discarded")
        return fits::of(letter.state == LetterState::Discarded);
    if (word == "dead") {
        return fits::of(letter.state == LetterState::Open || letter.state == LetterState::Retrying);
    }
    return word == "retried" ? fits::of(letter.cycle > 0) : Fit::Unknown;
}

Fit reasonWord(const LetterSummary &letter, const QByteArray &word)
{
    return fits::of(word == letterReasonKey(letter.reason));
}

template<typename Meaning>
Fit wordsFit(const LetterSummary &letter, const FilterTerm &term, const Meaning &meaning)
{
    Fit any = Fit::No;
    for (const QByteArray &value : term.values) {
        const Fit fit = meaning(letter, value);
        if (fit == Fit::Yes) {
            any = fit;
            break;
        }
        if (fit == Fit::Unknown)
            any = fit;
    }
    return term.op == FilterOp::NotEqual ? fits::negated(any) : any;
}

/// `a` or `b` fits; for `!=` both have to.
Fit either(const FilterTerm &term, Fit a, Fit b)
{
    if (term.op == FilterOp::NotEqual)
        return fits::of(a == Fit::Yes && b == Fit::Yes);
    return fits::of(a == Fit::Yes || b == Fit::Yes);
}

Fit functionFits(const LetterSummary &letter, const FilterTerm &term)
{
    const QByteArray prefix = letter.appName + '-';
    const QByteArray bare =
        letter.slug.startsWith(prefix) ? letter.slug.mid(prefix.size()) : letter.slug;
    return either(term, fits::text(term, letter.functionName),
                  either(term, fits::text(term, letter.slug), fits::text(term, bare)));
}

Fit errorFits(const LetterSummary &letter, const FilterTerm &term)
{
    const Fit both =
        either(term, fits::text(term, letter.errorName), fits::text(term, letter.errorMessage));
    if (both == Fit::Yes || term.op != FilterOp::Equal)
        return both;
    return fits::of(
        std::any_of(term.values.begin(), term.values.end(), [&](const QByteArray &value) {
            return !value.contains('*') && fits::contains(letter.errorMessage, value);
        }));
}

Fit freeWordFits(const LetterSummary &letter, const FilterTerm &term)
{
    const QByteArray id = letter.run.toText();
    return fits::of(
        std::any_of(term.values.begin(), term.values.end(), [&](const QByteArray &word) {
            return fits::contains(letter.slug, word) || fits::contains(letter.functionName, word)
                   || fits::contains(letter.errorName, word)
                   || fits::contains(letter.errorMessage, word)
                   || (word.size() >= shortestIdPrefix && id.startsWith(word.toUpper()));
        }));
}

Fit termFits(const LetterSummary &letter, const FilterTerm &term, TimePoint now)
{
    const QByteArray &key = term.key;
    if (key.isEmpty())
        return freeWordFits(letter, term);
    if (key == "state" || key == "is")
        return wordsFit(letter, term, isWord);
    if (key == "reason")
        return wordsFit(letter, term, reasonWord);
    if (key == "fn")
        return functionFits(letter, term);
    if (key == "app")
        return fits::text(term, letter.appName);
    if (key == "error")
        return errorFits(letter, term);
    if (key == "sig")
        return fits::text(term, letter.fingerprint);
    if (key == "id")
        return fits::idBegin(term, letter.run.toText());
    if (key == "attempts")
        return fits::number(term, letter.failedStepAttempts, term.number.value_or(0));
    if (key == "since" || key == "until" || key == "ended")
        return fits::time(term, letter.failedAt, now);
    return Fit::Unknown;
}

} // namespace

bool namesLetterStates(const Filter &filter)
{
    if (filter.kind == Filter::Kind::Term) {
        return filter.term.key == "state"
               || (filter.term.key == "is" && filter.term.values != QByteArrayList{"retried"_ba});
    }
    return std::any_of(filter.parts.begin(), filter.parts.end(), namesLetterStates);
}

QByteArray letterReasonKey(const QByteArray &reason)
{
    if (reason == "attempts_exhausted")
        return "used-up"_ba;
    if (reason == "non_retriable")
        return "no-retry"_ba;
    return reason == "limit_exceeded" ? "limit"_ba : QByteArray();
}

Fit letterFits(const Filter &filter, const LetterSummary &letter, TimePoint now)
{
    return fits::tree(filter, [&](const FilterTerm &term) { return termFits(letter, term, now); });
}

Filter letterStates(const Filter &filter, bool discarded)
{
    if (namesLetterStates(filter))
        return filter;
    Filter states;
    states.kind = Filter::Kind::Term;
    states.term.key = "state"_ba;
    states.term.values = {"open"_ba};
    if (discarded)
        states.term.values.append("discarded"_ba);
    return filterAnd(filter, states);
}

} // namespace console

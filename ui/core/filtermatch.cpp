// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/filtermatch.h"

#include "ui/core/filtervocabulary.h"
#include "ui/core/runwords.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;
using devserver::api::Filter;
using devserver::api::FilterOp;
using devserver::api::FilterTerm;
using devserver::api::RunSummary;
using std::chrono::milliseconds;

namespace {

constexpr qsizetype shortestIdPrefix = 4; // as in the store

QRegularExpression compiled(const FilterOp op, const QByteArray &value)
{
    const QString text = QString::fromUtf8(value);
    const QString pattern = op == FilterOp::Matches
                                ? text
                                : QRegularExpression::anchoredPattern(
                                    QRegularExpression::escape(text).replace(u"\\*"_s, u".*"_s));
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption
                                           | QRegularExpression::DotMatchesEverythingOption);
}

bool equals(const QByteArray &text, const QByteArray &value)
{
    if (!value.contains('*'))
        return QString::fromUtf8(text).compare(QString::fromUtf8(value), Qt::CaseInsensitive) == 0;
    return compiled(FilterOp::Equal, value).match(QString::fromUtf8(text)).hasMatch();
}

/// `word:a,b` and `word!=a,b`.
template<typename Meaning>
Fit words(const FilterTerm &term, const Meaning &meaning)
{
    Fit any = Fit::No;
    for (const QByteArray &value : term.values) {
        const Fit fit = meaning(value);
        if (fit == Fit::Yes) {
            any = Fit::Yes;
            break;
        }
        if (fit == Fit::Unknown)
            any = Fit::Unknown;
    }
    return term.op == FilterOp::NotEqual ? fits::negated(any) : any;
}

Fit stateFits(const RunSummary &run, const QByteArray &word)
{
    const DisplayState state = displayState(run);
    // `failed` finds dead ones, too (ui.md §3.1).
    return fits::of(word == stateKey(state) || (word == "failed" && state == DisplayState::Dead));
}

Fit isFits(const RunSummary &run, const QByteArray &word)
{
    const bool ended = hasEnded(displayState(run));
    if (word == "live")
        return fits::of(!ended);
    if (word == "ended")
        return fits::of(ended);
    if (word == "rerun")
        return fits::of(!run.originalRun.isNull());
    if (word == "retried")
        return fits::of(run.cycle > 0 || run.attempt > 1);
    return stateFits(run, word);
}

Fit hasFits(const RunSummary &run, const QByteArray &word)
{
    if (word == "error")
        return fits::of(!run.errorName.isEmpty() || !run.errorMessage.isEmpty());
    if (word == "letter")
        return fits::of(run.letter.has_value());
    if (word == "key")
        return fits::of(!run.key.isEmpty());
    return Fit::Unknown; // the output
}

Fit sourceFits(const RunSummary &run, const QByteArray &word)
{
    if (word == "rerun")
        return fits::of(!run.originalRun.isNull());
    if (word == "invoke")
        return fits::of(run.trigger == "inngest/function.invoked");
    if (word == "failure")
        return fits::of(run.trigger == "inngest/function.failed");
    if (word == "event")
        return fits::of(run.originalRun.isNull() && !run.trigger.startsWith("inngest/"));
    return Fit::Unknown;
}

Fit either(const FilterTerm &term, Fit a, Fit b)
{
    const bool both = term.op == FilterOp::NotEqual;
    if (both)
        return fits::of(a == Fit::Yes && b == Fit::Yes);
    return fits::of(a == Fit::Yes || b == Fit::Yes);
}

Fit functionFits(const RunSummary &run, const FilterTerm &term)
{
    const QByteArray prefix = run.appName + '-';
    const QByteArray bare = run.slug.startsWith(prefix) ? run.slug.mid(prefix.size()) : run.slug;
    return either(term, fits::text(term, run.functionName),
                  either(term, fits::text(term, run.slug), fits::text(term, bare)));
}

Fit errorFits(const RunSummary &run, const FilterTerm &term)
{
    if (run.errorName.isEmpty() && run.errorMessage.isEmpty())
        return fits::of(term.op == FilterOp::NotEqual);
    const Fit both =
        either(term, fits::text(term, run.errorName), fits::text(term, run.errorMessage));
    if (both == Fit::Yes || term.op != FilterOp::Equal)
        return both;
    return fits::of(
        std::any_of(term.values.begin(), term.values.end(), [&run](const QByteArray &value) {
            return !value.contains('*') && fits::contains(run.errorMessage, value);
        }));
}

/// That of the letter, which a run keeps that was retried; only a failed one tells what it is.
Fit signatureFits(const RunSummary &run, const FilterTerm &term)
{
    if (!run.letter)
        return Fit::No;
    return run.fingerprint.isEmpty() ? Fit::Unknown : fits::text(term, run.fingerprint);
}

Fit freeWordFits(const RunSummary &run, const FilterTerm &term)
{
    const QByteArray id = run.id.toText();
    return fits::of(
        std::any_of(term.values.begin(), term.values.end(), [&](const QByteArray &word) {
            return fits::contains(run.slug, word) || fits::contains(run.functionName, word)
                   || fits::contains(run.errorName, word) || fits::contains(run.errorMessage, word)
                   || (word.size() >= shortestIdPrefix && id.startsWith(word.toUpper()));
        }));
}

Fit durationFits(const FilterTerm &term, std::optional<milliseconds> value)
{
    if (!value || !term.duration)
        return Fit::No;
    return fits::number(term, static_cast<double>(value->count()),
                        static_cast<double>(term.duration->count()));
}

Fit optionalTimeFits(const FilterTerm &term, const std::optional<TimePoint> &time, TimePoint now)
{
    return time ? fits::time(term, *time, now) : Fit::No;
}

Fit wordTermFits(const RunSummary &run, const FilterTerm &term)
{
    const QByteArray &key = term.key;
    return words(term, [&](const QByteArray &word) {
        if (key == "state")
            return stateFits(run, word);
        if (key == "is")
            return isFits(run, word);
        if (key == "has")
            return hasFits(run, word);
        return fits::of(word == "function"); // its kind
    });
}

Fit timeTermFits(const RunSummary &run, const FilterTerm &term, TimePoint now)
{
    const QByteArray &key = term.key;
    if (key == "dur") {
        return durationFits(term, run.startedAt ? std::optional<milliseconds>(
                                      run.endedAt.value_or(now) - *run.startedAt)
                                                : std::nullopt);
    }
    if (key == "waited") {
        return durationFits(term, run.startedAt.value_or(run.endedAt.value_or(now)) - run.queuedAt);
    }
    if (key == "started")
        return optionalTimeFits(term, run.startedAt, now);
    if (key == "ended")
        return optionalTimeFits(term, run.endedAt, now);
    return fits::time(term, run.queuedAt, now); // queued, since, until
}

Fit termFits(const RunSummary &run, const FilterTerm &term, TimePoint now)
{
    const QByteArray &key = term.key;
    if (key.isEmpty())
        return freeWordFits(run, term);
    const FilterKey *known = filterKey(FilterSubject::Runs, key);
    if (known == nullptr || key.startsWith("bulk")) // only the store knows
        return Fit::Unknown;
    if (key == "sig")
        return signatureFits(run, term);
    if (key == "source") {
        return fits::source(term, run.source,
                            [&run](const QByteArray &word) { return sourceFits(run, word); });
    }
    if (known->takes == FilterKey::Takes::Words)
        return wordTermFits(run, term);
    if (key == "fn")
        return functionFits(run, term);
    if (key == "app")
        return fits::text(term, run.appName);
    if (key == "event")
        return fits::text(term, run.trigger);
    if (key == "event-id")
        return fits::idBegin(term, run.event.toText());
    if (key == "error")
        return errorFits(run, term);
    if (key == "id")
        return fits::idBegin(term, run.id.toText());
    if (key == "key")
        return fits::text(term, run.key);
    if (key == "attempts")
        return run.attempt > 0 ? fits::number(term, run.attempt, term.number.value_or(0)) : Fit::No;
    return timeTermFits(run, term, now);
}

} // namespace

namespace fits {

Fit of(bool fits)
{
    return fits ? Fit::Yes : Fit::No;
}

Fit negated(Fit fit)
{
    if (fit == Fit::Unknown)
        return fit;
    return of(fit == Fit::No);
}

bool contains(const QByteArray &text, const QByteArray &word)
{
    if (word.contains('*'))
        return equals(text, '*' + word + '*');
    return QString::fromUtf8(text).contains(QString::fromUtf8(word), Qt::CaseInsensitive);
}

Fit text(const FilterTerm &term, const QByteArray &text)
{
    const auto any = [&](const auto &passes) {
        return std::any_of(term.values.begin(), term.values.end(), passes);
    };
    if (term.op == FilterOp::Matches) {
        return of(any([&text](const QByteArray &value) {
            return compiled(FilterOp::Matches, value).match(QString::fromUtf8(text)).hasMatch();
        }));
    }
    const bool isEqual = any([&text](const QByteArray &value) { return equals(text, value); });
    return of(term.op == FilterOp::NotEqual ? !isEqual : isEqual);
}

Fit number(const FilterTerm &term, double value, double wanted)
{
    switch (term.op) {
    case FilterOp::Equal:
    case FilterOp::Matches:
        return of(std::abs(value - wanted) < 1e-9);
    case FilterOp::NotEqual:
        return of(std::abs(value - wanted) >= 1e-9);
    case FilterOp::Greater:
        return of(value > wanted);
    case FilterOp::GreaterEqual:
        return of(value >= wanted);
    case FilterOp::Less:
        return of(value < wanted);
    case FilterOp::LessEqual:
        return of(value <= wanted);
    }
    Q_UNREACHABLE();
}

Fit time(const FilterTerm &term, TimePoint time, TimePoint now)
{
    const bool isSince = term.key == "since";
    if (isSince || term.key == "until") {
        const TimePoint bound = term.time ? *term.time : now - term.duration.value_or(0ms);
        return of(isSince ? time >= bound : time < bound);
    }
    if (!term.time) {
        return number(term, static_cast<double>((now - time).count()),
                      static_cast<double>(term.duration.value_or(0ms).count()));
    }
    const qint64 from = devserver::toMs(*term.time);
    const qint64 at = devserver::toMs(time);
    if (term.op == FilterOp::Equal || term.op == FilterOp::NotEqual) {
        const bool isDay = QDateTime::fromMSecsSinceEpoch(from).time() == QTime(0, 0);
        const qint64 to = from + (isDay ? milliseconds(24h) : milliseconds(1min)).count();
        return of((at >= from && at < to) == (term.op == FilterOp::Equal));
    }
    return number(term, static_cast<double>(at), static_cast<double>(from));
}

Fit idBegin(const FilterTerm &term, const QByteArray &id)
{
    const bool begins =
        std::any_of(term.values.begin(), term.values.end(), [&id](QByteArray value) {
            while (value.endsWith('*'))
                value.chop(1);
            return !value.isEmpty() && id.startsWith(value.toUpper());
        });
    return of(begins == (term.op == FilterOp::Equal));
}

} // namespace fits

Fit filterFits(const Filter &filter, const RunSummary &run, TimePoint now)
{
    return fits::tree(filter, [&](const FilterTerm &term) { return termFits(run, term, now); });
}

} // namespace console

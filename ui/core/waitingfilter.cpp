// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/waitingfilter.h"

#include "ui/core/filtermatch.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::TimePoint;
using devserver::api::Filter;
using devserver::api::FilterOp;
using devserver::api::FilterTerm;

namespace {

constexpr qsizetype shortestIdPrefix = 4; // as in the other lists

/// One of several texts; `!=` means none of them.
Fit anyText(const FilterTerm &term, std::initializer_list<QByteArray> texts)
{
    const bool isNot = term.op == FilterOp::NotEqual;
    const auto passes = [&term](const QByteArray &text) {
        return fits::text(term, text) == Fit::Yes;
    };
    return fits::of(isNot ? std::all_of(texts.begin(), texts.end(), passes)
                          : std::any_of(texts.begin(), texts.end(), passes));
}

Fit wordFits(const FilterTerm &term, const WaitingRow &row)
{
    const bool isOne = term.values.contains(waitingKindKey(row.kind));
    return fits::of(isOne == (term.op != FilterOp::NotEqual));
}

Fit functionFits(const FilterTerm &term, const WaitingRow &row)
{
    const QByteArray prefix = row.app.toUtf8() + '-';
    const QByteArray bare = row.slug.startsWith(prefix) ? row.slug.mid(prefix.size()) : row.slug;
    return anyText(term, {row.function.toUtf8(), row.slug, bare});
}

Fit errorFits(const FilterTerm &term, const WaitingRow &row)
{
    const Fit fit = anyText(term, {row.error.toUtf8(), row.errorMessage.toUtf8()});
    if (fit == Fit::Yes || term.op != FilterOp::Equal)
        return fit;
    // As in the other lists: a part of the message is enough.
    return fits::of(
        std::any_of(term.values.begin(), term.values.end(), [&row](const QByteArray &value) {
            return !value.contains('*') && fits::contains(row.errorMessage.toUtf8(), value);
        }));
}

Fit freeWordFits(const FilterTerm &term, const WaitingRow &row)
{
    const QByteArray id = row.run.toText();
    return fits::of(
        std::any_of(term.values.begin(), term.values.end(), [&](const QByteArray &word) {
            const auto has = [&word](const QString &text) {
                return fits::contains(text.toUtf8(), word);
            };
            return has(row.function) || has(QString::fromUtf8(row.slug)) || has(row.app)
                   || has(row.step) || has(row.error) || has(row.errorMessage)
                   || (word.size() >= shortestIdPrefix && id.startsWith(word.toUpper()));
        }));
}

Fit dueFits(const FilterTerm &term, const WaitingRow &row, TimePoint now)
{
    if (!row.due)
        return fits::of(term.op == FilterOp::NotEqual);
    if (term.time)
        return fits::time(term, *row.due, now);
    const std::chrono::milliseconds left = *row.due - now;
    return fits::number(term, static_cast<double>(left.count()),
                        static_cast<double>(term.duration.value_or(left).count()));
}

Fit termFits(const FilterTerm &term, const WaitingRow &row, TimePoint now)
{
    const QByteArray &key = term.key;
    if (key.isEmpty())
        return freeWordFits(term, row);
    if (key == "is")
        return wordFits(term, row);
    if (key == "fn")
        return functionFits(term, row);
    if (key == "app")
        return fits::text(term, row.app.toUtf8());
    if (key == "step")
        return fits::text(term, row.step.toUtf8());
    if (key == "event")
        return fits::text(term, row.event);
    if (key == "error")
        return errorFits(term, row);
    if (key == "id")
        return fits::idBegin(term, row.run.toText());
    if (key == "key")
        return fits::text(term, row.idempotencyKey);
    if (key == "attempts")
        return fits::number(term, row.attempt - 1, term.number.value_or(0));
    if (key == "due")
        return dueFits(term, row, now);
    return key == "queued" ? fits::time(term, row.queuedAt, now) : Fit::No;
}

} // namespace

bool waitingFits(const Filter &filter, const WaitingRow &row, TimePoint now)
{
    return fits::tree(filter, [&](const FilterTerm &term) { return termFits(term, row, now); })
           == Fit::Yes;
}

} // namespace console

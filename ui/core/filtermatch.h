// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/pagedrows.h"

#include <QByteArray>

/// Whether a changed row belongs to what is shown, so that live changes need no query. Says the
/// same as the store, or Unknown: what needs data that a row does not have (ui.md §4.4).
namespace console {

[[nodiscard]] Fit filterFits(const devserver::api::Filter &filter,
                             const devserver::api::RunSummary &run, devserver::TimePoint now);

/// The parts that fit other rows as well, for `filtermatch` of events and letters.
namespace fits {

[[nodiscard]] Fit text(const devserver::api::FilterTerm &term, const QByteArray &text);
[[nodiscard]] Fit number(const devserver::api::FilterTerm &term, double value, double wanted);
/// `queued>12:03`, `since:2h`, `ended<today`.
[[nodiscard]] Fit time(const devserver::api::FilterTerm &term, devserver::TimePoint time,
                       devserver::TimePoint now);
[[nodiscard]] Fit idBegin(const devserver::api::FilterTerm &term, const QByteArray &id);
[[nodiscard]] bool contains(const QByteArray &text, const QByteArray &word);
[[nodiscard]] Fit of(bool fits);
[[nodiscard]] Fit negated(Fit fit);

/// `source:`, as the store says it: a word that \a meaning knows (others are Unknown to it), or who
/// sent the event: `app shop` is found by `app` and by `shop`.
template<typename Meaning>
[[nodiscard]] Fit source(const devserver::api::FilterTerm &term, const QByteArray &sender,
                         const Meaning &meaning)
{
    using devserver::api::FilterOp;
    if (term.op != FilterOp::Equal && term.op != FilterOp::NotEqual)
        return text(term, sender);
    Fit any = Fit::No;
    for (const QByteArray &value : term.values) {
        Fit fit = meaning(value.toLower());
        if (fit == Fit::Unknown)
            fit = text({.key = term.key, .values = {value, value + " *", "* " + value}}, sender);
        if (fit == Fit::Yes)
            any = Fit::Yes;
    }
    return term.op == FilterOp::NotEqual ? negated(any) : any;
}

/// Puts terms together; \a one says it for a term.
template<typename Term>
[[nodiscard]] Fit tree(const devserver::api::Filter &filter, const Term &one)
{
    using Kind = devserver::api::Filter::Kind;
    switch (filter.kind) {
    case Kind::All:
        return Fit::Yes;
    case Kind::Term:
        return one(filter.term);
    case Kind::Not:
        return negated(tree(filter.parts.front(), one));
    case Kind::And:
    case Kind::Or:
        break;
    }
    const Fit decisive = filter.kind == Kind::And ? Fit::No : Fit::Yes;
    Fit all = negated(decisive);
    for (const devserver::api::Filter &part : filter.parts) {
        const Fit fit = tree(part, one);
        if (fit == decisive)
            return decisive;
        if (fit == Fit::Unknown)
            all = Fit::Unknown;
    }
    return all;
}

} // namespace fits

} // namespace console

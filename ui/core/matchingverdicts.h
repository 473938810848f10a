// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "ui/core/expressionvalues.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"

#include <QByteArrayList>
#include <QString>
#include <QStringList>

#include <vector>

/// Why an event did or did not start each function: the Matching tab (ui.md §9).
namespace console {

struct MatchingVerdict {
    QByteArray slug;
    QByteArray functionName;
    QString verdict;     ///< translated: `started`
    QString why;         ///< translated; of a started one: its state
    QString target;      ///< what `why` begins with: the run, to which it leads; or nothing
    QString code;        ///< what `why` begins with: the expression, also with the values put in
    QString error;       ///< translated: how evaluating the code failed; `why` ends with it
    TextRange falsePart; ///< of the code: the comparison because of which it is false, or nothing
    QString icon;        ///< name in the icon set
    Token token = Token::Text;
    devserver::RunId run; ///< started, or the one that holds the key; else null
    QString stateIcon;
    Token stateToken = Token::Text;
};

/// A function that listens to other events.
struct OtherListener {
    QByteArray slug;
    QByteArray functionName;
    QString triggers; ///< in words: `order/created, order/paid`

    bool operator==(const OtherListener &) const = default;
};

struct Matching {
    std::vector<MatchingVerdict> verdicts; ///< started ones first
    std::vector<OtherListener> others;
    QString nothing;        ///< `No function listens to …`; empty if one does
    QByteArrayList nearest; ///< names that were probably meant

    /// `2 of 3 functions started`; or `nothing`.
    [[nodiscard]] QString summary() const;
};

/// How times are said.
struct MatchingTimes {
    devserver::TimePoint now;
    TimeStyle style = TimeStyle::Relative;
};

/// \a functions as registered now, without archived ones.
[[nodiscard]] Matching matchingOf(const devserver::api::EventRecord &record,
                                  const std::vector<devserver::Function> &functions,
                                  const MatchingTimes &times);
/// Why an event of that name did not start a function; \a functions as registered now.
[[nodiscard]] MatchingVerdict refusalOf(const devserver::Delivery &delivery,
                                        const QByteArray &eventName,
                                        const std::vector<devserver::Function> &functions);
/// What can be said of a name alone, before something was sent.
[[nodiscard]] QString whoListens(const QByteArray &name,
                                 const std::vector<devserver::Function> &functions);

/// Names of those that listen, by what is known of their filters before the event is there.
struct Starters {
    QStringList certain;     ///< without a filter
    QStringList filtered;    ///< the engine will see
    QStringList unsupported; ///< the engine cannot evaluate their filters: none starts
};

[[nodiscard]] Starters startersOf(const QByteArray &name,
                                  const std::vector<devserver::Function> &functions);
/// Why those are not started, as the verdict says it.
[[nodiscard]] QString filterNotSupported();
/// How many functions have a trigger that fits.
[[nodiscard]] int listenerCount(const QByteArray &name,
                                const std::vector<devserver::Function> &functions);

} // namespace console

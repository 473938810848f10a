// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/format.h"
#include "ui/core/theme.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace devserver {
struct Function;
} // namespace devserver

namespace console {

struct Inspection;

/// Where a fact leads.
struct FactLink {
    enum class Kind { None, Run, Event, Function, Letter };

    Kind kind = Kind::None;
    QByteArray target; ///< an id as text, a slug; of a letter the id of its run

    bool operator==(const FactLink &) const = default;
};

/// One row of the Overview (ui.md §8).
struct Fact {
    QString label;
    QString value;
    QString code = {}; ///< an expression behind the value, in code font
    bool isMono = false;
    bool isCopyable = false; ///< has a copy button
    FactLink link;
    Token token = Token::Text; ///< colour of the value
    QString icon = {};         ///< before the value, in its colour: it is a state
    QString linked = {};       ///< the link, behind the value; empty: the value is the link
    QString part = {};         ///< of the value, which is the link; empty: all of it
    QStringList codes = {};    ///< parts of the value that are expressions, in code font

    bool operator==(const Fact &) const = default;
};

struct FactSection {
    QString title;
    std::vector<Fact> facts;

    bool operator==(const FactSection &) const = default;
};

struct SubjectFacts {
    QString title; ///< `charge-card`
    QString kind;  ///< `Step of charge-order`
    QString word;  ///< `Dead`; empty: it has no state
    QString tried; ///< `attempt 5 of 5`; empty: at the first one, or it does not matter
    QString icon;  ///< of the state, or of the kind of what has none
    Token token = Token::Text;
    QString sentence; ///< state and reason
    std::vector<FactSection> sections;
};

/// \a functions as registered now: all of them for an event, which names those that it did not
/// start; of an app its own.
[[nodiscard]] SubjectFacts factsOf(const Inspection &inspection,
                                   const std::vector<devserver::Function> &functions,
                                   devserver::TimePoint now, TimeStyle style);

} // namespace console

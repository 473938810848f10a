// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"

#include <QByteArray>
#include <QString>

#include <optional>

/// Where people are and what they look at; values that the views exchange.
namespace console {

/// A view with its filter and what is selected in it; what back and forward go through.
struct Place {
    QByteArray view;    ///< `runs`, `events`, `dead`, `waiting`, `functions`, `apps`, `activity`
    QString filter;     ///< text of the filter line
    QByteArray subject; ///< what is selected: an id as text, a slug; empty: nothing
    bool isFullSize = false; ///< Runs: the run has the whole central area

    bool operator==(const Place &) const = default;
};

/// What the inspector shows; a step or an attempt is selected together with its run.
struct Selection {
    enum class Kind { None, Run, Step, Attempt, Event, Letter, Function, App };

    Kind kind = Kind::None;
    devserver::RunId run;
    devserver::StepId step; ///< empty: the function body
    QByteArray stepName;    ///< what people call it
    std::optional<devserver::RequestId> attempt;
    devserver::EventId event;
    QByteArray slug; ///< of a function
    devserver::AppId app;

    bool operator==(const Selection &) const = default;
};

} // namespace console

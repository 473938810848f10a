// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/workspace.h"

#include "ui/letters/letterediting.h"

namespace console {

Workspace::Workspace(devserver::api::ConsoleBackend &backend, const QString &settingsPath,
                     Desktop &desktop)
    : feed(backend, clock)
    , catalog(backend, feed)
    , icons(theme)
    , settings(settingsPath)
    , muted(backend, feed, settings)
    , context{.backend = backend,
              .clock = clock,
              .feed = feed,
              .catalog = catalog,
              .theme = theme,
              .icons = icons,
              .settings = settings,
              .actions = actions,
              .navigator = navigator,
              .desktop = desktop,
              .jobs = jobs,
              .savedViews = savedViews,
              .muted = muted,
              .paths = paths}
{
    editRunsWhenAsked(context);
}

} // namespace console

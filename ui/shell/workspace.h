// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/frameclock.h"
#include "ui/core/pathrules.h"
#include "ui/core/savedviews.h"
#include "ui/core/theme.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/jobs.h"
#include "ui/widgets/mutedgroups.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

namespace console {

/// What one main window shares with its views, made and destroyed in the right order.
struct Workspace {
    Workspace(devserver::api::ConsoleBackend &backend, const QString &settingsPath,
              Desktop &desktop);
    Q_DISABLE_COPY_MOVE(Workspace)

    FrameClock clock;
    Feed feed;
    Catalog catalog;
    Theme theme;
    Icons icons;
    Settings settings;
    ActionRegistry actions;
    Navigator navigator;
    Jobs jobs;
    SavedViews savedViews;
    MutedGroups muted;
    PathRules paths;
    Context context;
};

} // namespace console

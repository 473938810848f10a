// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

class ActionRegistry;
class Catalog;
class Desktop;
class Feed;
class FrameClock;
class Icons;
class Jobs;
class MutedGroups;
class Navigator;
class PathRules;
class SavedViews;
class Settings;
class Theme;

/// What every view of one window shares; all of it outlives the views. Passed by reference.
struct Context {
    devserver::api::ConsoleBackend &backend;
    FrameClock &clock;
    Feed &feed;
    Catalog &catalog;
    Theme &theme;
    Icons &icons;
    Settings &settings;
    ActionRegistry &actions;
    Navigator &navigator;
    Desktop &desktop;
    Jobs &jobs;
    SavedViews &savedViews;
    MutedGroups &muted;
    PathRules &paths;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/fileproblems.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/pathrules.h"
#include "ui/core/projectport.h"
#include "ui/core/savedviews.h"
#include "ui/widgets/context.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/mutedgroups.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <type_traits>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

const QByteArray settingsBar = "settings"_ba;
const QByteArray projectBar = "projectFile"_ba;

} // namespace

FileProblems::FileProblems(Context &context, InfoBarStack &bars, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_bars(bars)
{
    if (!context.settings.problem().isEmpty())
        tell(settingsBar, context.settings.problem());
    connect(&context.settings, &Settings::writeFailed, this,
            [this](const QString &text) { tell(settingsBar, text); });
    connect(&context.settings, &Settings::writeRecovered, this,
            [this] { m_bars.dismiss(settingsBar); });
    const auto follow = [this](auto *source) {
        using Source = std::remove_pointer_t<decltype(source)>;
        connect(source, &Source::problem, this, [this](const QString &text) {
            m_open.removeOne(text);
            m_open.append(text);
            tell(projectBar, text);
        });
        connect(source, &Source::problemOver, this, &FileProblems::takeBack);
    };
    follow(&context.navigator);
    follow(&context.savedViews);
    follow(&context.paths);
    follow(&context.muted);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &FileProblems::watchServer);
    watchServer();
}

void FileProblems::tell(const QByteArray &bar, const QString &text)
{
    m_bars.show({.id = bar, .kind = InfoKind::Warning, .text = text, .buttons = {}, .details = {}});
}

/// Of several that failed, the bar is about the latest.
void FileProblems::takeBack(const QString &text)
{
    const bool isTold = !m_open.isEmpty() && m_open.back() == text;
    m_open.removeOne(text);
    if (!isTold)
        return;
    if (m_open.isEmpty())
        m_bars.dismiss(projectBar);
    else
        tell(projectBar, m_open.back());
}

void FileProblems::watchServer()
{
    const bool isPaused = m_context.backend.server().pause.has_value();
    if (!std::exchange(m_isPaused, isPaused) || isPaused)
        return;
    m_context.settings.tryAgain();
    m_context.savedViews.tryAgain();
    m_context.paths.tryAgain();
    m_context.muted.tryAgain();
    tryPortAgain(&m_context.navigator);
}

} // namespace console

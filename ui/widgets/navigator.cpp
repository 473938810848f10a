// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/navigator.h"

namespace console {

using namespace Qt::StringLiterals;

void Navigator::openRun(devserver::RunId run, bool isFullSize)
{
    go({.view = "runs"_ba, .filter = {}, .subject = run.toText(), .isFullSize = isFullSize});
}

void Navigator::openEvent(devserver::EventId event)
{
    go({.view = "events"_ba, .filter = {}, .subject = event.toText()});
}

void Navigator::openFunction(const QByteArray &slug)
{
    go({.view = "functions"_ba, .filter = {}, .subject = slug});
}

void Navigator::goToTime(devserver::TimePoint time)
{
    Q_EMIT timeRequested(time);
}

void Navigator::filterRuns(const QString &filter)
{
    go({.view = "runs"_ba, .filter = filter, .subject = {}});
}

void Navigator::composeEvent(const QByteArray &name, const QByteArray &dataJson,
                             const QByteArray &userJson)
{
    Q_EMIT eventDraftRequested(name, dataJson, userJson);
}

void Navigator::composeInvoke(const QByteArray &slug, const QByteArray &dataJson)
{
    Q_EMIT invokeDraftRequested(slug, dataJson);
}

void Navigator::keepFavourite(const QByteArray &eventName, const QByteArray &dataJson,
                              const QByteArray &userJson)
{
    Q_EMIT favouriteRequested(eventName, dataJson, userJson);
}

void Navigator::select(const Selection &selection)
{
    if (selection == m_selection) {
        Q_EMIT selectedAgain();
        return;
    }
    m_selection = selection;
    Q_EMIT selectionChanged(selection);
}

} // namespace console

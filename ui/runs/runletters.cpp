// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What Runs and the panel of a run have of its dead letter, and the menu of the list.

#include "ui/core/catalog.h"
#include "ui/core/letterwords.h"
#include "ui/runs/runactions.h"
#include "ui/runs/runpanel.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/view.h"

#include <QAction>
#include <QMenu>

namespace console {

using namespace Qt::StringLiterals;
using devserver::LetterState;

namespace {

/// Dead letters shows it without being asked for discarded ones.
bool hasLetter(const devserver::api::RunSummary &run)
{
    return run.letter == LetterState::Open || run.letter == LetterState::Retrying;
}

/// Of one whose letter is open.
QString refusedEdit(const Context &context, const devserver::api::RunSummary &run)
{
    return context.catalog.isRegistered(run.slug) ? QString() : goneFunctionText();
}

void goToLetter(Context &context, devserver::RunId run)
{
    context.navigator.go({.view = "dead"_ba, .filter = {}, .subject = run.toText()});
}

} // namespace

QMenu *RunActions::makeMenu() const
{
    ActionRegistry &actions = m_context.actions;
    QMenu *menu =
        actions.contextMenu(&m_table, {"run.open"_ba, "run.openWindow"_ba, ""_ba, "run.retry"_ba,
                                       "run.edit"_ba, "run.retryNow"_ba, "run.rerun"_ba,
                                       "run.rerunWatch"_ba, "run.cancel"_ba, "run.skip"_ba, ""_ba});
    menu->setObjectName(u"runsMenu"_s);
    const auto add = [&actions, menu](const QString &title, const QString &icon, Icons &icons,
                                      const std::vector<QByteArray> &ids) {
        QMenu *part = menu->addMenu(icons.icon(icon), title);
        part->setToolTipsVisible(true);
        for (const QByteArray &id : ids)
            part->addAction(actions.action(id));
    };
    add(tr("Filter"), u"filter"_s, m_context.icons,
        {"list.only"_ba, "list.not"_ba, "list.sameError"_ba, "list.sameFunction"_ba,
         "list.sameEvent"_ba, "list.aroundTime"_ba});
    add(tr("Copy"), u"copy"_s, m_context.icons,
        {"run.copyId"_ba, "list.copy"_ba, "run.copyLink"_ba, "run.copyPayload"_ba,
         "run.copyError"_ba, "run.copyJson"_ba, "run.copyReport"_ba});
    menu->addSeparator();
    for (const char *id :
         {"run.goEvent", "run.goFunction", "run.goOriginal", "run.goRelated", "run.goLetter"})
        menu->addAction(actions.action(id));
    return menu;
}

void RunActions::bindLetters()
{
    bindOne(
        "run.edit"_ba, [](const Row &run) { return run.letter == LetterState::Open; },
        tr("Only a dead run can be edited and retried"),
        [this](const Row &run) { m_context.navigator.editRun(run.id, m_view.infoBars(), m_table); },
        [this](const Row &run) { return refusedEdit(m_context, run); });
    connect(&m_context.catalog, &Catalog::changed, &m_context.actions, &ActionRegistry::refresh);
    bindOne("run.goLetter"_ba, hasLetter, tr("It has no dead letter"),
            [this](const Row &run) { goToLetter(m_context, run.id); });
}

void RunPanel::bindLetters()
{
    bindVerb("run.edit"_ba, &RunPanel::edit, &RunPanel::whyNotEdit);
    connect(&m_context.catalog, &Catalog::changed, &m_context.actions, &ActionRegistry::refresh);
    m_context.actions.bind(
        "run.goLetter"_ba, this, [this] { goToLetter(m_context, m_run); },
        [this] {
            return Availability{.isEnabled = isLoaded() && hasLetter(m_summary),
                                .reason = tr("It has no dead letter."),
                                .text = {}};
        });
}

QString RunPanel::whyNotEdit() const
{
    const QString reason = whyNotRetry();
    return reason.isEmpty() ? refusedEdit(m_context, m_summary) : reason;
}

void RunPanel::edit()
{
    m_context.navigator.editRun(m_run, *m_infoBars, *this);
}

} // namespace console

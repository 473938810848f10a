// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What DeadView does with whole groups, and what becomes of bulk retries.
#include "ui/core/filtertext.h"
#include "ui/core/letterlistmodel.h"
#include "ui/core/letterwords.h"
#include "ui/letters/bulkprogress.h"
#include "ui/letters/bulksheet.h"
#include "ui/letters/deadview.h"
#include "ui/letters/discardsheet.h"
#include "ui/letters/letterexport.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"

#include <QTreeView>

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;

void DeadView::bindGroupActions()
{
    ActionRegistry &actions = context().actions;
    actions.bind(
        "dead.retryGroup"_ba, this, [this] { retryGroup(); },
        [this]() -> Availability {
            const int count = groupCount();
            return {.isEnabled = count > 0,
                    .reason = tr("Nothing in this group can be retried"),
                    .text = count > 0 ? tr("Retry %1…").arg(formatCount(count)) : QString()};
        });
    actions.bind(
        "dead.discard"_ba, m_tree, [this] { discardGroup(); },
        [this]() -> Availability {
            return {.isEnabled = groupCount() > 0,
                    .reason = tr("Nothing in this group can be discarded"),
                    .text = tr("Discard %1…").arg(formatCount(groupCount()))};
        });
    actions.bind(
        "dead.discardGroup"_ba, this, [this] { discardGroup(); },
        [this]() -> Availability {
            const int count = groupCount();
            return {.isEnabled = count > 0,
                    .reason = tr("Nothing in this group can be discarded"),
                    .text = count > 0 ? tr("Discard %1…").arg(formatCount(count)) : QString()};
        });
    actions.bind("dead.nextGrouping"_ba, this, [this] {
        groupBy(m_groups->grouping() == LetterGroupModel::Grouping::ByFunction
                    ? LetterGroupModel::Grouping::ByError
                    : LetterGroupModel::Grouping::ByFunction);
    });
    bindGroupLists();
}

void DeadView::bindGroupLists()
{
    ActionRegistry &actions = context().actions;
    const auto hasTerm = [this]() -> Availability {
        return {.isEnabled = !m_table->currentFilterTerm().isEmpty(),
                .reason = tr("This cell has nothing to filter by"),
                .text = {}};
    };
    actions.bind(
        "dead.export"_ba, this, [this] { exportLetters(); },
        [this]() -> Availability {
            if (m_export->isRunning())
                return {.isEnabled = false, .reason = tr("An export is running"), .text = {}};
            const int count = groupCount();
            return {.isEnabled = count > 0,
                    .reason = tr("There is nothing to export"),
                    .text = count > 0 ? tr("Export %1…").arg(formatCount(count)) : QString()};
        });
    actions.bind(
        "dead.findError"_ba, this, [this] { findError(); },
        [this]() -> Availability {
            const auto run = RunId::fromText(m_table->currentId());
            const int row = run && list() != nullptr ? list()->rowOfKey(*run) : -1;
            return {.isEnabled = row >= 0 && !list()->at(row).fingerprint.isEmpty(),
                    .reason = tr("No dead letter is selected"),
                    .text = {}};
        });
    actions.bind(
        "list.only"_ba, m_table, [this] { addCondition(false); }, hasTerm);
    actions.bind(
        "list.not"_ba, m_table, [this] { addCondition(true); }, hasTerm);
}

devserver::api::LetterIdsQuery DeadView::groupQuery() const
{
    return {.filter = m_filter->filter(), .fingerprint = m_fingerprint, .slug = m_slug};
}

QString DeadView::groupWords() const
{
    if (m_slug.isEmpty() && m_fingerprint.isEmpty())
        return tr("in all groups");
    return tr("in \"%1\"")
        .arg(m_groups->indexOf(m_slug, m_fingerprint).data(LetterGroupModel::NameRole).toString());
}

int DeadView::groupCount() const
{
    return m_groups->indexOf(m_slug, m_fingerprint).data(LetterGroupModel::CountRole).toInt();
}

void DeadView::retryGroup()
{
    m_discard->closeSheet();
    m_bulk->openFor(groupQuery(), groupWords());
}

void DeadView::discardGroup()
{
    m_bulk->closeSheet();
    devserver::api::then<devserver::api::LetterIds>(
        context().backend.ask(groupQuery()), this,
        [this](const devserver::api::LetterIds &ids) {
            if (!ids.runs.empty())
                m_discard->openFor(ids.runs);
        },
        [this](const devserver::Error &error) { showQueryError(error); });
}

void DeadView::exportLetters()
{
    devserver::api::then<devserver::api::LetterIds>(
        context().backend.ask(groupQuery()), this,
        [this](const devserver::api::LetterIds &ids) { m_export->begin(ids.runs); },
        [this](const devserver::Error &error) { showQueryError(error); });
}

/// All letters with the error of the selected one, whatever their function.
void DeadView::findError()
{
    const auto run = RunId::fromText(m_table->currentId());
    const int row = run && list() != nullptr ? list()->rowOfKey(*run) : -1;
    if (row < 0)
        return;
    m_filter->setLine(filterTermText("sig"_ba, {list()->at(row).fingerprint}));
    m_tree->setCurrentIndex(m_groups->index(0, 0));
}

void DeadView::takeBulks(const std::vector<devserver::Bulk> &bulks)
{
    for (const devserver::Bulk &bulk : bulks) {
        m_progress->take(bulk);
        if (bulk.state != devserver::BulkState::Running && m_started.erase(bulk.id) > 0)
            tellBulk(bulk);
    }
}

void DeadView::tellBulk(const devserver::Bulk &bulk)
{
    InfoText info;
    info.id = "dead.bulk"_ba;
    info.kind = bulk.state == devserver::BulkState::StoppedByErrors || bulk.failedAgain > 0
                    ? InfoKind::Warning
                    : InfoKind::Success;
    info.text = bulkResult(bulk);
    if (const QString filter = bulkFailedFilter(bulk); !filter.isEmpty()) {
        info.buttons.push_back({tr("Show failed"), [this, filter] { m_filter->setLine(filter); }});
    }
    infoBars().show(info);
}

} // namespace console

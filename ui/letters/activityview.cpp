// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/activityview.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/activitymodel.h"
#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/letterwords.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/jobs.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/listwatch.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/whenserving.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace console {

using namespace Qt::StringLiterals;

namespace {

const QString clearedKey = u"activity/cleared"_s;
constexpr qsizetype mostCleared = 500;

/// All letters that it is about, whatever became of them.
QString lettersFilter(const devserver::Bulk &bulk)
{
    return filterTermText("bulk"_ba, {bulk.id.toText()}) + u' '
           + filterTermText("state"_ba, {"open"_ba, "retrying"_ba, "resolved"_ba, "discarded"_ba});
}

} // namespace

ActivityView::ActivityView(Context &shared, QWidget *parent)
    : View(shared, "activity"_ba, parent)
    , m_pages(new QStackedWidget(this))
    , m_table(new ListTable(shared, m_pages))
    , m_empty(new EmptyState(shared, m_pages))
    , m_head(new QWidget(this))
    , m_stop(new QPushButton(shared.icons.icon(u"stop"_s), tr("Stop"), this))
    , m_completed(new QPushButton(shared.icons.icon(u"nav-runs"_s), tr("Show completed"), this))
    , m_failed(new QPushButton(shared.icons.icon(u"nav-dead"_s), tr("Show failed"), this))
    , m_clear(new QPushButton(shared.icons.icon(u"trash"_s), tr("Clear finished"), this))
    , m_summary(new QLabel(this))
{
    m_table->setObjectName(u"activityTable"_s);
    m_table->setAccessibleName(tr("Activity"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_empty->setObjectName(u"activityEmpty"_s);
    m_empty->setMessage(u"nav-activity"_s, tr("Nothing is going on"),
                        tr("Retries of many letters, sends with copies and exports appear here."));
    m_empty->addManualLink("activity"_ba);
    m_stop->setObjectName(u"activityStop"_s);
    m_completed->setObjectName(u"activityCompleted"_s);
    m_failed->setObjectName(u"activityFailed"_s);
    m_clear->setObjectName(u"activityClear"_s);
    m_summary->setObjectName(u"activitySummary"_s);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    makeLayout();
    connectTable();
    bindActions();
    connect(&shared.jobs, &Jobs::added, this, &ActivityView::takeJob);
    connect(&shared.jobs, &Jobs::changed, this, &ActivityView::takeJob);
    query();
    whenServing(shared.backend, this, [this] { query(); });
}

void ActivityView::makeLayout()
{
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(12, 10, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_summary, 1);
    row->addWidget(m_completed);
    row->addWidget(m_failed);
    row->addWidget(m_stop);
    row->addWidget(m_clear);
    body().addWidget(m_head);
    body().addWidget(m_pages, 1);
}

void ActivityView::connectTable()
{
    connect(m_stop, &QPushButton::clicked, this, [this] { stop(currentRow()); });
    connect(m_completed, &QPushButton::clicked, this, [this] { showCompleted(currentRow()); });
    connect(m_failed, &QPushButton::clicked, this, [this] { showFailed(currentRow()); });
    connect(m_clear, &QPushButton::clicked, this, &ActivityView::clearFinished);
    connect(m_table, &ListTable::replaced, this, &ActivityView::showNewModel);
    connect(m_table, &ListTable::selectionEdited, this, &ActivityView::showButtons);
    connect(m_table, &QTableView::clicked, this, &ActivityView::runCell);
    connect(m_table, &ListTable::opened, this, [this] { showResult(currentRow()); });
    new ListWatch(context(), *this, *m_table,
                  {.id = "activity"_ba,
                   .failed = tr("The activity could not be read"),
                   .searching = {},
                   .found = {}},
                  [this] { query(); });
    connect(m_table, &ListTable::contextMenuWanted, this, &ActivityView::showContextMenu);
}

void ActivityView::bindActions()
{
    ActionRegistry &actions = context().actions;
    actions.bind(
        "activity.stop"_ba, this, [this] { stop(currentRow()); }, [this] { return canStop(); });
    actions.bind(
        "activity.completed"_ba, this, [this] { showCompleted(currentRow()); },
        [this] { return canShowCompleted(); });
    actions.bind(
        "activity.failed"_ba, this, [this] { showFailed(currentRow()); },
        [this] { return canShowFailed(); });
    actions.bind(
        "activity.clear"_ba, this, [this] { clearFinished(); }, [this] { return canClear(); });
    actions.bind(
        "list.copy"_ba, m_table, [this] { context().desktop.copy(m_table->selectionText()); },
        [this]() -> Availability {
            return {
                .isEnabled = currentRow() >= 0, .reason = tr("Nothing is selected"), .text = {}};
        });
}

void ActivityView::showContextMenu(const QPoint &at)
{
    QMenu *menu = context().actions.contextMenu(
        m_table, {"activity.completed"_ba, "activity.failed"_ba, "list.copy"_ba, ""_ba,
                  "activity.stop"_ba, "activity.clear"_ba});
    menu->setObjectName(u"activityMenu"_s);
    m_table->hold();
    connect(menu, &QMenu::aboutToHide, m_table, &ListTable::release);
    connect(m_table, &ListTable::replaced, menu, &QWidget::close); // other rows may be there
    menu->popup(at);
}

ActivityModel *ActivityView::list() const
{
    return qobject_cast<ActivityModel *>(m_table->list());
}

void ActivityView::query()
{
    m_table->replace(
        new ActivityModel(context().backend, context().clock, context().feed, m_table));
}

void ActivityView::showNewModel()
{
    list()->hideFinished(context().settings.value(clearedKey).toByteArray().split(','));
    list()->hideFinished(m_clearedJobs);
    connect(list(), &QAbstractItemModel::rowsInserted, this, &ActivityView::showWhatThereIs);
    connect(list(), &QAbstractItemModel::rowsRemoved, this, &ActivityView::showWhatThereIs);
    connect(list(), &PagedTableModel::rowsChanged, this, &ActivityView::showButtons);
    for (const Jobs::Job &job : context().jobs.all())
        takeJob(job.id);
    showWhatThereIs();
}

void ActivityView::takeJob(int id)
{
    const Jobs::Job *job = context().jobs.job(id);
    if (job != nullptr && list() != nullptr)
        list()->setJob({.startedAt = job->startedAt,
                        .job = job->id,
                        .title = job->title,
                        .icon = job->icon,
                        .total = job->total,
                        .done = job->done,
                        .failed = job->failed,
                        .isOver = job->isOver,
                        .problem = job->problem});
}

void ActivityView::showWhatThereIs()
{
    const bool isEmpty = list() == nullptr || list()->rowCount() == 0;
    m_pages->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_table);
    m_head->setVisible(!isEmpty); // there would be nothing to do it with
    if (!m_wanted.isEmpty() && m_table->selectId(m_wanted))
        m_wanted.clear();
    else if (!isEmpty && currentRow() < 0)
        m_table->selectId(list()->idAt(0));
    showButtons();
}

int ActivityView::currentRow() const
{
    return list() == nullptr ? -1 : list()->rowOf(m_table->currentId());
}

Availability ActivityView::canStop() const
{
    const int row = currentRow();
    return {.isEnabled = row >= 0 && list()->isRunning(row),
            .reason = tr("Select something that is running"),
            .text = {}};
}

Availability ActivityView::canShowCompleted() const
{
    return {.isEnabled = !completedFilter(currentRow()).isEmpty(),
            .reason = tr("No run was completed by it"),
            .text = {}};
}

Availability ActivityView::canShowFailed() const
{
    return {.isEnabled = hasFailed(currentRow()), .reason = tr("Nothing of it failed"), .text = {}};
}

Availability ActivityView::canClear() const
{
    return {.isEnabled = list() != nullptr && list()->rowCount() > list()->running(),
            .reason = tr("Nothing in the list is over"),
            .text = {}};
}

void ActivityView::showButtons()
{
    const auto show = [](QPushButton &button, const Availability &now, const QString &hint) {
        button.setEnabled(now.isEnabled);
        button.setToolTip(now.isEnabled ? hint : now.reason);
    };
    show(*m_stop, canStop(), tr("What was not begun stays as it is"));
    show(*m_completed, canShowCompleted(), tr("Show the runs that it completed"));
    show(*m_failed, canShowFailed(), tr("Show what failed of it"));
    show(*m_clear, canClear(), tr("Take what is over from the list"));
    context().actions.refresh();
    const int running = list() == nullptr ? 0 : list()->running();
    const int over = list() == nullptr ? 0 : list()->rowCount() - running;
    QStringList words = {running == 0 ? tr("Nothing is running") : tr("%1 running").arg(running)};
    if (over > 0)
        words.append(tr("%1 finished").arg(over));
    m_summary->setText(words.join(u"  \u00b7  "_s));
}

void ActivityView::stop(int row)
{
    if (row < 0 || !list()->isRunning(row))
        return;
    const ActivityModel::Row &work = list()->at(row);
    if (!work.bulk) {
        context().jobs.stop(work.job);
        return;
    }
    devserver::api::then<devserver::api::Done>(
        context().backend.stopBulk(work.bulk->id), this, [](const devserver::api::Done &) {},
        [this](const devserver::Error &error) {
            showError("activity.stop"_ba, tr("It could not be stopped"), error);
        });
}

bool ActivityView::hasFailed(int row) const
{
    if (row < 0 || list()->at(row).failed == 0)
        return false;
    return list()->at(row).bulk || !list()->at(row).problem.isEmpty();
}

/// Of Runs; empty if there are none, or if it is a job of the window.
QString ActivityView::completedFilter(int row) const
{
    return row >= 0 && list()->at(row).bulk ? bulkCompletedFilter(*list()->at(row).bulk)
                                            : QString();
}

void ActivityView::showCompleted(int row)
{
    if (const QString filter = completedFilter(row); !filter.isEmpty())
        context().navigator.filterRuns(filter);
}

/// What came of it, or what it is about as long as nothing did.
void ActivityView::showResult(int row)
{
    if (row < 0)
        return;
    if (hasFailed(row))
        showFailed(row);
    else if (!completedFilter(row).isEmpty())
        showCompleted(row);
    else if (list()->at(row).bulk)
        context().navigator.go(
            {.view = "dead"_ba, .filter = lettersFilter(*list()->at(row).bulk), .subject = {}});
}

/// The letters of a bulk; of a job of the window why, and the way to it.
void ActivityView::showFailed(int row)
{
    if (!hasFailed(row))
        return;
    const ActivityModel::Row &work = list()->at(row);
    if (!work.bulk) {
        InfoText info;
        info.id = "activity.failed"_ba;
        info.kind = InfoKind::Warning;
        info.text = tr("%1: %2").arg(work.title, work.problem);
        const Jobs::Job *job = context().jobs.job(work.job);
        if (job != nullptr && job->showFailed)
            info.buttons.push_back({tr("Show it"), job->showFailed});
        infoBars().show(info);
        return;
    }
    const QString filter = bulkFailedFilter(*work.bulk);
    if (!filter.isEmpty())
        context().navigator.go({.view = "dead"_ba, .filter = filter, .subject = {}});
}

/// The server keeps what it did; the window does not show it again, after a restart neither.
void ActivityView::clearFinished()
{
    QByteArrayList ids = list()->clearFinished();
    for (const QByteArray &id : context().settings.value(clearedKey).toByteArray().split(',')) {
        if (ids.size() < mostCleared && !id.isEmpty())
            ids.append(id);
    }
    // Jobs of the window are counted anew in the next one.
    const auto isJob = [](const QByteArray &id) { return id.startsWith("job-"); };
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(m_clearedJobs), isJob);
    ids.removeIf(isJob);
    context().settings.setValue(clearedKey, ids.join(','));
    m_table->setFocus();
}

void ActivityView::runCell(const QModelIndex &index)
{
    const auto column = static_cast<ActivityColumn>(index.column());
    if (column == ActivityColumn::Action)
        stop(index.row());
    else if (column == ActivityColumn::Completed)
        showCompleted(index.row());
    else if (column == ActivityColumn::Failed)
        showFailed(index.row());
}

Place ActivityView::place() const
{
    return {.view = name(), .filter = {}, .subject = m_table->currentId()};
}

void ActivityView::showPlace(const Place &place)
{
    if (!place.subject.isEmpty() && !m_table->selectId(place.subject))
        m_wanted = place.subject;
}

QWidget *ActivityView::mainWidget() const
{
    return m_table;
}

QByteArray ActivityView::saveState() const
{
    return m_table->header()->saveColumns();
}

void ActivityView::restoreState(const QByteArray &state)
{
    m_table->header()->restoreColumns(state);
}

} // namespace console

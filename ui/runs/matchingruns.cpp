// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/matchingruns.h"

#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/core/runlistmodel.h"
#include "ui/widgets/context.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/notebar.h"

#include <QItemSelectionModel>

namespace console {

namespace api = devserver::api;
using namespace Qt::StringLiterals;

namespace {

api::Filter kindFilter(const QByteArray &kind)
{
    api::Filter filter;
    filter.kind = api::Filter::Kind::Term;
    filter.term.key = "is"_ba;
    filter.term.values = {kind};
    return filter;
}

const RunListModel *runsOf(const ListTable &table)
{
    return qobject_cast<const RunListModel *>(table.list());
}

} // namespace

MatchingRuns::MatchingRuns(Context &context, ListTable &table, NoteBar &note, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_table(table)
    , m_note(note)
{
    connect(&table, &ListTable::replaced, this, &MatchingRuns::watchModel);
    connect(&table, &ListTable::selectionEdited, this, &MatchingRuns::check);
}

void MatchingRuns::watchModel()
{
    leave();
    connect(m_table.list(), &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_areChosen) { // what comes now matches, too
            m_isSelecting = true;
            m_table.selectAll();
            m_isSelecting = false;
        } else {
            check();
        }
    });
}

bool MatchingRuns::coversAllLoaded() const
{
    const RunListModel *list = runsOf(m_table);
    if (list == nullptr || !list->hasMore() || list->rowCount() < 2)
        return false;
    // Ctrl+A makes one range; looking at each of 100,000 rows would be felt.
    const QItemSelection selection = m_table.selectionModel()->selection();
    return selection.size() == 1 && selection.first().height() == list->rowCount();
}

void MatchingRuns::check()
{
    if (m_isSelecting)
        return;
    if (!coversAllLoaded()) {
        leave();
    } else if (!m_areChosen && !m_isOffered) {
        m_isOffered = true;
        count();
        say();
    }
}

void MatchingRuns::count()
{
    m_total = -1;
    m_counting = m_context.backend.ask(api::CountQuery{.of = api::CountQuery::Of::Runs,
                                                       .filter = runsOf(m_table)->query().filter,
                                                       .isFull = true});
    api::then<api::Count>(
        m_counting, this,
        [this](const api::Count &count) {
            m_total = count.rows;
            say();
            Q_EMIT changed();
        },
        [](const devserver::Error &) {}); // the offer stands without a number
}

void MatchingRuns::say()
{
    m_note.clear();
    const QString total = m_total < 0 ? QString() : formatCount(m_total);
    if (m_areChosen) {
        m_note.addText(total.isEmpty() ? tr("All runs that match are selected.")
                                       : tr("All %1 runs that match are selected.").arg(total));
        m_note.addButton(u"runsSelectLoaded"_s, tr("Only the loaded ones"), [this] {
            m_areChosen = false;
            say();
            Q_EMIT changed();
        });
    } else {
        m_note.addText(
            tr("The %Ln loaded run(s) (is|are) selected.", nullptr, runsOf(m_table)->rowCount()));
        m_note.addButton(u"runsSelectMatching"_s,
                         total.isEmpty() ? tr("Select all that match")
                                         : tr("Select all %1 matching").arg(total),
                         [this] { choose(); });
    }
    m_note.showNotes();
}

void MatchingRuns::choose()
{
    m_areChosen = true;
    say();
    m_table.setFocus(); // the button is gone
    Q_EMIT changed();
}

void MatchingRuns::leave()
{
    if (!m_isOffered)
        return;
    for (const QPointer<api::Reply> &reply : {m_counting, m_searching}) {
        if (reply)
            reply->cancel();
    }
    const bool wereChosen = std::exchange(m_areChosen, false);
    m_isOffered = false;
    m_note.clear();
    if (wereChosen)
        Q_EMIT changed();
}

void MatchingRuns::collect(const QByteArray &kind, Fits fits, const std::function<void(Runs)> &done,
                           const std::function<void(const devserver::Error &)> &failed)
{
    const auto search = std::make_shared<Search>();
    search->query.filter = filterAnd(runsOf(m_table)->query().filter, kindFilter(kind));
    search->fits = fits;
    search->done = done;
    search->failed = failed;
    if (m_searching)
        m_searching->cancel();
    askNext(search);
}

void MatchingRuns::askNext(const std::shared_ptr<Search> &search)
{
    m_searching = m_context.backend.ask(search->query);
    api::then<api::RunPage>(
        m_searching, this,
        [this, search](const api::RunPage &page) {
            for (const api::RunSummary &run : page.rows) {
                if (search->fits(run))
                    search->found.push_back(run.id);
            }
            search->query.after = page.next;
            if (page.next.isEmpty()) {
                say();
                search->done(std::move(search->found));
            } else {
                sayFound(*search);
                askNext(search);
            }
        },
        [this, search](const devserver::Error &error) {
            say();
            search->failed(error);
        });
}

void MatchingRuns::sayFound(const Search &search)
{
    m_note.clear();
    m_note.addText(
        tr("Looking for the runs: %1 so far…").arg(formatCount(qint64(search.found.size()))));
    m_note.addButton(u"runsSearchStop"_s, tr("Stop"), [this] {
        if (m_searching)
            m_searching->cancel();
        say();
    });
    m_note.showNotes();
}

} // namespace console

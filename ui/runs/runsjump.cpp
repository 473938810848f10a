// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runsjump.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/view.h"

#include <QEvent>

#include <array>
#include <cstdint>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::TimePoint;
namespace api = devserver::api;

namespace {

const auto jumpBar = "runs.jump"_ba;

/// No run of that millisecond comes behind it.
devserver::RunId lastIdOf(TimePoint time)
{
    std::array<std::uint8_t, 10> entropy{};
    entropy.fill(0xff);
    return {devserver::Ulid::fromParts(time, entropy)};
}

} // namespace

RunsJump::RunsJump(Context &context, ListTable &table, View *view)
    : QObject(view)
    , m_context(context)
    , m_view(*view)
    , m_table(table)
{
    m_view.installEventFilter(this);
    connect(&table, &ListTable::replaced, this, [this] {
        m_view.infoBars().dismiss(jumpBar); // it is about another list
        followList();
        goOn();
    });
    connect(&table, &ListTable::currentChangedTo, this, [this] {
        if (!m_isArriving && m_table.coming() == nullptr)
            stop();
    });
}

/// Who comes back has something else in mind.
bool RunsJump::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide)
        m_view.infoBars().dismiss(jumpBar);
    return QObject::eventFilter(watched, event);
}

void RunsJump::stop()
{
    if (m_request)
        std::exchange(m_request, nullptr)->disconnect(this);
    m_run.reset();
}

void RunsJump::start(TimePoint time, api::Filter filter)
{
    stop();
    m_view.infoBars().dismiss(jumpBar);
    m_time = time;
    api::RunsQuery query;
    query.filter = std::move(filter);
    query.after = api::pageBehind(lastIdOf(time).toBytes());
    query.limit = 1;
    m_request = m_context.backend.ask(std::move(query));
    connect(m_request, &api::Reply::finished, this, &RunsJump::take);
    connect(m_request, &api::Reply::failed, this, [this](const devserver::Error &error) {
        m_view.showError(jumpBar, tr("The runs could not be read"), error);
    });
}

void RunsJump::take(const api::Answer &answer)
{
    m_request = nullptr;
    const auto *page = api::answerAs<api::RunPage>(answer);
    if (page == nullptr || page->rows.empty()) {
        m_view.infoBars().show(
            {.id = jumpBar,
             .kind = InfoKind::Warning,
             .text = tr("No run of this list was queued until %1. Later ones are above.")
                         .arg(formatTime(m_time, m_context.backend.now(), TimeStyle::Absolute)),
             .buttons = {},
             .details = {}});
        return;
    }
    m_run = page->rows.front().id;
    m_hasAsked = false;
    followList();
    goOn();
}

void RunsJump::followList()
{
    disconnect(m_asking);
    disconnect(m_failing);
    if (const PagedTableModel *list = m_table.list()) {
        m_asking = connect(list, &PagedTableModel::askingChanged, this, &RunsJump::goOn);
        m_failing = connect(list, &PagedTableModel::failed, this, &RunsJump::fail);
    }
}

void RunsJump::fail(const devserver::Error &error)
{
    const PagedTableModel *list = m_table.list();
    if (!m_run || list == nullptr || list->isAsking()) // it was tried again
        return;
    m_run.reset();
    m_view.showError(jumpBar, tr("The runs down to that time could not be read"), error);
}

void RunsJump::goOn()
{
    PagedTableModel *list = m_table.list();
    if (!m_run || list == nullptr || m_table.coming() != nullptr || list->isAsking())
        return;
    if (const int row = list->rowOf(m_run->toText()); row >= 0) {
        m_isArriving = true;
        m_table.selectId(m_run->toText());
        m_table.scrollTo(list->index(row, 0), QAbstractItemView::PositionAtTop);
        m_isArriving = false;
        m_run.reset();
    } else if (list->canFetchMore({})) {
        m_hasAsked = true;
        list->fetchMore({});
    } else if (!list->hasMore()) {
        m_run.reset();
    } else if (list->rowCount() >= PagedTableModel::maxRows) {
        m_run.reset();
        Q_EMIT tooFar(m_time);
    } else if (!m_hasAsked) { // the page before failed, when nobody jumped
        m_hasAsked = true;
        list->load();
    } // else `fail` is about to be called
}

} // namespace console

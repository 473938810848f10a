// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/listwatch.h"

#include "ui/core/pagedtablemodel.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/livebutton.h"
#include "ui/widgets/view.h"

namespace console {

ListWatch::ListWatch(Context &context, View &view, ListTable &table, Words words,
                     std::function<void()> query)
    : QObject(&view)
    , m_context(context)
    , m_view(view)
    , m_table(table)
    , m_words(std::move(words))
    , m_query(std::move(query))
{
    connect(&table, &ListTable::takesLong, this, &ListWatch::showSlow);
    connect(&table, &ListTable::failed, this, &ListWatch::showFailed);
    connect(&table, &ListTable::replaced, this, &ListWatch::noteReplaced);
}

void ListWatch::showSlow()
{
    m_view.infoBars().show(
        {.id = m_words.id + ".slow",
         .kind = InfoKind::Info,
         .text = m_words.searching ? m_words.searching() : tr("Still searching…"),
         .buttons = {{tr("Stop"),
                      [this] {
                          m_table.stopReplacing();
                          showStale(false);
                      }}},
         .details = {}});
}

void ListWatch::showFailed(const devserver::Error &error)
{
    m_view.infoBars().dismiss(m_words.id + ".slow");
    // The next page of the rows that are shown is no other question.
    const bool isStale = m_table.coming() != nullptr && m_table.list() != nullptr;
    showStale(m_table.coming() != nullptr);
    const QString stale = isStale && m_words.stale ? m_words.stale() : QString();
    const auto retry = [this] {
        PagedTableModel *shown = m_table.list();
        if (m_table.coming() != nullptr || shown == nullptr)
            m_query();
        else
            shown->load(); // the next page: what was read stays
    };
    m_view.showError(m_words.id + ".query", m_words.failed, error, retry, stale);
}

/// Beside the list, and in the window's status bar: nothing there looks live.
void ListWatch::showStale(bool isStale)
{
    for (LiveButton *live : m_view.findChildren<LiveButton *>())
        live->setStale(isStale);
}

void ListWatch::noteReplaced()
{
    showStale(false);
    m_view.infoBars().dismiss(m_words.id + ".slow");
    m_view.infoBars().dismiss(m_words.id + ".query");
    const PagedTableModel *list = m_table.list();
    const int rows = list == nullptr ? 0 : list->rowCount({});
    if (m_hasShown && m_table.isVisible() && m_words.found) {
        const QString found = m_words.found(rows);
        announce(m_view,
                 list != nullptr && list->hasMore() ? tr("More than %1").arg(found) : found);
    }
    m_hasShown = true;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/retriedtip.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/letterhistorymodel.h"
#include "ui/core/letterlistmodel.h"
#include "ui/widgets/context.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/settings.h"

#include <QHelpEvent>
#include <QToolTip>

namespace console {

using devserver::api::RunRecord;

RetriedTip::RetriedTip(Context &context, ListTable &table)
    : QObject(&table)
    , m_context(context)
    , m_table(table)
{
    table.viewport()->installEventFilter(this);
}

bool RetriedTip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table.viewport() && event->type() == QEvent::ToolTip
        && show(*static_cast<QHelpEvent *>(event)))
        return true;
    return QObject::eventFilter(watched, event);
}

bool RetriedTip::show(const QHelpEvent &help)
{
    const auto *model = qobject_cast<const LetterListModel *>(m_table.list());
    const QModelIndex index = m_table.indexAt(help.pos());
    if (model == nullptr || !index.isValid()
        || static_cast<LetterColumn>(index.column()) != LetterColumn::Retried
        || model->at(index.row()).cycle == 0)
        return false;
    if (m_request)
        m_request->cancel();
    m_request = m_context.backend.ask(devserver::api::RunRecordQuery{model->at(index.row()).run});
    const QRect cell = m_table.visualRect(index);
    devserver::api::then<RunRecord>(
        m_request, this,
        [this, at = help.globalPos(), cell](const RunRecord &record) {
            const QString text =
                LetterHistoryModel::retries(record, m_context.settings.timeStyle());
            QToolTip::showText(at, text, m_table.viewport(), cell);
        },
        [](const devserver::Error &) {}); // then there is nothing to say
    return true;
}

} // namespace console

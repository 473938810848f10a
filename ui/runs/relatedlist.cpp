// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/relatedlist.h"

#include "ui/runs/relatedmodel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/plaintable.h"

#include <QLabel>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

RelatedList::RelatedList(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new RelatedModel(context, this))
    , m_empty(
          new QLabel(tr("No other run was started by this event, and it was never rerun."), this))
    , m_list(new PlainTable(context, m_model, {20, 24, 28, 10}, this))
{
    m_list->setObjectName(u"relatedList"_s);
    m_list->setAccessibleName(tr("Related runs"));
    m_empty->setObjectName(u"relatedEmpty"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_list, 1);
    connect(m_list, &PlainTable::opened, this,
            [this](int row) { m_context.navigator.openRun(m_model->run(row).id); });
    setFocusProxy(m_list);
    m_list->hide();
}

int RelatedList::count() const
{
    return m_model->rowCount();
}

void RelatedList::setRecord(const devserver::api::RunRecord &record)
{
    const devserver::EventId event =
        record.run.events.empty() ? devserver::EventId() : record.run.events.front();
    m_model->setRuns(record.run.id, record.run.originalRun, event, record.related);
    m_list->setVisible(count() > 0);
    m_empty->setVisible(count() == 0);
}

} // namespace console

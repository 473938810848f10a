// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/relatedlist.h"

#include "ui/runs/relatedmodel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/rowmenu.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/textclock.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

RelatedList::RelatedList(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new RelatedModel(context, this))
    , m_empty(
          new QLabel(tr("No other run was started by this event, and it was never rerun."), this))
    , m_list(new PlainTable(context, m_model, {16, 16, 22, 9}, this))
    , m_texts(new TextClock(m_list, [this] { return m_model->showTexts(); }))
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
    connect(m_list, &PlainTable::opened, this, &RelatedList::open);
    bindRunRows(
        context, *m_list, [this](int row) { return m_model->run(row).id; },
        [this](int row) { open(row); });
    giveRowMenu(context, *m_list, {"run.open"_ba, {}, "run.copyId"_ba, "list.copy"_ba});
    connect(m_model, &RelatedModel::changed, m_texts, &TextClock::restart);
    connect(&context.settings, &Settings::changed, this, &RelatedList::fitColumns);
    setFocusProxy(m_list);
    m_list->hide();
}

void RelatedList::open(int row)
{
    const devserver::RunId run = m_model->run(row).id;
    if (m_model->isLetter(row))
        m_context.navigator.go({.view = "dead"_ba, .filter = {}, .subject = run.toText()});
    else
        m_context.navigator.openRun(run);
}

int RelatedList::count() const
{
    return m_model->rowCount();
}

/// As wide as their texts, so that the ids behind them have all room there is. None becomes
/// narrower: nothing moves to and fro while one reads.
void RelatedList::fitColumns()
{
    constexpr int mostMeasured = 200; // rows
    constexpr int mostChars = 30;
    const int most = mostChars * m_list->fontMetrics().averageCharWidth();
    for (int column = 0; column < RelatedModel::Run; ++column) {
        int width = m_list->columnWidth(column);
        for (int row = 0; row < std::min(count(), mostMeasured); ++row) {
            const int whole =
                RowDelegate::widthsOf(m_list->font(), m_model->index(row, column)).whole;
            width = std::max(width, std::min(whole, most));
        }
        m_list->setColumnWidth(column, width);
    }
}

bool RelatedList::knows(devserver::RunId run) const
{
    for (int row = 0; row < count(); ++row) {
        if (m_model->run(row).id == run)
            return true;
    }
    return false;
}

void RelatedList::setRecord(const devserver::api::RunRecord &record)
{
    m_model->setRecord(record);
    if (std::exchange(m_of, record.run.id) != record.run.id)
        m_list->resetColumns();
    fitColumns();
    m_texts->restart();
    m_list->setVisible(count() > 0);
    m_empty->setVisible(count() == 0);
}

} // namespace console

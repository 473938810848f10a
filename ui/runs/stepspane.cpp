// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/stepspane.h"

#include "ui/runs/steptable.h"
#include "ui/widgets/icons.h"

#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

StepsPane::StepsPane(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_filter(new QLineEdit(this))
    , m_found(new QLabel(this))
    , m_table(new StepTable(context, this))
{
    m_filter->setObjectName(u"stepsFilter"_s);
    m_filter->setAccessibleName(tr("Filter the steps"));
    m_filter->setPlaceholderText(tr("Filter: name, state or error"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(context.icons.icon(u"filter"_s, Token::TextDim),
                        QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(260);
    m_found->setObjectName(u"stepsFound"_s);
    m_found->setForegroundRole(QPalette::PlaceholderText);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 8, 12, 8);
    bar->setSpacing(8);
    bar->addWidget(m_filter, 2);
    bar->addWidget(m_found);
    bar->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_table->setFilter(words);
        showWhatIsFound();
    });
    connect(m_filter, &QLineEdit::returnPressed, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table, &StepTable::findRequested, m_filter, qOverload<>(&QWidget::setFocus));
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_table->model(), signal, this, &StepsPane::showWhatIsFound);
    auto *leave =
        new QShortcut(QKeySequence(Qt::Key_Escape), m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, &StepsPane::leaveFilter);
    showWhatIsFound();
}

/// Not a focus proxy: Tab would go to the table and pass over the filter before it.
void StepsPane::focusInEvent(QFocusEvent *event)
{
    m_table->setFocus(event->reason());
}

void StepsPane::leaveFilter()
{
    m_filter->clear();
    m_table->setFocus();
}

void StepsPane::showWhatIsFound()
{
    const int found = m_table->model()->rowCount();
    m_found->setVisible(!m_filter->text().isEmpty());
    m_found->setText(found == 0 ? tr("No step matches.") : tr("%n found", nullptr, found));
}

} // namespace console

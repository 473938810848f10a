// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/functionsteps.h"

#include "ui/core/stepstatsmodel.h"
#include "ui/widgets/columntable.h"

#include <QLabel>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

FunctionSteps::FunctionSteps(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_model(new StepStatsModel(this))
    , m_note(new QLabel(this))
    , m_table(new ColumnTable(context, m_model, StepStatsModel::columns(), this))
{
    m_note->setObjectName(u"functionStepsNote"_s);
    m_note->setContentsMargins(12, 10, 12, 8);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setBackgroundRole(QPalette::Window);
    m_table->setObjectName(u"functionSteps"_s);
    m_table->setAccessibleName(tr("Steps"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);
    clear();
}

void FunctionSteps::setStats(const devserver::api::FunctionStats &stats)
{
    const auto runs = static_cast<int>(stats.last.size());
    showSteps(stats.steps, runs == 0             ? tr("It has not run yet.")
                           : stats.steps.empty() ? tr("Its last runs tried no step.")
                                                 : tr("In its last %Ln run(s). Durations are those "
                                                      "of attempts that succeeded.",
                                                      nullptr, runs));
}

void FunctionSteps::clear(const QString &why)
{
    showSteps({}, why);
}

void FunctionSteps::showSteps(const std::vector<devserver::api::StepStats> &steps,
                              const QString &note)
{
    m_model->setSteps(steps);
    m_table->setVisible(!steps.empty());
    m_note->setAutoFillBackground(!steps.empty()); // of one piece with the header below
    static_cast<QVBoxLayout *>(layout())->setAlignment(m_note, steps.empty() ? Qt::AlignTop
                                                                             : Qt::Alignment());
    m_note->setText(note);
}

} // namespace console

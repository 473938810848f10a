// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/answerspanel.h"

#include "ui/core/catalog.h"
#include "ui/core/matchingverdicts.h"
#include "ui/core/nearestnames.h"
#include "ui/events/answersmodel.h"
#include "ui/events/paneheading.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/rowdelegate.h"

#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostNamed = 6;
constexpr int leastAnswers = 2;
constexpr int digitsForFigures = 30; ///< an average character may be half as wide as the words are

QLabel *dimLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

AnswersPanel::AnswersPanel(Context &context, AnswersModel *answers, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_answers(answers)
    , m_title(paneHeading(tr("Will start"), this))
    , m_who(dimLabel({}, this))
    , m_useNearest(new QToolButton(this))
    , m_heading(paneHeading(tr("Answers"), this))
    , m_hint(dimLabel(tr("The runs that start appear here, live."), this))
    , m_table(new PlainTable(context, answers, {}, this))
{
    makeTable(answers);
    m_title->setObjectName(u"composerWhoTitle"_s);
    m_who->setObjectName(u"composerWho"_s);
    m_who->setForegroundRole(QPalette::WindowText);
    m_who->setAlignment(Qt::AlignLeft | Qt::AlignTop); // if it is cut, then at its end
    m_who->setContentsMargins(paneMargin, 0, paneMargin, 2);
    m_hint->setContentsMargins(paneMargin, 0, paneMargin, 4);
    m_useNearest->setObjectName(u"composerNearest"_s);
    m_useNearest->setIcon(context.icons.icon(u"edit"_s));
    m_useNearest->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_useNearest->setFocusPolicy(Qt::TabFocus);
    m_useNearest->hide();
    auto *nearestRow = new QHBoxLayout;
    nearestRow->setContentsMargins(paneMargin, 2, paneMargin, 2);
    nearestRow->addWidget(m_useNearest);
    nearestRow->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_who);
    layout->addLayout(nearestRow);
    layout->addWidget(m_heading);
    layout->addWidget(m_hint);
    auto *tableRow = new QHBoxLayout;
    constexpr int side = paneMargin - RowDelegate::padding; // text below text
    tableRow->setContentsMargins(side, 0, side, 0);
    tableRow->addWidget(m_table);
    layout->addLayout(tableRow, 1);
    connect(m_useNearest, &QToolButton::clicked, this, [this] { Q_EMIT nameWanted(m_nearest); });
    connect(answers, &QAbstractItemModel::rowsInserted, this, &AnswersPanel::arrange);
    connect(m_table, &PlainTable::opened, this, [this, answers](int row) {
        if (const devserver::RunId run = answers->runAt(row); !run.isNull())
            Q_EMIT opened(run);
    });
}

void AnswersPanel::makeTable(AnswersModel *answers)
{
    m_table->setObjectName(u"composerAnswers"_s);
    m_table->setAccessibleName(tr("Runs that were started"));
    m_table->viewport()->setAutoFillBackground(false); // part of the panel
    QHeaderView *header = m_table->horizontalHeader();
    header->hide();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(24);
    // The state is read whole; where room is scarce a name is cut.
    header->setSectionResizeMode(AnswersModel::WhatColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(AnswersModel::StateColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(AnswersModel::FigureColumn, QHeaderView::ResizeToContents);
    m_table->setMinimumSize(120, 40);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it would cover a row
    connect(answers, &QAbstractItemModel::rowsInserted, this, &AnswersPanel::span);
    connect(answers, &QAbstractItemModel::rowsRemoved, this, &AnswersPanel::span);
}

void AnswersPanel::span()
{
    for (int row = 0; row < m_answers->rowCount(); ++row) {
        const int columns = m_answers->isNote(row)      ? AnswersModel::ColumnCount
                            : m_answers->isHeading(row) ? m_answers->secondColumn()
                                                        : 1;
        if (columns != m_table->columnSpan(row, 0))
            m_table->setSpan(row, 0, 1, columns);
    }
}

QString AnswersPanel::who(const Draft &draft, QByteArray *nearest, bool *isAnyone) const
{
    const std::vector<devserver::Function> functions = m_context.catalog.functions();
    if (draft.name.isEmpty())
        return tr("Nothing yet: write a name.");
    if (draft.target == Draft::Target::Invoke) {
        const devserver::Function *function = m_context.catalog.functionBySlug(draft.name);
        *isAnyone = function != nullptr;
        return function == nullptr
                   ? tr("No function %1 is registered.").arg(QString::fromUtf8(draft.name))
                   : QString::fromUtf8(function->config.name);
    }
    QStringList names;
    for (const devserver::Function &function : functions) {
        const auto &triggers = function.config.triggers;
        if (std::any_of(triggers.begin(), triggers.end(), [&](const devserver::Trigger &trigger) {
                return triggerFits(trigger.event, draft.name);
            }))
            names.append(QString::fromUtf8(function.config.name));
    }
    if (names.isEmpty()) {
        const QByteArrayList near = nearestNames(draft.name, m_context.catalog.triggerNames());
        *nearest = near.value(0);
        return whoListens(draft.name, functions).remove(u'`');
    }
    *isAnyone = true;
    const auto more = static_cast<int>(names.size()) - mostNamed;
    if (more > 0)
        return tr("%1 and %2 more").arg(names.mid(0, mostNamed).join(u", "_s)).arg(more);
    return names.join(u", "_s);
}

void AnswersPanel::setValid(bool isValid)
{
    if (m_isValid == isValid)
        return;
    m_isValid = isValid;
    showTitle();
}

void AnswersPanel::showTitle()
{
    const bool mustWait = m_isAnyone && !m_isValid;
    // The button says the rest; where there is room, the words below do.
    const bool isBrief = m_isTight && !m_nearest.isEmpty();
    m_title->setText(mustWait  ? tr("Will start once the JSON is valid")
                     : isBrief ? tr("No function listens")
                               : tr("Will start"));
    m_who->setForegroundRole(mustWait ? QPalette::PlaceholderText : QPalette::WindowText);
}

void AnswersPanel::showTarget(const Draft &draft)
{
    m_nearest.clear();
    m_isAnyone = false;
    m_who->setText(who(draft, &m_nearest, &m_isAnyone));
    showTitle();
    const QString nearest = QString::fromUtf8(m_nearest);
    m_useNearest->setText(tr("Use %1").arg(nearest));
    m_useNearest->setAccessibleName(m_useNearest->text());
    arrange();
}

QSize AnswersPanel::minimumSizeHint() const
{
    return {QWidget::minimumSizeHint().width(),
            leastAnswers * m_table->verticalHeader()->defaultSectionSize()};
}

void AnswersPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void AnswersPanel::arrange()
{
    const int answers = m_heading->sizeHint().height() + minimumSizeHint().height();
    const int who = m_title->sizeHint().height() + m_who->heightForWidth(width())
                    + (m_nearest.isEmpty() ? 0 : m_useNearest->sizeHint().height());
    const bool isLow = height() < who + answers;
    const bool hasAnswers = m_table->model()->rowCount() > 0;
    const bool showsWho = !isLow || !hasAnswers;
    m_title->setVisible(showsWho);
    m_isTight = height() < who;
    m_who->setVisible(showsWho && !(m_isTight && !m_nearest.isEmpty()));
    showTitle();
    m_useNearest->setVisible(showsWho && !m_nearest.isEmpty());
    m_heading->setVisible(!isLow || (hasAnswers && height() >= answers));
    m_hint->setVisible(!isLow && !hasAnswers);
    m_table->setVisible(!isLow || hasAnswers);
    // A state says more than how far it is; what came of a send takes its place.
    const bool isNarrow = width() < fontMetrics().horizontalAdvance(u'0') * digitsForFigures;
    m_table->setColumnHidden(AnswersModel::FigureColumn, isNarrow);
    m_answers->setNarrow(isNarrow);
    span();
}

} // namespace console

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

/// Not more of them than are read.
QString listed(const QStringList &names)
{
    const auto more = static_cast<int>(names.size()) - mostNamed;
    const QString first = names.mid(0, mostNamed).join(u", "_s);
    return more > 0 ? AnswersPanel::tr("%1 and %2 more").arg(first).arg(more) : first;
}

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
    , m_doubts(dimLabel({}, this))
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
    m_doubts->setObjectName(u"composerDoubts"_s);
    m_doubts->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_doubts->setContentsMargins(paneMargin, 0, paneMargin, 2);
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
    layout->addWidget(m_doubts);
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
    header->setSectionResizeMode(AnswersModel::WhatColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(AnswersModel::StateColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(AnswersModel::FigureColumn, QHeaderView::Fixed);
    m_fitTimer.setSingleShot(true);
    connect(&m_fitTimer, &QTimer::timeout, this, &AnswersPanel::fitColumns);
    const auto fitSoon = [this] { m_fitTimer.start(0); };
    connect(answers, &QAbstractItemModel::dataChanged, this, fitSoon);
    connect(answers, &QAbstractItemModel::rowsInserted, this, fitSoon);
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

void AnswersPanel::sayWho(const Draft &draft)
{
    m_nearest.clear();
    m_doubts->clear();
    m_isAnyone = false;
    if (draft.name.isEmpty()) {
        m_who->setText(tr("Nothing yet: write a name."));
    } else if (draft.target == Draft::Target::Invoke) {
        const devserver::Function *function = m_context.catalog.functionBySlug(draft.name);
        m_isAnyone = function != nullptr;
        m_who->setText(function == nullptr
                           ? tr("No function %1 is registered.").arg(QString::fromUtf8(draft.name))
                           : QString::fromUtf8(function->config.name));
    } else {
        sayStarters(draft.name);
    }
}

/// Not more than is known before the event is there: whether a filter is true the engine sees then.
void AnswersPanel::sayStarters(const QByteArray &name)
{
    const std::vector<devserver::Function> functions = m_context.catalog.functions();
    const Starters starters = startersOf(name, functions);
    m_isAnyone = !starters.certain.isEmpty() || !starters.filtered.isEmpty();
    QStringList doubts;
    if (!starters.filtered.isEmpty())
        doubts.append(tr("perhaps %1: if the filter is true").arg(listed(starters.filtered)));
    if (!starters.unsupported.isEmpty())
        doubts.append(tr("not %1: %2").arg(listed(starters.unsupported), filterNotSupported()));
    m_doubts->setText(doubts.join(u'\n'));
    if (m_isAnyone) {
        m_who->setText(listed(starters.certain));
    } else if (!doubts.isEmpty()) {
        m_who->setText(tr("No function."));
    } else {
        m_nearest = nearestNames(name, m_context.catalog.triggerNames()).value(0);
        m_who->setText(whoListens(name, functions).remove(u'`'));
    }
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
    sayWho(draft);
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
    const auto heightOf = [this](const QLabel *words) {
        return words->text().isEmpty() ? 0 : words->heightForWidth(width());
    };
    const int who = m_title->sizeHint().height() + heightOf(m_who) + heightOf(m_doubts)
                    + (m_nearest.isEmpty() ? 0 : m_useNearest->sizeHint().height());
    const bool isLow = height() < who + answers;
    const bool hasAnswers = m_table->model()->rowCount() > 0;
    const bool showsWho = !isLow || !hasAnswers;
    m_title->setVisible(showsWho);
    m_isTight = height() < who;
    m_doubts->setVisible(showsWho && !m_doubts->text().isEmpty());
    m_who->setVisible(showsWho && !m_who->text().isEmpty() && !(m_isTight && !m_nearest.isEmpty()));
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
    fitColumns();
}

/// The first word of a state is read whole. Where room is scarce its reason goes first, then a name
/// is cut, of which a quarter of the room stays.
void AnswersPanel::fitColumns()
{
    constexpr int mostMeasured = 200; // rows
    int name = 0;
    int word = 0;
    for (int row = 0; row < std::min(m_answers->rowCount(), mostMeasured); ++row) {
        const auto widths = [&](int column) {
            return RowDelegate::widthsOf(m_table->font(), m_answers->index(row, column));
        };
        if (!m_answers->runAt(row).isNull())
            name = std::max(name, widths(AnswersModel::WhatColumn).whole);
        word = std::max(word, widths(AnswersModel::StateColumn).lead);
    }
    const int room = m_table->viewport()->width();
    const bool hasFigures = !m_table->isColumnHidden(AnswersModel::FigureColumn);
    const int widest = hasFigures ? m_table->widestOf(AnswersModel::FigureColumn) : 0;
    const int figure = std::clamp(room - word - std::min(name, room / 4), 0, widest);
    const int whole = m_table->widestOf(AnswersModel::StateColumn);
    const int state = std::clamp(room - figure - name, word, whole);
    m_table->setColumnWidth(AnswersModel::StateColumn, state);
    if (hasFigures)
        m_table->setColumnWidth(AnswersModel::FigureColumn, figure);
}

} // namespace console

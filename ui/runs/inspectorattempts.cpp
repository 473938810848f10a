// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectorattempts.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/attemptfacts.h"
#include "ui/core/format.h"
#include "ui/runs/inspectoroverview.h"
#include "ui/runs/inspectortable.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/linewrap.h"
#include "ui/widgets/retrynow.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace api = devserver::api;
using devserver::Attempt;

namespace {

constexpr int listShare = 40; // percent

QPushButton *makeButton(const QString &name, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    return button;
}

} // namespace

InspectorAttempts::InspectorAttempts(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new AttemptModel(this))
    , m_list(new QWidget(this))
    , m_table(new InspectorTable(context, u"inspAttempts"_s, tr("Attempts"), m_list))
    , m_nextBar(new QWidget(m_list))
    , m_next(new QLabel(m_nextBar))
    , m_retryNow(makeButton(u"inspRetryNow"_s, tr("Retry now"), m_nextBar))
    , m_detail(new QWidget(this))
    , m_title(new QLabel(m_detail))
    , m_legend(new QLabel(m_detail))
    , m_compare(makeButton(u"inspCompare"_s, tr("Compare"), m_detail))
    , m_open(makeButton(u"inspAttemptOpen"_s, tr("Show error"), m_detail))
    , m_compareAnyway(makeButton(u"inspCompareAnyway"_s, tr("Compare anyway"), m_detail))
    , m_facts(new InspectorOverview(context, m_detail))
    , m_diff(new DiffView(context.theme, m_detail))
{
    buildTable();
    buildNextBar();
    buildDetail();
    bindActions();
    auto *splitter = new DetailSplitter(listShare, this);
    if (parent != nullptr) // the inspector
        splitter->setBarHost(*parent);
    splitter->addWidget(m_list);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(splitter, 1);
    m_detail->hide();
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &InspectorAttempts::tick);
    connect(m_retryNow, &QPushButton::clicked, this, &InspectorAttempts::retryNow);
    connect(&context.settings, &Settings::changed, this, [this] {
        m_model->setTimeStyle(m_context.settings.timeStyle());
        wrapDiff();
    });
    wrapDiff();
}

void InspectorAttempts::buildTable()
{
    m_table->setTable(
        m_model, AttemptModel::columns(),
        {"message"_ba, "decided"_ba, "waited"_ba, "http"_ba, "started"_ba, "duration"_ba});
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->installEventFilter(this);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &InspectorAttempts::showSelection);
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (!isFold(index.row())) // its first click did it
            open(index);
    });
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex &index) {
        const bool isChoice = QApplication::keyboardModifiers() != Qt::NoModifier;
        if (isFold(index.row()) && !isChoice)
            m_model->toggle(index.row());
    });
}

void InspectorAttempts::buildNextBar()
{
    m_next->setObjectName(u"inspNext"_s);
    m_next->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 5, 12, 6);
    row->addWidget(m_next, 1);
    row->addWidget(m_retryNow);
    auto *bar = new QVBoxLayout(m_nextBar);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(0);
    bar->addWidget(makeRule(m_nextBar));
    bar->addLayout(row, 1);
    auto *list = new QVBoxLayout(m_list);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(0);
    list->addWidget(m_table, 1);
    list->addWidget(m_nextBar);
    m_nextBar->hide();
}

void InspectorAttempts::buildDetail()
{
    m_detail->setObjectName(u"inspAttemptDetail"_s);
    m_title->setObjectName(u"inspAttemptTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_legend->setObjectName(u"inspDiffLegend"_s);
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setWordWrap(true);
    m_legend->hide();
    connect(&m_context.theme, &Theme::changed, this, &InspectorAttempts::showLegend);
    QFont font = this->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_facts->setObjectName(u"inspAttemptFacts"_s);
    m_facts->setAccessibleName(tr("About this attempt"));
    m_wrap = makeWrapButton(m_context, u"inspDiffWrap"_s, m_detail);
    m_diff->setObjectName(u"inspAttemptDiff"_s);
    m_diff->setAccessibleName(tr("What differs between two attempts"));
    m_previousPlace =
        makeStepButton(u"inspDiffPrevious"_s, tr("Previous difference"), u"arrow-up"_s, -1);
    m_nextPlace = makeStepButton(u"inspDiffNext"_s, tr("Next difference"), u"arrow-down"_s, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_title, 1);
    row->addWidget(m_wrap);
    row->addWidget(m_previousPlace);
    row->addWidget(m_nextPlace);
    auto *buttons = new FlowLayout(8);
    for (QPushButton *button : {m_open, m_compare, m_compareAnyway})
        buttons->addWidget(button);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(12, 10, 12, 10);
    top->setSpacing(8);
    top->addLayout(row);
    top->addWidget(m_legend);
    top->addLayout(buttons);
    m_pages = new QStackedLayout;
    m_pages->addWidget(m_facts);
    m_pages->addWidget(m_diff);
    auto *layout = new QVBoxLayout(m_detail);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addLayout(m_pages, 1);
    connect(m_compare, &QPushButton::clicked, this, &InspectorAttempts::compareWithPrevious);
    connect(m_compareAnyway, &QPushButton::clicked, this, [this] { compare(0); });
    connect(m_open, &QPushButton::clicked, this, [this] { open(m_table->currentIndex()); });
}

bool InspectorAttempts::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) // of the table, which is as wide as the bar below it
        fitNextBar();
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *keys = static_cast<QKeyEvent *>(event);
    const int key = keys->key();
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid())
        return QWidget::eventFilter(watched, event);
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        open(current);
        return true;
    }
    const bool isPlain = (keys->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (isPlain && (key == Qt::Key_Right || key == Qt::Key_Left)
        && fold(current.row(), (key == Qt::Key_Left) != isRightToLeft()))
        return true;
    return QWidget::eventFilter(watched, event);
}

bool InspectorAttempts::isFold(int row) const
{
    return m_model->row(row).kind == AttemptModel::Row::Kind::Same;
}

/// As in trees: from one of those that are unfolded, the key comes to their line first.
bool InspectorAttempts::fold(int row, bool isToClose)
{
    if (isFold(row)) {
        if (m_model->row(row).isOpened == isToClose)
            m_model->toggle(row);
        return true;
    }
    const int around = isToClose ? m_model->foldAround(row) : -1;
    if (around >= 0)
        m_table->selectRow(around);
    return around >= 0;
}

void InspectorAttempts::setInspection(const Inspection &inspection)
{
    const bool isOther = inspection.subject.run != m_inspection.subject.run
                         || inspection.subject.step != m_inspection.subject.step
                         || inspection.subject.attempt != m_inspection.subject.attempt;
    m_inspection = inspection;
    if (isOther)
        m_table->clearSelection();
    m_model->setTimeStyle(m_context.settings.timeStyle());
    std::vector<devserver::RequestId> chosen;
    for (const int row : selectedRows()) {
        if (m_model->row(row).kind == AttemptModel::Row::Kind::Attempt)
            chosen.push_back(m_model->row(row).attempt.request);
    }
    m_model->setInspection(inspection, m_context.backend.now(), chosen);
    if (isOther && m_model->rowCount() > 0) {
        const int meant =
            inspection.subject.attempt ? m_model->reveal(*inspection.subject.attempt) : -1;
        m_table->selectRow(meant >= 0 ? meant : std::max(0, m_model->newestAttempt()));
    }
    showNext();
    showSelection();
    m_model->isTicking() ? m_timer.start() : m_timer.stop();
}

void InspectorAttempts::tick()
{
    m_model->setNow(m_context.backend.now());
    showNext();
    if (const std::vector<int> rows = selectedRows(); rows.size() == 1)
        showOne(rows.front());
}

void InspectorAttempts::showNext()
{
    using Kind = AttemptModel::Row::Kind;
    const bool hasNext = m_model->rowCount() > 0 && m_model->row(0).kind == Kind::Next
                         && m_model->row(0).job == devserver::JobState::BackingOff;
    if (!hasNext) {
        m_nextBar->hide();
        return;
    }
    const AttemptModel::Row &next = m_model->row(0);
    const QString words = tr("Attempt %1 of %2 starts %3")
                              .arg(QString::number(next.attempt.attempt + 1),
                                   QString::number(next.attempt.maxAttempts),
                                   formatCountdown(next.due, m_context.backend.now()));
    m_next->setText(words);
    fitNextBar();
    m_nextBar->show();
}

/// As high as some rows: none is cut above it.
void InspectorAttempts::fitNextBar()
{
    const int row = std::max(m_table->verticalHeader()->defaultSectionSize(), 1);
    const int needed = m_nextBar->layout()->totalHeightForWidth(m_list->width());
    m_nextBar->setFixedHeight((needed + row - 1) / row * row);
}

void InspectorAttempts::retryNow()
{
    const devserver::Job *job = m_inspection.job();
    if (job == nullptr)
        return;
    if (takeRetryNow(m_context.backend, {{.run = job->run, .job = job->id}}).empty()) {
        if (const QString why = whyNotRetriedNow(m_context.backend); !why.isEmpty())
            Q_EMIT problem(why);
        return;
    }
    m_retryNow->setEnabled(false);
    api::then<devserver::VerbDone>(
        m_context.backend.act(devserver::RetryNow{.run = job->run, .job = job->id}), this,
        [this](const devserver::VerbDone &) { m_retryNow->setEnabled(true); },
        [this](const devserver::Error &error) {
            m_retryNow->setEnabled(true);
            Q_EMIT problem(tr("Retry now: %1").arg(error.message));
        });
}

void InspectorAttempts::open(const QModelIndex &index)
{
    const AttemptModel::Row &row = m_model->row(index.row());
    if (isFold(index.row()))
        m_model->toggle(index.row());
    else if (row.kind == AttemptModel::Row::Kind::Attempt)
        Q_EMIT attemptOpened(row.attempt);
}

std::vector<int> InspectorAttempts::selectedRows() const
{
    std::vector<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void InspectorAttempts::showSelection()
{
    m_context.actions.refresh();
    const std::vector<int> rows = selectedRows();
    m_detail->setVisible(!rows.empty());
    const bool areAttempts = std::none_of(rows.begin(), rows.end(), [this](int row) {
        return m_model->row(row).kind == AttemptModel::Row::Kind::Next;
    });
    const bool areCompared = isPair();
    m_legend->setVisible(areCompared);
    m_wrap->setVisible(areCompared);
    m_previousPlace->setVisible(areCompared);
    m_nextPlace->setVisible(areCompared);
    m_compareAnyway->hide();
    m_open->setVisible(rows.size() == 1 && areAttempts);
    m_compare->setVisible(!rows.empty() && areAttempts && !areCompared);
    if (areCompared) {
        showPair();
        return;
    }
    showCompare();
    m_diffJob.cancel();
    m_pair = {};
    if (!rows.empty())
        showOne(rows.front());
    if (rows.size() > 1)
        m_title->setText(
            tr("%n attempt(s) (is|are) selected", nullptr, static_cast<int>(rows.size())));
}

void InspectorAttempts::showOne(int row)
{
    const AttemptModel::Row &shown = m_model->row(row);
    m_title->setText(visibleText(attemptTitle(shown, retries())));
    m_facts->setFacts(attemptFacts(shown, m_context.backend.now(), m_context.settings.timeStyle()));
    m_pages->setCurrentWidget(m_facts);
    const bool isSame = shown.kind == AttemptModel::Row::Kind::Same;
    const QString words = isSame                          ? tr("Show all")
                          : shown.attempt.error.isEmpty() ? tr("Show output")
                                                          : tr("Show error");
    m_open->setText(words);
    m_open->setAccessibleName(words);
}

int InspectorAttempts::retries() const
{
    return m_inspection.run ? m_inspection.run->run.cycle : 0;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectorattempts.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/callexchange.h"
#include "ui/core/errorinfo.h"
#include "ui/core/format.h"
#include "ui/core/jsonformat.h"
#include "ui/runs/inspectortable.h"
#include "ui/widgets/context.h"
#include "ui/widgets/diffview.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace api = devserver::api;
using devserver::Attempt;

namespace {

constexpr qsizetype comparedBytes = 64 * 1024;

QString prettyText(const QByteArray &bytes)
{
    const QByteArray some = bytes.first(std::min<qsizetype>(bytes.size(), comparedBytes));
    const FormattedJson formatted = formatJson(some);
    return QString::fromUtf8(formatted.error ? some : formatted.text);
}

} // namespace

InspectorAttempts::InspectorAttempts(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new AttemptModel(this))
    , m_nextBar(new QWidget(this))
    , m_next(new QLabel(m_nextBar))
    , m_retryNow(new QPushButton(tr("Retry now"), m_nextBar))
    , m_table(new InspectorTable(context, u"inspAttempts"_s, tr("Attempts"), this))
    , m_hint(new QLabel(tr("Select two attempts to compare them."), this))
    , m_diff(new DiffView(context.theme, this))
{
    m_retryNow->setObjectName(u"inspRetryNow"_s);
    m_retryNow->setAccessibleName(tr("Retry now"));
    m_retryNow->setAutoDefault(false);
    m_next->setObjectName(u"inspNext"_s);
    auto *bar = new QHBoxLayout(m_nextBar);
    bar->setContentsMargins(12, 6, 8, 6);
    bar->addWidget(m_next, 1);
    bar->addWidget(m_retryNow);
    m_diff->setObjectName(u"inspAttemptDiff"_s);
    m_diff->setAccessibleName(tr("What differs between two attempts"));
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setContentsMargins(12, 8, 12, 8);
    buildTable();
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_diff);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_nextBar);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_hint);
    m_diff->hide();
    m_nextBar->hide();
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &InspectorAttempts::tick);
    connect(m_retryNow, &QPushButton::clicked, this, &InspectorAttempts::retryNow);
}

void InspectorAttempts::buildTable()
{
    m_table->setTable(m_model, AttemptModel::columns());
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->installEventFilter(this);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &InspectorAttempts::showSelection);
    connect(m_table, &QTableView::doubleClicked, this, &InspectorAttempts::open);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex &index) {
        if (m_model->row(index.row()).kind == AttemptModel::Row::Kind::Same
            && index.column() <= AttemptModel::State)
            m_model->toggle(index.row());
    });
}

bool InspectorAttempts::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool isOpen = key == Qt::Key_Return || key == Qt::Key_Enter;
        if (isOpen && m_table->currentIndex().isValid()) {
            open(m_table->currentIndex());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void InspectorAttempts::setInspection(const Inspection &inspection)
{
    const bool isOther = inspection.subject.run != m_inspection.subject.run
                         || inspection.subject.step != m_inspection.subject.step
                         || inspection.subject.attempt != m_inspection.subject.attempt;
    m_inspection = inspection;
    if (isOther)
        m_table->clearSelection();
    m_model->setInspection(inspection, m_context.backend.now());
    m_hint->setVisible(m_model->rowCount() > 1 && m_diff->isHidden());
    if (isOther && inspection.subject.attempt) {
        const int row = m_model->reveal(*inspection.subject.attempt);
        if (row >= 0)
            m_table->selectRow(row);
    }
    showNext();
    showSelection();
    m_model->isTicking() ? m_timer.start() : m_timer.stop();
}

void InspectorAttempts::tick()
{
    m_model->setNow(m_context.backend.now());
    showNext();
}

void InspectorAttempts::showNext()
{
    using Kind = AttemptModel::Row::Kind;
    const bool hasNext = m_model->rowCount() > 0 && m_model->row(0).kind == Kind::Next
                         && m_model->row(0).job == devserver::JobState::BackingOff;
    m_nextBar->setVisible(hasNext);
    if (!hasNext)
        return;
    const AttemptModel::Row &next = m_model->row(0);
    const QString words = tr("Attempt %1 of %2 starts %3")
                              .arg(QString::number(next.attempt.attempt + 1),
                                   QString::number(next.attempt.maxAttempts),
                                   formatCountdown(next.due, m_context.backend.now()));
    if (m_next->text() != words)
        m_next->setText(words);
}

void InspectorAttempts::retryNow()
{
    const devserver::Job *job = m_inspection.job();
    if (job == nullptr)
        return;
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
    if (row.kind == AttemptModel::Row::Kind::Same)
        m_model->toggle(index.row());
    else if (row.kind == AttemptModel::Row::Kind::Attempt)
        Q_EMIT attemptOpened(row.attempt);
}

void InspectorAttempts::showSelection()
{
    std::vector<devserver::RequestId> chosen;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(),
              [](const auto &a, const auto &b) { return a.row() > b.row(); });
    for (const QModelIndex &index : rows) {
        const AttemptModel::Row &row = m_model->row(index.row());
        if (row.kind != AttemptModel::Row::Kind::Next)
            chosen.push_back(row.attempt.request);
    }
    std::vector<const Attempt *> pair;
    for (const devserver::RequestId &request : chosen) {
        for (const Attempt *attempt : m_inspection.attempts()) {
            if (attempt->request == request)
                pair.push_back(attempt);
        }
    }
    const bool areTwo = pair.size() == 2;
    m_diff->setVisible(areTwo);
    m_hint->setVisible(!areTwo && m_model->rowCount() > 1);
    if (areTwo)
        compare(*pair[0], *pair[1]);
}

void InspectorAttempts::compare(const Attempt &before, const Attempt &after)
{
    const auto message = [](const Attempt &attempt) {
        const std::vector<ErrorInfo> chain = errorChain(attempt.error);
        return chain.empty() ? QString()
                             : QString(chain.front().name + u": "_s + chain.front().message);
    };
    const auto stack = [](const Attempt &attempt) {
        const std::vector<ErrorInfo> chain = errorChain(attempt.error);
        return chain.empty() ? QString() : chain.front().stack;
    };
    const auto output = [this](const Attempt &attempt) {
        return prettyText(outputOf(*m_inspection.run, attempt));
    };
    m_diff->setParts({
        {.title = tr("Error"), .lines = diffLines(message(before), message(after))},
        {.title = tr("Stack"), .lines = diffLines(stack(before), stack(after))},
        {.title = tr("Output"), .lines = diffLines(output(before), output(after))},
        {.title = tr("Request headers"),
         .lines = diffLines(headerText(requestHeaders(before)), headerText(requestHeaders(after)))},
        {.title = tr("Response headers"),
         .lines =
             diffLines(headerText(responseHeaders(before)), headerText(responseHeaders(after)))},
    });
}

} // namespace console

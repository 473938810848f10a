// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/lettercalls.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/callexchange.h"
#include "ui/core/callmodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/payloadview.h"
#include "ui/widgets/textclock.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

enum Part { Response, Request };

} // namespace

LetterCalls::LetterCalls(Context &context, CallModel *model, QTableView *table, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_texts(new TextClock(this, [this] { return m_model->setNow(m_context.backend.now()); }))
    , m_table(table)
    , m_tabs(new QTabBar(this))
    , m_curl(new QPushButton(context.icons.icon(u"copy"_s), tr("Copy as curl"), this))
    , m_body(new PayloadView(context, this))
{
    setObjectName(u"deadCallsPane"_s);
    m_tabs->setObjectName(u"deadCallPart"_s);
    m_tabs->setAccessibleName(tr("Part of the call"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Response"));
    m_tabs->addTab(tr("Request"));
    m_curl->setObjectName(u"deadCallCurl"_s);
    m_curl->setAccessibleName(m_curl->text());
    m_curl->setAutoDefault(false);
    m_body->setObjectName(u"deadCallBody"_s);
    auto *parts = new QWidget(this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 12, 0);
    bar->addWidget(m_tabs);
    bar->addStretch();
    bar->addWidget(m_curl);
    auto *side = new QVBoxLayout(parts);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(4);
    side->addLayout(bar);
    side->addWidget(m_body, 1);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(parts);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    setUsualSizes(splitter, {500, 500});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(m_tabs, &QTabBar::currentChanged, this, &LetterCalls::showBody);
    connect(m_curl, &QPushButton::clicked, this, &LetterCalls::copyAsCurl);
    context.actions.bind(
        "calls.copyCurl"_ba, m_table, [this] { copyAsCurl(); },
        [this]() -> Availability {
            const devserver::Attempt *call = current();
            return {.isEnabled = call != nullptr && isHttpCall(*call),
                    .reason = tr("There was no HTTP request"),
                    .text = {}};
        });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &LetterCalls::showBody);
}

void LetterCalls::setInspection(const Inspection &inspection)
{
    const bool isOther = inspection.subject.run != m_inspection.subject.run;
    m_inspection = inspection;
    m_model->setInspection(inspection, m_context.backend.now());
    m_texts->restart();
    if (m_model->rowCount() > 0 && (isOther || !m_table->currentIndex().isValid()))
        m_table->setCurrentIndex(m_model->index(0, 0));
    showBody();
}

void LetterCalls::clear()
{
    m_inspection = {};
    m_job.cancel();
    m_model->setInspection({}, m_context.backend.now());
    m_body->clear();
    m_curl->setEnabled(false);
}

const devserver::Attempt *LetterCalls::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() && m_inspection.run && index.row() < m_model->rowCount()
               ? &m_model->attempt(index.row())
               : nullptr;
}

void LetterCalls::showBody()
{
    m_job.cancel();
    const devserver::Attempt *call = current();
    m_curl->setEnabled(call != nullptr && isHttpCall(*call));
    m_curl->setToolTip(m_curl->isEnabled() ? QString() : tr("There was no HTTP request"));
    if (call == nullptr) {
        m_body->clear();
        return;
    }
    if (m_tabs->currentIndex() == Response) {
        m_body->setEmptyText(tr("No body is kept of this answer."));
        m_body->setPayload(outputOf(*m_inspection.run, *call));
        return;
    }
    m_job.start([record = m_inspection.run,
                 attempt = *call](const CancelFlag &) { return requestBody(*record, attempt); },
                [this](const QByteArray &body) { m_body->setPayload(body); });
}

void LetterCalls::copyAsCurl()
{
    const devserver::Attempt *call = current();
    if (call == nullptr)
        return;
    m_curlJob.start(
        [record = m_inspection.run, attempt = *call](const CancelFlag &) {
            return curlCommand(attempt, requestBody(*record, attempt));
        },
        [this](const QString &command) { m_context.desktop.copy(command); });
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectorcalls.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/attemptfacts.h"
#include "ui/core/callexchange.h"
#include "ui/core/theme.h"
#include "ui/runs/inspectortable.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/addressline.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/exacttext.h"
#include "ui/widgets/fittingtabs.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/linewrap.h"
#include "ui/widgets/payloadview.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/textclock.h"
#include "ui/widgets/timingbar.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTabBar>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;

InspectorCalls::InspectorCalls(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new CallModel(this))
    , m_texts(new TextClock(this, [this] { return m_model->setNow(m_context.backend.now()); }))
    , m_table(new InspectorTable(context, u"inspCalls"_s, tr("Calls"), this))
{
    m_details = makeDetails();
    m_table->setTable(m_model, CallModel::columns(),
                      {"method"_ba, "address"_ba, "bytes"_ba, "duration"_ba, "time"_ba});
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_context.actions.bind(
        "calls.copyCurl"_ba, m_table, [this] { copyAsCurl(); },
        [this]() -> Availability {
            const Attempt *call = current();
            return {.isEnabled = call != nullptr && isHttpCall(*call),
                    .reason = tr("There was no HTTP request."),
                    .text = {}};
        });
    m_table->giveMenu({"calls.copyCurl"_ba, {}});
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    setUsualSizes(splitter, {400, 600});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &InspectorCalls::showCall);
    connect(&m_context.settings, &Settings::changed, this,
            [this] { m_model->setTimeStyle(m_context.settings.timeStyle()); });
    connect(&m_context.theme, &Theme::changed, this, &InspectorCalls::showCall);
}

/// Beside the parts of the call, as in dead letters.
QPushButton *InspectorCalls::makeCurlButton(QWidget *parent)
{
    auto *button = new QPushButton(m_context.icons.icon(u"copy"_s), tr("Copy as curl"), parent);
    button->setObjectName(u"callCurl"_s);
    button->setAccessibleName(button->text());
    button->setAutoDefault(false);
    return button;
}

QWidget *InspectorCalls::makeSignature(QWidget *parent)
{
    m_signature = new QWidget(parent);
    m_signatureIcon = new QLabel(m_signature);
    m_signatureText = new QLabel(m_signature);
    m_signatureText->setObjectName(u"callSignature"_s);
    m_signatureText->setTextFormat(Qt::PlainText);
    m_signatureText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_signatureText->setWordWrap(true);
    auto *row = new QHBoxLayout(m_signature);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_signatureIcon, 0, Qt::AlignTop);
    row->addWidget(m_signatureText, 1);
    return m_signature;
}

QWidget *InspectorCalls::makeDetails()
{
    auto *details = new QWidget(this);
    m_line = new AddressLine(details);
    m_line->setObjectName(u"callLine"_s);
    m_line->setAccessibleName(tr("Address"));
    useCodeFont(m_line);
    m_curl = makeCurlButton(details);
    m_timing = new TimingBar(m_context.theme, details);
    m_timing->setObjectName(u"callTiming"_s);
    m_tabs = new FittingTabs(details);
    m_tabs->setObjectName(u"callTabs"_s);
    m_tabs->setAccessibleName(tr("Part of the call"));
    for (const QString &title : {tr("Request"), tr("Response"), tr("Headers")})
        m_tabs->addTab(title);
    m_tabs->setCurrentIndex(Response);
    m_bodyNote = new QLabel(countingNote(), details);
    m_bodyNote->setObjectName(u"callBodyNote"_s);
    m_bodyNote->setForegroundRole(QPalette::PlaceholderText);
    m_bodyNote->setContentsMargins(12, 4, 12, 0);
    m_body = new PayloadView(m_context, details);
    m_body->setObjectName(u"callBody"_s);
    m_headers = new ExactTextEdit(details);
    m_headers->setObjectName(u"callHeaders"_s);
    m_headers->setAccessibleName(tr("Headers"));
    m_headers->setReadOnly(true);
    m_headers->setFrameShape(QFrame::NoFrame);
    m_headers->setTabChangesFocus(true);
    followLineWrap(m_headers, m_context.settings);
    m_headers->document()->setDocumentMargin(12);
    useCodeFont(m_headers);
    m_pages = new QStackedLayout;
    m_pages->addWidget(m_body);
    m_pages->addWidget(m_headers);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(12, 10, 12, 6);
    top->setSpacing(10);
    top->addWidget(m_line);
    top->addWidget(m_timing);
    top->addWidget(makeSignature(details));
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(0, 0, 12, 0); // words below words
    tabs->addWidget(m_tabs, 1);
    tabs->addWidget(m_curl);
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addLayout(tabs);
    layout->addWidget(m_bodyNote);
    layout->addLayout(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &InspectorCalls::showBody);
    connect(m_curl, &QPushButton::clicked, this, &InspectorCalls::copyAsCurl);
    return details;
}

void InspectorCalls::setInspection(const Inspection &inspection)
{
    const bool isOther = inspection.subject.run != m_inspection.subject.run
                         || inspection.subject.step != m_inspection.subject.step
                         || inspection.subject.attempt != m_inspection.subject.attempt;
    m_inspection = inspection;
    m_model->setTimeStyle(m_context.settings.timeStyle());
    m_model->setInspection(inspection, m_context.backend.now());
    m_texts->restart();
    const int chosen =
        inspection.subject.attempt ? m_model->rowOf(*inspection.subject.attempt) : -1;
    if (isOther && m_model->rowCount() > 0)
        m_table->selectRow(std::max(0, chosen));
    else if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    showCall();
}

const Attempt *InspectorCalls::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() && index.row() < m_model->rowCount() ? &m_model->attempt(index.row())
                                                                : nullptr;
}

void InspectorCalls::showCall()
{
    const Attempt *call = current();
    m_details->setVisible(call != nullptr);
    if (call == nullptr)
        return;
    const bool isHttp = isHttpCall(*call);
    m_line->setAddress(isHttp ? u"POST "_s + QString::fromUtf8(callAddress(*call))
                              : tr("Called inside of this process."));
    m_curl->setEnabled(isHttp);
    m_curl->setToolTip(isHttp ? QString() : tr("There was no HTTP request."));
    m_timing->setTiming(call->timing);
    showSignature(*call);
    showBody();
}

/// Whether it fits, never what it is (ui.md §8).
void InspectorCalls::showSignature(const Attempt &call)
{
    constexpr int iconSize = 14;
    const Cell words = signatureCell(call);
    m_signature->setVisible(!words.text.isEmpty());
    if (words.text.isEmpty())
        return;
    m_signatureText->setText(words.text);
    m_signatureIcon->setPixmap(
        m_context.icons.pixmap(words.icon, words.iconToken, iconSize, devicePixelRatioF()));
}

void InspectorCalls::showBody()
{
    const Attempt *call = current();
    if (call == nullptr)
        return;
    m_job.cancel();
    m_bodyNote->setVisible(m_tabs->currentIndex() == Request);
    if (m_tabs->currentIndex() == Headers) {
        m_pages->setCurrentWidget(m_headers);
        const QString text = tr("Request") + u'\n' + headerText(requestHeaders(*call)) + u"\n\n"_s
                             + tr("Response") + u'\n' + headerText(responseHeaders(*call));
        if (text != m_headers->exact())
            m_headers->setPlainText(text);
        return;
    }
    m_pages->setCurrentWidget(m_body);
    if (m_tabs->currentIndex() == Response) {
        const QByteArray body = outputOf(*m_inspection.run, *call);
        m_body->setEmptyText(!call->finishedAt ? tr("The answer is not here yet.")
                                               : tr("No body is kept of this answer."));
        m_body->setOrigin({});
        m_body->setPayload(body);
        return;
    }
    m_body->setOrigin({.role = PayloadRole::Request});
    m_job.start([record = m_inspection.run,
                 attempt = *call](const CancelFlag &) { return requestBody(*record, attempt); },
                [this](const QByteArray &body) { m_body->setPayload(body); });
}

void InspectorCalls::copyAsCurl()
{
    const Attempt *call = current();
    if (call == nullptr)
        return;
    m_curlJob.start(
        [record = m_inspection.run, attempt = *call](const CancelFlag &) {
            return curlCommand(attempt, requestBody(*record, attempt));
        },
        [this](const QString &command) { m_context.desktop.copy(command); });
}

} // namespace console

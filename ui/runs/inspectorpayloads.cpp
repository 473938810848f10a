// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Input, Output and Record of an inspector: payloads, and above them whose they are.

#include "ui/core/callexchange.h"
#include "ui/core/callsteps.h"
#include "ui/core/timelinedata.h"
#include "ui/runs/inspector.h"
#include "ui/widgets/context.h"
#include "ui/widgets/payloadview.h"

#include <QLabel>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using Kind = Selection::Kind;

namespace {

/// Of one attempt the header says which; a run shows what it failed at, or else the latest.
QString inputWords(const Inspection &inspection, const Attempt &attempt)
{
    if (inspection.subject.kind == Kind::Attempt)
        return {};
    const QString number = QString::number(attempt.attempt + 1);
    const QByteArray step = CallSteps(*inspection.run).of(attempt).name;
    const QString name = step.isEmpty() ? functionBodyName() : QString::fromUtf8(step);
    return inspection.failedAttempt() == &attempt
               ? Inspector::tr("Request that failed: attempt %1 · %2").arg(number, name)
               : Inspector::tr("Latest request: attempt %1 · %2").arg(number, name);
}

QString outputWords(const Inspection &inspection)
{
    if (!inspection.run || inspection.output().isEmpty()
        || inspection.subject.kind == Kind::Attempt)
        return {};
    if (inspection.subject.step.isEmpty()) {
        return inspection.run->run.status == devserver::RunStatus::Failed
                   ? Inspector::tr("The error that ended the run")
                   : Inspector::tr("What the run returned");
    }
    if (const devserver::Memo *memo = inspection.memo())
        return memo->kind == devserver::MemoKind::Error
                   ? Inspector::tr("The error that ended the step")
                   : Inspector::tr("What the step returned");
    const Attempt *attempt = inspection.attempt();
    return attempt == nullptr
               ? QString()
               : Inspector::tr("Latest answer: attempt %1").arg(attempt->attempt + 1);
}

void say(QLabel *label, const QString &words)
{
    label->setVisible(!words.isEmpty());
    label->setText(words);
}

} // namespace

QWidget *Inspector::makePayloadPage(QLabel *of, PayloadView *payload, QLabel *note)
{
    auto *page = new QWidget(this);
    of->setTextFormat(Qt::PlainText);
    of->setWordWrap(true);
    of->setContentsMargins(12, 8, 12, 4);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(of);
    if (note != nullptr) {
        note->setObjectName(payload->objectName() + u"Note"_s);
        note->setWordWrap(true);
        note->setForegroundRole(QPalette::PlaceholderText);
        column->addWidget(note);
    }
    column->addWidget(payload, 1);
    return page;
}

void Inspector::showInput()
{
    m_inputJob.cancel();
    m_inputNote->hide();
    if (m_inspection.event) {
        say(m_inputOf, {});
        m_input->setOrigin({.role = PayloadRole::Event, .view = "events"_ba});
        m_input->setPayload(m_inspection.event->event.json.bytes());
        return;
    }
    const Attempt *failed = m_inspection.failedAttempt();
    const Attempt *attempt = failed == nullptr ? m_inspection.attempt() : failed;
    if (attempt == nullptr) {
        // Not called yet: what it will be called with.
        say(m_inputOf, {});
        m_input->setOrigin({.role = PayloadRole::Event});
        m_input->setPayload(m_inspection.run->events.empty()
                                ? QByteArray()
                                : m_inspection.run->events.front().json.bytes());
        return;
    }
    const QString words = inputWords(m_inspection, *attempt);
    say(m_inputOf, words);
    m_inputNote->show();
    m_inputNote->setContentsMargins(12, words.isEmpty() ? 8 : 0, 12, 4);
    m_input->setOrigin({.role = PayloadRole::Request});
    m_inputJob.start([record = m_inspection.run, attempt = *attempt](
                         const CancelFlag &) { return requestBody(*record, attempt); },
                     [this](const QByteArray &body) { m_input->setPayload(body); });
}

void Inspector::showOutput()
{
    say(m_outputOf, outputWords(m_inspection));
    const bool isOver = m_inspection.run && devserver::isTerminal(m_inspection.run->run.status);
    m_output->setEmptyText(isOver ? tr("There is no output.") : tr("There is no output yet."));
    m_output->setOrigin(
        {.role = m_inspection.isOfStep() ? PayloadRole::Other : PayloadRole::Output});
    m_output->setPayload(m_inspection.output());
}

void Inspector::showRaw()
{
    if (m_inspection.function) {
        m_raw->setPayload(m_inspection.function->config.config.bytes());
        return;
    }
    m_rawJob.start(
        [inspection = m_inspection](const CancelFlag &) { return storedRecords(inspection); },
        [this](const QByteArray &json) { m_raw->setPayload(json); });
}

} // namespace console

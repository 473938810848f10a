// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/payloadpane.h"

#include "ui/core/format.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/payloadview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

PayloadView *makeView(Context &context, const QString &name, const QString &accessibleName)
{
    auto *view = new PayloadView(context);
    view->setObjectName(name);
    view->setAccessibleName(accessibleName);
    return view;
}

/// One event as it is, several as the array that the function gets.
QByteArray eventsOf(const devserver::api::RunRecord &record)
{
    if (record.events.size() == 1)
        return record.events.front().json.bytes();
    QByteArray all;
    for (const devserver::Event &event : record.events)
        all += (all.isEmpty() ? "[" : ",") + event.json.bytes();
    return all.isEmpty() ? all : QByteArray(all + ']');
}

} // namespace

PayloadPane::PayloadPane(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_inputTitle(new QLabel)
    , m_input(makeView(context, u"runInput"_s, tr("Trigger event")))
    , m_outputTitle(new QLabel)
    , m_output(makeView(context, u"runOutput"_s, tr("Output")))
{
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeSide(m_inputTitle, m_input));
    splitter->addWidget(makeSide(m_outputTitle, m_output));
    setUsualSizes(splitter, {500, 500});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    setFocusProxy(m_input);
}

QWidget *PayloadPane::makeSide(QLabel *title, PayloadView *payload)
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    title->setContentsMargins(12, 6, 12, 6);
    title->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(title);
    layout->addWidget(payload, 1);
    return side;
}

void PayloadPane::setRecord(const devserver::api::RunRecord &record)
{
    const QByteArray input = eventsOf(record);
    m_inputTitle->setText(
        record.events.size() == 1
            ? tr("Trigger event")
            : tr("%1 trigger events").arg(record.events.size())); // the size stands below
    m_input->setOrigin(
        {.role = record.events.size() == 1 ? PayloadRole::Event : PayloadRole::Other});
    m_output->setOrigin({.role = PayloadRole::Output});
    m_input->setPayload(input);
    const QByteArray &output = record.run.output.bytes();
    const bool isError = record.run.status == devserver::RunStatus::Failed;
    if (output.isEmpty())
        m_outputTitle->setText(record.run.endedAt ? tr("No output") : tr("No output yet"));
    else
        m_outputTitle->setText(isError ? tr("Error") : tr("Output"));
    m_output->setPayload(output);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What RunActions copies of the selected runs.
#include "devserver/api/consolebackend.h"
#include "ui/core/serveraddress.h"
#include "ui/runs/runactions.h"
#include "ui/runs/runreport.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/view.h"

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;
using devserver::api::RunSummary;

namespace {

bool isAny(const RunSummary &)
{
    return true;
}

bool hasError(const RunSummary &run)
{
    return !run.errorName.isEmpty() || !run.errorMessage.isEmpty();
}

} // namespace

void RunActions::bindCopies()
{
    const auto bind = [this](const QByteArray &id, const std::function<void()> &copy) {
        m_context.actions.bind(id, &m_table, copy, [this]() -> Availability {
            return {.isEnabled = !m_table.selectedRows().empty(),
                    .reason = tr("No run is selected"),
                    .text = {}};
        });
    };
    devserver::api::ConsoleBackend &backend = m_context.backend;
    bind("run.copyId"_ba,
         [this] { m_context.desktop.copy(QString::fromLatin1(m_table.selectedIds().join('\n'))); });
    bind("list.copy"_ba, [this] { m_context.desktop.copy(m_table.selectionText()); });
    bind("run.copyJson"_ba, [this, &backend] {
        m_context.desktop.copy(QString::fromUtf8(runsJson(selected(), backend.now())));
    });
    bind("run.copyReport"_ba, [this] { copyReport(); });
    bind("run.copyLink"_ba, [this, &backend] {
        QStringList links;
        for (const Row &run : selected())
            links.append(runLink(reachable(backend.server().address), run.id));
        m_context.desktop.copy(links.join(u'\n'));
    });
    const auto copyOf = [this](const QByteArray &id, bool (*fits)(const Row &),
                               const QString &reason, QString (*text)(const Record &)) {
        bindOne(id, fits, reason,
                [this, id, text](const Row &run) { copyFromRecord(id, run.id, text); });
    };
    copyOf("run.copyPayload"_ba, isAny, {},
           [](const Record &record) { return QString::fromUtf8(runPayload(record)); });
    copyOf("run.copyError"_ba, hasError, tr("This run has no error"), runErrorText);
}

void RunActions::copyFromRecord(const QByteArray &id, RunId run, QString (*text)(const Record &))
{
    devserver::api::then<Record>(
        m_context.backend.ask(devserver::api::RunRecordQuery{.run = run}), this,
        [this, text](const Record &record) { m_context.desktop.copy(text(record)); },
        [this, id](const devserver::Error &error) {
            m_view.showError(id, tr("The run could not be read"), error);
        });
}

/// Of one run with its steps, of several as a table.
void RunActions::copyReport()
{
    const std::vector<Row> rows = selected();
    const devserver::TimePoint now = m_context.backend.now();
    if (rows.size() != 1) {
        m_context.desktop.copy(runsMarkdown(rows, now));
        return;
    }
    devserver::api::then<Record>(
        m_context.backend.ask(devserver::api::RunRecordQuery{.run = rows.front().id}), this,
        [this, now](const Record &record) { m_context.desktop.copy(runMarkdown(record, now)); },
        [this](const devserver::Error &error) {
            m_view.showError("run.copyReport"_ba, tr("The run could not be read"), error);
        });
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What can be copied of the run that the panel shows.

#include "ui/core/serveraddress.h"
#include "ui/runs/runpanel.h"
#include "ui/runs/runreport.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/infobar.h"

namespace console {

namespace api = devserver::api;
using namespace Qt::StringLiterals;

void RunPanel::bindCopies()
{
    const auto bind = [this](const QByteArray &id, ActionRegistry::Run run) {
        m_context.actions.bind(id, this, std::move(run), [this] {
            return Availability{
                .isEnabled = !m_run.isNull(), .reason = tr("No run is selected."), .text = {}};
        });
    };
    bind("run.copyReport"_ba, [this] { copyReport(); });
    bind("run.copyLink"_ba, [this] {
        m_context.desktop.copy(runLink(reachable(m_context.backend.server().address), m_run));
    });
    bind("run.copyPayload"_ba, [this] {
        copyFromRecord(
            [](const api::RunRecord &record) { return QString::fromUtf8(runPayload(record)); });
    });
    m_context.actions.bind(
        "run.copyError"_ba, this, [this] { copyFromRecord(runErrorText); },
        [this] {
            const bool hasError =
                !m_summary.errorName.isEmpty() || !m_summary.errorMessage.isEmpty();
            return Availability{.isEnabled = isLoaded() && hasError,
                                .reason = tr("This run has no error."),
                                .text = {}};
        });
}

void RunPanel::copyReport()
{
    copyFromRecord([this](const api::RunRecord &record) {
        return runMarkdown(record, m_context.backend.now());
    });
}

void RunPanel::copyFromRecord(const std::function<QString(const api::RunRecord &)> &text)
{
    api::then<api::RunRecord>(
        m_context.backend.ask(api::RunRecordQuery{.run = m_run}), this,
        [this, text](const api::RunRecord &record) { m_context.desktop.copy(text(record)); },
        [this](const devserver::Error &error) {
            m_infoBars->show(errorBar("run.copy"_ba, tr("The run cannot be read"), error,
                                      m_context.backend.now()));
        });
}

} // namespace console

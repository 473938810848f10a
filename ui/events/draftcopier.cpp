// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftcopier.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/serveraddress.h"
#include "ui/events/draftevents.h"
#include "ui/events/draftsender.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype quickText = 64 * 1024; ///< bytes; of more the code is made on another thread

} // namespace

DraftCopier::DraftCopier(Context &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{}

void DraftCopier::copy(CopyLanguage language, const Draft &draft)
{
    DraftEvents events(draft);
    events.setFirstSeq(DraftSender::nextSeq(m_context));
    const auto work =
        [language, events, folder = m_folder, now = m_context.backend.now(),
         address = reachable(m_context.backend.server().address)](const CancelFlag &) -> Code {
        DraftEvents made = events;
        const Draft &written = made.draft();
        const bool isEvent = written.target == Draft::Target::Event;
        if (const std::optional<DraftProblem> problem =
                checkDraft(written.text, isEvent ? DraftShape::Data : DraftShape::Value))
            return {.text = {},
                    .problem = tr("line %1, column %2: %3")
                                   .arg(problem->line)
                                   .arg(problem->column)
                                   .arg(problem->message)};
        if (QString problem = made.setFiles(DraftEvents::read(made.paths(), folder));
            !problem.isEmpty())
            return {.text = {}, .problem = std::move(problem)};
        const devserver::Result<QByteArray> data = made.data(1, now);
        if (!data)
            return {.text = {}, .problem = data.error().message};
        return {.text = isEvent ? copyAs(language, made.request(1, now), address)
                                : copyInvocationAs(language, written.name, *data, address),
                .problem = {}};
    };
    m_job.cancel();
    if (draft.text.size() <= quickText && events.paths().isEmpty())
        take(work(CancelFlag(false)));
    else
        m_job.start(work, [this](const Code &code) { take(code); });
}

void DraftCopier::take(const Code &code)
{
    if (!code.problem.isEmpty()) {
        Q_EMIT refused(tr("Nothing is copied: %1").arg(code.problem));
        return;
    }
    m_context.desktop.copy(code.text);
    Q_EMIT copied();
}

} // namespace console

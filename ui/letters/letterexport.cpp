// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/letterexport.h"

#include "devserver/model/jsonwriter.h"
#include "ui/core/errorwords.h"
#include "ui/core/format.h"
#include "ui/core/letterwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/jobs.h"
#include "ui/widgets/view.h"

#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QUrl>

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;
using devserver::api::RunRecord;

namespace {

QByteArray isoTime(devserver::TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(devserver::toMs(time), Qt::UTC)
        .toString(Qt::ISODateWithMs)
        .toLatin1();
}

/// Line feeds stand between values only; inside of strings JSON has them escaped.
QByteArray lineOf(const RunRecord &record)
{
    devserver::JsonWriter writer(1024);
    writer.beginObject();
    writer.key("run_id").string(record.run.id.toText());
    writer.key("function").string(record.summary.slug);
    if (record.letter) {
        const devserver::DeadLetter &letter = *record.letter;
        writer.key("state").string(devserver::toName(letter.state));
        writer.key("failed_at").string(isoTime(letter.failedAt));
        writer.key("reason").string(letter.reason);
        writer.key("retried").value(letter.cycle);
        writer.key("attempts").value(letter.failedStepAttempts);
        writer.key("failed_step").string(letter.failedStepName);
        writer.key("signature").string(letter.fingerprint);
        writer.key("error").raw(letter.error);
    }
    writer.key("events").beginArray();
    for (const devserver::Event &event : record.events)
        writer.raw(event.json);
    writer.endArray();
    writer.endObject();
    return writer.take().replace('\n', ' ').replace('\r', ' ') + '\n';
}

} // namespace

LetterExport::LetterExport(Context &context, View &view)
    : QObject(&view)
    , m_context(context)
    , m_view(view)
{
    connect(&context.jobs, &Jobs::stopRequested, this, [this](int job) {
        if (job == m_job)
            m_runs.resize(m_at); // what is written stays
    });
}

void LetterExport::begin(std::vector<RunId> runs)
{
    if (runs.empty() || isRunning())
        return;
    auto *dialog =
        new QFileDialog(&m_view, tr("Export %1").arg(lettersText(static_cast<int>(runs.size()))));
    dialog->setObjectName(u"deadExportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("JSON lines (*.jsonl)"));
    dialog->setDefaultSuffix(u"jsonl"_s);
    dialog->selectFile(u"dead-letters.jsonl"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, runs = std::move(runs)](const QString &path) { start(path, runs); });
    dialog->open();
}

void LetterExport::start(const QString &path, std::vector<RunId> runs)
{
    const auto count = static_cast<int>(runs.size());
    m_path = path;
    m_runs = std::move(runs);
    m_at = 0;
    m_gone = m_refused = 0;
    m_job = m_context.jobs.add(m_context.backend.now(), tr("Export %1").arg(lettersText(count)),
                               count, u"download"_s);
    next();
}

void LetterExport::next()
{
    if (m_at >= m_runs.size()) {
        finish();
        return;
    }
    devserver::api::then<RunRecord>(
        m_context.backend.ask(devserver::api::RunRecordQuery{m_runs[m_at]}), this,
        [this](const RunRecord &record) { write(record); },
        [this](const devserver::Error &error) {
            noteUnread(error);
            ++m_at;
            m_context.jobs.update(m_job, static_cast<int>(m_at), unread());
            next();
        });
}

void LetterExport::noteUnread(const devserver::Error &error)
{
    if (error.code == devserver::ErrorCode::NotFound)
        ++m_gone;
    else if (++m_refused == 1)
        m_refusal = error;
    QStringList why;
    if (m_gone > 0)
        why.append(tr("%1 could not be read: deleted meanwhile").arg(lettersText(m_gone)));
    if (m_refused > 0)
        why.append(tr("%1 could not be read: %2").arg(lettersText(m_refused), m_refusal.message));
    m_context.jobs.setProblem(m_job, why.join(u". "_s));
}

void LetterExport::write(const RunRecord &record)
{
    // The first that can be read, not the first of the list: an older file is written over.
    const bool isFirst = m_at == static_cast<std::size_t>(unread());
    const auto mode = isFirst ? QIODevice::Truncate : QIODevice::Append;
    m_work.start(
        [path = m_path, mode,
         record = std::make_shared<const RunRecord>(record)](const CancelFlag &) {
            QFile file(path);
            const QByteArray line = lineOf(*record);
            return file.open(QIODevice::WriteOnly | mode) && file.write(line) == line.size()
                           && file.flush()
                       ? QString()
                       : file.errorString();
        },
        [this](const QString &problem) {
            if (!problem.isEmpty()) {
                fail(problem);
                return;
            }
            ++m_at;
            m_context.jobs.update(m_job, static_cast<int>(m_at), unread());
            next();
        });
}

void LetterExport::fail(const QString &why)
{
    m_context.jobs.setProblem(m_job, why);
    m_context.jobs.finish(std::exchange(m_job, 0));
    m_view.infoBars().show(
        {.id = "dead.export"_ba,
         .kind = InfoKind::Error,
         .text = tr("The letters could not be written to %1: %2")
                     .arg(QFileInfo(m_path).fileName(), why),
         .buttons = {},
         .details = errorDetails(u"%1: %2"_s.arg(m_path, why), m_context.backend.now())});
}

void LetterExport::finish()
{
    m_context.jobs.finish(std::exchange(m_job, 0));
    const int written = static_cast<int>(m_at) - unread();
    QString text = tr("%1 written to %2").arg(lettersText(written), QFileInfo(m_path).fileName());
    if (unread() > 0)
        text += u", "_s + tr("%1 could not be read").arg(formatCount(unread()));
    m_view.infoBars().show({.id = "dead.export"_ba,
                            .kind = unread() > 0 ? InfoKind::Warning : InfoKind::Success,
                            .text = text,
                            .buttons = {{tr("Open folder"),
                                         [this, folder = QFileInfo(m_path).absolutePath()] {
                                             m_context.desktop.openUrl(QUrl::fromLocalFile(folder));
                                         }}},
                            .details = {}});
}

} // namespace console

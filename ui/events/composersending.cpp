// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// How the composer sends, and what it says of that.

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/format.h"
#include "ui/core/matchingverdicts.h"
#include "ui/core/nearestnames.h"
#include "ui/events/answersmodel.h"
#include "ui/events/answerspanel.h"
#include "ui/events/composer.h"
#include "ui/events/composerbar.h"
#include "ui/events/draftcopier.h"
#include "ui/events/draftpanes.h"
#include "ui/events/drafttabs.h"
#include "ui/events/drafttarget.h"
#include "ui/events/earlierevents.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/draftloader.h"
#include "ui/widgets/jsoneditor.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>
#include <optional>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype checkedWords = 64 * 1024; ///< of longer texts only the size is said

/// Why nothing can be sent at the moment; empty: it serves.
QString serverProblem(devserver::api::ServerPhase phase)
{
    using devserver::api::ServerPhase;
    switch (phase) {
    case ServerPhase::Serving:
        return {};
    case ServerPhase::Starting:
        return Composer::tr("The server is starting");
    case ServerPhase::Stopping:
        return Composer::tr("The server is stopping");
    case ServerPhase::Stopped:
        return Composer::tr("The server is stopped");
    case ServerPhase::Failed:
        return Composer::tr("The server has failed");
    }
    Q_UNREACHABLE();
}

} // namespace

void Composer::connectSending()
{
    connect(m_editor, &JsonEditor::sendRequested, this, &Composer::send);
    connect(m_bar, &ComposerBar::sendClicked, this, [this] { send(false); });
    connect(m_bar, &ComposerBar::copiesChanged, this, &Composer::check);
    connect(m_bar, &ComposerBar::stopClicked, m_sender, &DraftSender::stop);
    connect(m_bar, &ComposerBar::startServerClicked, this,
            [this] { m_context.actions.action("server.start"_ba)->trigger(); });
    connect(m_bar, &ComposerBar::formatClicked, m_editor, &JsonEditor::format);
    connect(m_bar, &ComposerBar::loadClicked, this,
            [this] { m_loader->ask(QFileInfo(m_context.backend.server().dataFile).path()); });
    connect(m_bar, &ComposerBar::saveClicked, this, &Composer::askName);
    connect(m_bar, &ComposerBar::copyChosen, this, &Composer::copy);
    connect(m_copier, &DraftCopier::refused, this, &Composer::refuse);
    connect(m_copier, &DraftCopier::copied, this, [this] { refuse({}); });
    connect(m_sender, &DraftSender::accepted, this, [this](const Draft &sent, const Draft &asSent) {
        m_history->add(sent, asSent, m_context.backend.now());
        m_hasNewHistory = true;
        m_keepTimer.start();
        m_target->loadNames();
        m_earlier->forget();
        m_context.actions.refresh();
    });
    connect(m_sender, &DraftSender::refused, this, &Composer::refuse);
    connect(m_sender, &DraftSender::refusalEnded, this, &Composer::takeBack);
    connect(m_sender, &DraftSender::progressed, this, &Composer::check);
    connect(m_answers, &QAbstractItemModel::rowsInserted, m_panes, &DraftPanes::needAnswers);
}

void Composer::bindActions()
{
    // Also while the composer is hidden; the window outlives it.
    QWidget *where = parentWidget() == nullptr ? this : window();
    const auto last = [self = QPointer<Composer>(this)]() -> std::optional<Draft> {
        const Composer *composer = self.data();
        const Draft *sent = composer == nullptr ? nullptr : composer->m_history->lastSent();
        return sent == nullptr ? std::nullopt : std::optional(*sent);
    };
    m_context.actions.bind(
        "event.sendLast"_ba, where,
        [self = QPointer<Composer>(this), last] {
            Composer *composer = self.data();
            const std::optional<Draft> draft = last();
            if (composer != nullptr && draft)
                composer->sendDraft({.draft = *draft});
        },
        [last]() -> Availability {
            return {.isEnabled = last().has_value(),
                    .reason = tr("Nothing was sent from here yet"),
                    .text = {}};
        });
}

QString Composer::whyNot() const
{
    if (const QString problem = serverProblem(m_context.backend.server().phase); !problem.isEmpty())
        return problem;
    if (const QString problem = m_target->problem(); !problem.isEmpty())
        return problem;
    if (const std::optional<DraftProblem> &problem = m_editor->problem())
        return tr("Line %1, column %2: %3")
            .arg(problem->line)
            .arg(problem->column)
            .arg(problem->message);
    const qsizetype size = m_editor->draftSize();
    if (size > DraftSender::mostBytes)
        return tr("The event has %1, the limit is %2")
            .arg(formatSize(size), formatSize(DraftSender::mostBytes));
    return {};
}

void Composer::check()
{
    const QString reason = whyNot();
    using devserver::api::ServerPhase;
    const ServerPhase phase = m_context.backend.server().phase;
    m_bar->setServing(phase != ServerPhase::Stopped && phase != ServerPhase::Failed);
    m_bar->setInvoking(m_target->draft().target == Draft::Target::Invoke);
    m_bar->setSending(m_sender->isSending());
    m_bar->setSendable(reason);
    m_answersPanel->setValid(!m_editor->problem());
    m_tabs->showCurrent();
    const bool isSeveral = m_bar->copies().count > 1;
    m_wantsMore = m_wantsMore && isSeveral && m_sender->isSending();
    if (m_sender->isSending() && isSeveral && (m_wantsMore || m_refusal.isEmpty()))
        sayProgress(); // not instead of why one beside them was refused
    else if (!m_refusal.isEmpty())
        m_bar->say(m_refusal, ComposerBar::Mood::Bad);
    else if (m_editor->isCompleting() && m_editor->problem())
        m_bar->say(tr("Enter inserts, Esc closes"), ComposerBar::Mood::Hint);
    else if (!reason.isEmpty())
        m_bar->say(reason, m_target->draft().name.isEmpty() ? ComposerBar::Mood::Hint
                                                            : ComposerBar::Mood::Bad);
    else if (!m_note.isEmpty())
        m_bar->say(m_note, ComposerBar::Mood::Hint);
    else
        sayGood();
}

void Composer::sayProgress()
{
    const QString sent =
        tr("Sent %1 of %2").arg(formatCount(m_sender->done()), formatCount(m_sender->total()));
    if (m_wantsMore)
        m_bar->warn(
            tr("%1: stop these copies or wait before you send more").arg(sent),
            {tr("%1: stop these copies or wait").arg(sent), tr("%1: stop or wait").arg(sent)});
    else
        m_bar->say(sent, ComposerBar::Mood::Busy);
}

/// It can be sent, and nothing would come of it. \returns whether that is so
bool Composer::warnOfNobody()
{
    const Draft now = m_target->draft();
    if (now.target != Draft::Target::Event)
        return false;
    const Starters starters = startersOf(now.name, m_context.catalog.functions());
    if (!starters.certain.isEmpty() || !starters.filtered.isEmpty())
        return false;
    if (!starters.unsupported.isEmpty()) {
        m_bar->warn(tr("No function will start: %1").arg(filterNotSupported()),
                    {filterNotSupported()});
        return true;
    }
    const QString name = QString::fromUtf8(now.name);
    const QString nobody = tr("No function listens to %1").arg(name);
    const QString briefly = tr("Nobody listens: %1").arg(name);
    const QByteArrayList near = nearestNames(now.name, m_context.catalog.triggerNames());
    if (near.isEmpty()) {
        m_bar->warn(nobody, {briefly});
        return true;
    }
    const QString closest = QString::fromUtf8(near.front());
    m_bar->warn(tr("%1. Closest: %2").arg(nobody, closest),
                {tr("Nobody listens. Closest: %1").arg(closest), briefly});
    return true;
}

void Composer::sayGood()
{
    if (warnOfNobody())
        return;
    const QByteArray text = m_editor->draftText();
    QStringList words{tr("Valid JSON"), formatSize(text.size())};
    QStringList missing;
    if (text.size() <= checkedWords) {
        if (const int events = DraftSender::eventCount(text);
            events > 1 && m_target->draft().target == Draft::Target::Event)
            words.append(tr("%Ln event(s)", nullptr, events));
        if (const QString doubt = m_editor->doubt(); !doubt.isEmpty())
            words.append(doubt);
        else if (missing = m_earlier->missingIn(text); !missing.isEmpty())
            words.append(tr("earlier events also had %1"));
    }
    m_bar->say(words.join(u" · "_s), ComposerBar::Mood::Good, missing);
}

void Composer::send(bool opensFirst)
{
    const DraftCopies copies = m_bar->copies();
    const bool isBusy = m_sender->isSending() && copies.count > 1; // one goes beside them
    m_wantsMore = isBusy;
    if (isBusy || !whyNot().isEmpty()) {
        check();
        return;
    }
    const bool isMany = copies.count > 1; // of one nobody sees the rate
    sendDraft({.draft = draft(),
               .copies = copies.count,
               .perSecond = isMany ? std::max(0.0, copies.rate) : 0,
               .isBatch = isMany && copies.rate == DraftCopies::asBatch,
               .isOneByOne = isMany && copies.rate == DraftCopies::oneByOne,
               .opensFirst = opensFirst});
}

void Composer::sendDraft(const SendOrder &order)
{
    m_refusal = m_sender->send(order);
    check();
}

} // namespace console

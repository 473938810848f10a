// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The drafts of the composer: how they come into it, and where they stay.

#include "devserver/api/consolebackend.h"
#include "ui/core/jsonformat.h"
#include "ui/events/composer.h"
#include "ui/events/composerbar.h"
#include "ui/events/draftchanges.h"
#include "ui/events/draftpanes.h"
#include "ui/events/drafttabs.h"
#include "ui/events/drafttarget.h"
#include "ui/events/earlierevents.h"
#include "ui/events/favouritename.h"
#include "ui/widgets/jsoneditor.h"
#include "ui/widgets/settings.h"

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

const QString panesKey = u"composer/panes"_s;
constexpr qsizetype quickJson = 64 * 1024; ///< bytes; more is read on another thread

/// As people write it. What is too large to be edited stays as it is: a layout would only make it
/// larger, and too large to be sent.
QByteArray laidOut(const QByteArray &json)
{
    if (json.size() > JsonEditor::mostEdited)
        return json;
    const FormattedJson formatted = formatJson(json, {.longestString = 0});
    return formatted.error || formatted.text.size() > JsonEditor::mostEdited ? json
                                                                             : formatted.text;
}

} // namespace

Draft Composer::blank()
{
    return {.text = "{\n  \n}"_ba};
}

void Composer::restore()
{
    m_panes->restore(m_context.settings.value(panesKey).toByteArray());
    m_bar->showLists(m_panes->areListsShown());
    setDraft(m_tabs->restore({}, blank()));
    m_restored = draft();
}

void Composer::connectKept()
{
    connect(m_kept, &KeptDrafts::loaded, this, &Composer::takeKept);
    connect(m_kept, &KeptDrafts::problem, this, &Composer::refuse); // until the next key
    connect(m_kept, &KeptDrafts::problem, &m_context.navigator, &Navigator::tellProblem);
    connect(m_kept, &KeptDrafts::problemOver, &m_context.navigator, &Navigator::takeBackProblem);
    connect(&m_context.backend, &devserver::api::ConsoleBackend::serverChanged, m_kept, [this] {
        if (!m_context.backend.server().pause) // there may be room again
            m_kept->tryAgain();
    });
}

void Composer::takeKept(const KeptDrafts::Content &kept)
{
    const Draft now = draft();
    const DraftCopies copies = m_bar->copies();
    m_history->restore(kept.history);
    if (m_hasNewHistory) // sent before the file was read: in front of what it had
        m_keepTimer.start();
    const bool wasWritten = now != m_restored; // before the file was read
    DraftTabs::State tabs = kept.drafts;
    if (wasWritten)
        m_keepTimer.start(); // nothing else may ever say that it is to be kept
    if (wasWritten && tabs.drafts.empty())
        tabs.drafts = {now};
    const Draft shown = m_tabs->restore(tabs, blank());
    if (shown != now)
        setDraft(shown);
    m_restored = draft();
    if (wasWritten && !kept.drafts.drafts.empty())
        m_tabs->add({now, copies});
    check();
}

Draft Composer::draft() const
{
    Draft now = m_target->draft();
    now.text = m_editor->draftText();
    return now;
}

void Composer::setDraft(const Draft &draft, const DraftCopies &copies)
{
    m_target->setDraft(draft);
    if (draft.text.size() > JsonEditor::mostEdited)
        m_editor->setDraftText(blank().text); // what shows when it is removed, not another draft
    m_editor->setDraftText(draft.text);
    m_editor->forgetLarge();
    m_bar->setCopies(copies);
    m_earlier->learn(draft);
}

bool Composer::isUntouched() const
{
    const Draft now = draft();
    const bool isBlank = now.name.isEmpty() && now.text.simplified() == blank().text.simplified();
    const Draft *sent = m_history->lastSent();
    const bool isSent = sent != nullptr && now == *sent;
    return isBlank || isSent || now == m_asItCame;
}

void Composer::put(const Draft &draft)
{
    m_history->endWalk();
    if (isUntouched())
        setDraft(draft);
    else
        m_tabs->open({draft});
    m_asItCame = this->draft();
}

void Composer::takeDraft(Draft draft, const QByteArray &dataJson)
{
    const bool hasName = !draft.name.isEmpty();
    if (!hasName) {
        m_wantsLast = false;
        m_asItCame = {}; // what came stays in its tab, as what somebody wrote does
        put(blank());    // what was sent is in the history
    } else if (dataJson.isEmpty()) {
        draft.text = blank().text;
        put(draft);
        m_wantsLast = true;
        fillIfWanted();
    } else {
        m_wantsLast = false;
        draft.text = laidOut(dataJson);
        put(draft);
    }
    // The dock may be shown by the same signal, after this.
    QTimer::singleShot(0, this, [this, hasName] {
        if (hasName)
            m_editor->setFocus();
        else
            m_target->focusName();
    });
}

void Composer::takeFavourite(const QByteArray &name, const QByteArray &dataJson,
                             const QByteArray &userJson)
{
    m_wantsLast = false;
    put({.target = Draft::Target::Event,
         .name = name,
         .user = userJson,
         .text = laidOut(dataJson)});
    // The dock may be shown by the same signal, after this.
    QTimer::singleShot(0, m_favouriteName, [this, proposed = QString::fromUtf8(name)] {
        m_favouriteName->ask(proposed);
    });
}

void Composer::fillFromLast()
{
    const QByteArray last = m_earlier->lastDataFor(m_target->draft());
    if (last.isEmpty())
        return;
    m_editor->setDraftText(laidOut(last));
    m_editor->setFocus();
}

void Composer::fillIfWanted()
{
    const QByteArray last = m_earlier->lastDataFor(m_target->draft());
    if (!m_wantsLast || last.isEmpty())
        return;
    m_wantsLast = false;
    m_editor->setDraftText(laidOut(last));
    m_editor->setFocus();
    m_asItCame = draft();
}

void Composer::takeFile(const QByteArray &json)
{
    const auto work = [json, now = draft()](const CancelFlag &) { return draftWith(json, now); };
    if (json.size() <= quickJson)
        takeFileDraft(work(CancelFlag(false)));
    else
        m_reading.start(work, [this](const Draft &with) { takeFileDraft(with); });
}

void Composer::takeFileDraft(const Draft &with)
{
    const Draft now = draft();
    if (now != m_atReading) { // it is written in, or another one
        m_tabs->open({with});
        m_asItCame = draft();
    } else if (with.name == now.name && with.target == now.target) {
        m_target->setDraft(with);
        m_editor->setDraftText(with.text); // can be undone
    } else {
        put(with);
    }
    m_editor->setFocus();
}

void Composer::walkHistory(int step)
{
    if (!m_history->isWalking())
        m_copiesBeforeWalk = m_bar->copies();
    const Draft *there = m_history->walk(step, draft());
    if (there != nullptr) // a copy: setting it may be noticed by the history
        setDraft(Draft(*there), m_history->isWalking() ? DraftCopies() : m_copiesBeforeWalk);
}

void Composer::showChanges(int entry)
{
    auto *changes = new DraftChanges(m_context, m_history->at(entry), draft(), this);
    connect(changes, &DraftChanges::chosen, this, [this](const Draft &chosen) {
        put(chosen);
        m_editor->setFocus();
    });
    changes->open();
}

void Composer::takeBack(const QString &problem)
{
    if (m_refusal == problem)
        refuse({});
}

void Composer::keepRemoved(const Draft &draft)
{
    m_history->addRemoved(draft, m_context.backend.now());
    m_hasNewHistory = true;
    m_keepTimer.start();
}

/// Once, not after each edit.
void Composer::sayUnkept()
{
    if (m_isUnkept)
        m_note = tr("The drafts are too large to be all kept when Redrive ends");
    check();
}

void Composer::keep()
{
    m_keepTimer.stop();
    const DraftTabs::State drafts = m_tabs->saved();
    m_kept->keepDrafts(drafts);
    if (std::exchange(m_isUnkept, !drafts.isWhole) == drafts.isWhole)
        sayUnkept();
    if (m_hasNewHistory && m_kept->isLoaded()) {
        m_kept->keepHistory(m_history->saved());
        m_hasNewHistory = false;
    }
    m_context.settings.setValue(panesKey, m_panes->save());
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The drafts of the composer: how they come into it, and where they stay.

#include "devserver/api/consolebackend.h"
#include "ui/core/jsonformat.h"
#include "ui/events/composer.h"
#include "ui/events/composerbar.h"
#include "ui/events/draftpanes.h"
#include "ui/events/drafttabs.h"
#include "ui/events/drafttarget.h"
#include "ui/events/earlierevents.h"
#include "ui/events/jsoneditor.h"
#include "ui/widgets/settings.h"

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

const QString panesKey = u"composer/panes"_s;

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

void Composer::takeKept(const KeptDrafts::Content &kept)
{
    const Draft now = draft();
    m_history->restore(kept.history);
    if (m_hasNewHistory) // sent before the file was read: in front of what it had
        m_keepTimer.start();
    setDraft(m_tabs->restore(kept.drafts, blank()));
    const bool wasWritten = now != m_restored; // before the file was read
    m_restored = draft();
    if (wasWritten)
        m_tabs->open(now);
    check();
}

Draft Composer::draft() const
{
    Draft now = m_target->draft();
    now.text = m_editor->draftText();
    return now;
}

void Composer::setDraft(const Draft &draft)
{
    m_target->setDraft(draft);
    m_editor->setDraftText(draft.text);
    m_earlier->learn(draft);
}

bool Composer::isUntouched() const
{
    const Draft now = draft();
    const bool isBlank = now.name.isEmpty() && now.text.simplified() == blank().text.simplified();
    const bool isSent = m_history->rowCount() > 0 && now == m_history->at(0).draft;
    return isBlank || isSent || now == m_asItCame;
}

void Composer::put(const Draft &draft)
{
    if (isUntouched())
        setDraft(draft);
    else
        m_tabs->open(draft);
    m_asItCame = this->draft();
}

void Composer::takeDraft(Draft::Target target, const QByteArray &name, const QByteArray &dataJson)
{
    if (!name.isEmpty()) {
        Draft taken{.target = target, .name = name};
        const FormattedJson formatted = formatJson(dataJson, {.longestString = 0});
        taken.text = dataJson.isEmpty() ? blank().text
                     : formatted.error  ? dataJson
                                        : formatted.text;
        put(taken);
        m_wantsLast = dataJson.isEmpty();
        fillIfWanted();
    }
    // The dock may be shown by the same signal, after this.
    QTimer::singleShot(0, this, [this, hasName = !name.isEmpty()] {
        if (hasName)
            m_editor->setFocus();
        else
            m_target->focusName();
    });
}

void Composer::fillFromLast()
{
    const FormattedJson formatted =
        formatJson(m_earlier->lastDataFor(m_target->draft()), {.longestString = 0});
    if (formatted.error || formatted.text.isEmpty())
        return;
    m_editor->setDraftText(formatted.text);
    m_editor->setFocus();
}

void Composer::fillIfWanted()
{
    if (!m_wantsLast || m_earlier->lastDataFor(m_target->draft()).isEmpty())
        return;
    fillFromLast();
    m_asItCame = draft();
}

void Composer::takeFile(const QByteArray &json)
{
    const Draft now = draft();
    const Draft with = draftWith(json, now);
    if (with.name == now.name && with.target == now.target)
        m_editor->setDraftText(with.text); // can be undone
    else
        put(with);
    m_editor->setFocus();
}

void Composer::walkHistory(int step)
{
    if (const Draft *there = m_history->walk(step, draft()))
        setDraft(Draft(*there)); // a copy: setting it may be noticed by the history
}

void Composer::keep()
{
    m_keepTimer.stop();
    m_kept->keepDrafts(m_tabs->save());
    if (m_hasNewHistory && m_kept->isLoaded()) {
        m_kept->keepHistory(m_history->save());
        m_hasNewHistory = false;
    }
    m_context.settings.setValue(panesKey, m_panes->save());
}

} // namespace console

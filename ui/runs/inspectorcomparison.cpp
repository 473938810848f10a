// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Two attempts beside each other: which ones can be compared, and what differs between them.

#include "ui/core/attemptfacts.h"
#include "ui/runs/inspectorattempts.h"
#include "ui/runs/inspectortable.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;

QToolButton *InspectorAttempts::makeStepButton(const QString &name, const QString &words,
                                               const QString &icon, int direction)
{
    auto *button = new QToolButton(m_detail);
    button->setObjectName(name);
    button->setIcon(m_context.icons.icon(icon, Token::TextDim));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(words);
    connect(button, &QToolButton::clicked, this, [this, direction] { m_diff->step(direction); });
    return button;
}

void InspectorAttempts::bindActions()
{
    ActionRegistry &actions = m_context.actions;
    actions.bind(
        "attempts.compare"_ba, m_table, [this] { compareWithPrevious(); },
        [this]() -> Availability {
            const QString reason = whyNotCompare();
            return {.isEnabled = reason.isEmpty(), .reason = reason, .text = {}};
        });
    const auto bindStep = [&](const QByteArray &id, int direction) {
        actions.bind(
            id, this, [this, direction] { m_diff->step(direction); },
            [this]() -> Availability {
                const bool isShown = m_diff->isVisible();
                return {.isEnabled = isShown && m_diff->differences() > 0,
                        .reason = isShown ? tr("They do not differ")
                                          : tr("Two attempts have to be compared first"),
                        .text = {}};
            });
        connect(actions.action(id), &QAction::changed, this, &InspectorAttempts::showKeys);
    };
    bindStep("attempts.nextDifference"_ba, 1);
    bindStep("attempts.previousDifference"_ba, -1);
    showKeys();
    m_table->giveMenu({"attempts.compare"_ba, {}});
}

/// In the hints of the buttons; people can choose others.
void InspectorAttempts::showKeys()
{
    const ActionRegistry &actions = m_context.actions;
    m_previousPlace->setToolTip(
        actions.withKeys(m_previousPlace->accessibleName(), "attempts.previousDifference"_ba));
    m_nextPlace->setToolTip(
        actions.withKeys(m_nextPlace->accessibleName(), "attempts.nextDifference"_ba));
}

void InspectorAttempts::wrapDiff()
{
    m_diff->setWraps(m_context.settings.wrapsLines());
    const QString words = tr("Wrap lines");
    m_wrap->setEnabled(m_diff->canWrap());
    m_wrap->setToolTip(m_diff->canWrap() ? words : tr("A line here is too long to be wrapped."));
}

/// \a isNamed  by its title what both are of
QString InspectorAttempts::onlyIn(const AttemptModel::Row &row, bool isNamed) const
{
    return isNamed ? tr("only in attempt %1").arg(QString::number(row.attempt.attempt + 1))
                   : tr("only in %1, %2").arg(row.name, attemptWords(row, retries()));
}

bool InspectorAttempts::isPair() const
{
    const std::vector<int> rows = selectedRows();
    return rows.size() == 2 && std::all_of(rows.begin(), rows.end(), [this](int row) {
               return m_model->row(row).kind == AttemptModel::Row::Kind::Attempt;
           });
}

/// Empty: there is one, and one before it.
QString InspectorAttempts::whyNotCompare() const
{
    using Kind = AttemptModel::Row::Kind;
    const std::vector<int> rows = selectedRows();
    const bool hasFold = std::any_of(
        rows.begin(), rows.end(), [this](int row) { return m_model->row(row).kind == Kind::Same; });
    if (hasFold)
        return tr("Unfold the line of equal errors and choose one or two of its attempts");
    if (rows.size() != 1)
        return tr("Choose one attempt, or two, to compare them");
    if (m_model->row(rows.front()).kind == Kind::Next)
        return tr("This attempt has not begun");
    return m_model->hasPrevious(rows.front())
               ? QString()
               : tr("It is the first attempt of this step. Choose another one, too");
}

/// The button can do what the key does.
void InspectorAttempts::showCompare()
{
    const QString reason = whyNotCompare();
    m_compare->setEnabled(reason.isEmpty());
    m_compare->setToolTip(
        reason.isEmpty() ? m_context.actions.withKeys(
            tr("With the attempt before. Or choose two attempts."), "attempts.compare"_ba)
                         : reason);
    m_compare->setAccessibleDescription(m_compare->toolTip());
}

void InspectorAttempts::showPair()
{
    const std::vector<int> rows = selectedRows(); // the newer one on top
    const AttemptModel::Row &before = m_model->row(rows[1]);
    const AttemptModel::Row &after = m_model->row(rows[0]);
    const QString numbers[] = {QString::number(before.attempt.attempt + 1),
                               QString::number(after.attempt.attempt + 1)};
    const bool areAlike = before.name == after.name && before.attempt.cycle == after.attempt.cycle;
    m_title->setText(
        areAlike ? tr("Attempt %1 compared with %2 · %3").arg(numbers[0], numbers[1], before.name)
                 : tr("Compared: %1 / %2")
                       .arg(attemptTitle(before, retries()), attemptTitle(after, retries())));
    m_pairWords = {onlyIn(before, areAlike), onlyIn(after, areAlike)};
    showLegend();
    m_pages->setCurrentWidget(m_diff);
    const std::array pair = {before.attempt.request, after.attempt.request};
    if (pair == m_pair)
        return;
    m_pair = pair;
    compare(comparedBytes);
}

/// The signs of the lines, as they are written there.
void InspectorAttempts::showLegend()
{
    const auto coloured = [this](Token token, const QString &words) {
        return u"<span style=\"color:%1\">%2</span>"_s.arg(m_context.theme.color(token).name(),
                                                           words.toHtmlEscaped());
    };
    m_legend->setText(coloured(Token::StateFailed, u"- "_s + m_pairWords[0]) + u" &nbsp; &nbsp;"_s
                      + coloured(Token::StateCompleted, u"+ "_s + m_pairWords[1]));
}

void InspectorAttempts::compare(qsizetype mostBytes)
{
    const auto find = [this](const devserver::RequestId &request) -> const Attempt * {
        for (const Attempt *attempt : m_inspection.attempts()) {
            if (attempt->request == request)
                return attempt;
        }
        return nullptr;
    };
    const Attempt *before = find(m_pair[0]);
    const Attempt *after = find(m_pair[1]);
    if (before == nullptr || after == nullptr)
        return;
    m_diffJob.start(
        [record = m_inspection.run, before = *before, after = *after,
         mostBytes](const CancelFlag &isCancelled) {
            return diffAttempts(*record, before, after, mostBytes, &isCancelled);
        },
        [this](const AttemptDiff &diff) {
            std::vector<DiffView::Part> parts;
            for (const AttemptDiff::Part &part : diff.parts)
                parts.push_back({.title = part.title,
                                 .note = part.note,
                                 .lines = part.lines,
                                 .areEqual = part.areEqual});
            m_diff->setParts(parts);
            wrapDiff();
            m_compareAnyway->setVisible(diff.hasTooLarge());
            m_previousPlace->setEnabled(m_diff->differences() > 0);
            m_nextPlace->setEnabled(m_diff->differences() > 0);
            m_context.actions.refresh();
        });
}

void InspectorAttempts::compareWithPrevious()
{
    const std::vector<int> rows = selectedRows();
    if (!whyNotCompare().isEmpty())
        return;
    const devserver::RequestId request = m_model->row(rows.front()).attempt.request;
    const int previous = m_model->revealPrevious(rows.front());
    const int now = m_model->reveal(request);
    if (previous < 0 || now < 0)
        return;
    const bool wasFromButton = m_compare->hasFocus(); // which goes
    QItemSelection both;
    for (const int row : {now, previous})
        both.select(m_model->index(row, 0), m_model->index(row, AttemptModel::ColumnCount - 1));
    m_table->selectionModel()->select(both, QItemSelectionModel::ClearAndSelect);
    if (wasFromButton)
        m_diff->setFocus(Qt::OtherFocusReason);
}

} // namespace console

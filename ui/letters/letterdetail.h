// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QAbstractItemModel;
class QLabel;
class QTabWidget;
class QLayout;
class QTableView;
class QToolButton;

namespace console {

class AttemptModel;
class CallModel;
class ElidedLabel;
class EmptyState;
class IdLabel;
class LetterCalls;
class LetterError;
class LetterHistoryModel;
class PayloadView;
struct Context;

/// The selected dead letter: why it died, what a retry keeps, its data, attempts and history
/// (ui.md 11).
class LetterDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit LetterDetail(Context &context, QWidget *parent = nullptr);

    /// Asks for the record only if it is another letter or it changed.
    void showLetter(const devserver::api::LetterSummary &letter);
    void clear();
    /// Asks again if the record could not be read.
    void tryAgain();

    /// Of the letter that is shown; null until it is there.
    [[nodiscard]] const devserver::api::RunRecord *record() const { return m_record.get(); }

    /// `data` of the event that started it; empty if it is not known.
    [[nodiscard]] static QByteArray dataOf(const devserver::api::RunRecord &record);

Q_SIGNALS:
    /// A link was used and nothing can be opened: why.
    void problem(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    [[nodiscard]] QTableView *makeTable(QAbstractItemModel *model, const QString &name,
                                        const QString &spoken);
    [[nodiscard]] QLayout *makeHeader();
    void showFacts();
    void showThatThereIs(bool isThere);
    [[nodiscard]] QString deadSince(devserver::TimePoint time) const;
    /// `20 m ago` goes on.
    void tick();
    void ask();
    void showRecord();
    void showKeeps();
    /// Null if it is not resolved by one.
    [[nodiscard]] devserver::RunId editedRun() const;
    void showKeepsIcon();
    void emptyTabs();
    [[nodiscard]] QWidget *makeProblem();
    /// On the tab that is shown; the one of the error has its own words for it.
    void showProblem();

    Context &m_context;
    std::optional<devserver::api::LetterSummary> m_letter;
    std::shared_ptr<const devserver::api::RunRecord> m_record;
    QPointer<devserver::api::Reply> m_request;
    QWidget *m_whole; ///< what there is of a letter
    QWidget *m_scroll = nullptr;
    EmptyState *m_nothing;
    QLabel *m_title;
    ElidedLabel *m_facts;
    QLabel *m_dot; ///< between them and the id
    IdLabel *m_id;
    QLabel *m_keepsIcon;
    ElidedLabel *m_keeps;
    QLabel *m_edited;             ///< in its place: leads to the run that goes on with other data
    QWidget *m_problem = nullptr; ///< why there is nothing on the tabs
    QLabel *m_problemWords = nullptr;
    QTabWidget *m_tabs;
    LetterError *m_error;
    PayloadView *m_payload;
    AttemptModel *m_attempts;
    LetterHistoryModel *m_history;
    CallModel *m_callModel;
    LetterCalls *m_calls = nullptr;
    QTimer m_texts;
};

} // namespace console

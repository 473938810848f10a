// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/filtercompletion.h"
#include "ui/core/filterparser.h"

#include <QLineEdit>
#include <QPointer>
#include <QTimer>

#include <vector>

class QAction;
class QCompleter;
class QStandardItem;
class QStandardItemModel;

namespace devserver::api {
class Reply;
struct Count;
} // namespace devserver::api

namespace console {

struct Context;

/// The filter line of a list (ui.md §17): parses on every key, colours what it understands, applies
/// 250 ms after the last key or at once on Enter; a wrong line leaves the last valid filter in
/// force. Up and Down at an empty line go through the history. GUI thread.
class FilterEdit final : public QLineEdit
{
    Q_OBJECT

public:
    /// \a name is the object name; the history is kept by subject.
    FilterEdit(Context &context, FilterSubject subject, const QByteArray &name,
               QWidget *parent = nullptr);

    /// The last valid one.
    [[nodiscard]] const devserver::api::Filter &filter() const { return m_filter; }

    /// What is wrong with the line now.
    [[nodiscard]] const std::optional<FilterError> &error() const { return m_parsed.error; }

    /// Another line, at once: for places of the history and the navigator. Emits if it differs.
    void setLine(const QString &line);
    /// The line of a filter, for chips and cells; emits if it differs.
    void apply(const devserver::api::Filter &filter);
    /// One term more, for a cell: only this, or not this. \returns false if it is no term
    bool addCondition(const QString &term, bool isNegated);

    /// Names for completion; functions, apps and event triggers are known without it.
    void setValues(FilterValues values) { m_values = std::move(values); }

    /// Counts for completion, of a list that is here; others are asked of the engine.
    void setCounter(std::function<int(const devserver::api::Filter &)> count)
    {
        m_counter = std::move(count);
    }

    /// The view of saved filters about this subject: `runs`, `events`, `dead`, `waiting`.
    [[nodiscard]] QByteArray viewName() const;

    [[nodiscard]] QSize sizeHint() const override;

    /// Left edge of a character, for the message below.
    [[nodiscard]] int xOf(int position) const;

Q_SIGNALS:
    void filterChanged(const devserver::api::Filter &filter);
    /// After 400 ms without a key, but not as long as something is proposed or a value is to come
    /// at the caret; empty: nothing is wrong any more.
    void errorShown(const QString &message, int position);
    void wentDown(); ///< to what was found, where Down does not walk through earlier ones
    void left();     ///< by that, or by Esc in an empty line

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void parse();
    void showStar();
    void colour();
    void applyNow();
    void showError();
    void sayError(bool isShown);
    [[nodiscard]] QString whatIsShown() const;
    [[nodiscard]] bool isBeingWritten() const;
    void showCompletions();
    [[nodiscard]] ParsedFilter filterWithProposal(const QStandardItem &proposal) const;
    /// How many rows each proposed value finds, from the engine.
    void askCounts();
    void showCount(const QPersistentModelIndex &place, const devserver::api::Count &count);
    void complete(const QModelIndex &index);
    [[nodiscard]] QStringList knownValues(const QByteArray &key) const;
    [[nodiscard]] bool walkHistory(int step);
    void remember();
    [[nodiscard]] QString historyKey() const;

    Context &m_context;
    FilterSubject m_subject;
    FilterValues m_values;
    std::function<int(const devserver::api::Filter &)> m_counter;
    ParsedFilter m_parsed;
    devserver::api::Filter m_filter;
    QAction *m_icon;
    QAction *m_star;
    QAction *m_clear;
    QCompleter *m_completer;
    QStandardItemModel *m_proposals;
    std::vector<QPointer<devserver::api::Reply>> m_counting;
    QTimer m_countTimer;
    QTimer m_applyTimer;
    QTimer m_errorTimer;
    int m_proposalStart = 0;
    int m_proposalLength = 0;
    QByteArray m_proposalKey; ///< whose values are proposed; empty: keys are
    int m_historyAt = -1;     ///< -1: not in the history
    bool m_isErrorShown = false;
};

} // namespace console

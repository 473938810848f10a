// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/core/draft.h"
#include "ui/widgets/context.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace console {

class AnswersModel;
class PlainTable;

/// The right side of the composer: who would start, and what each send did start (ui.md §10). Where
/// it is low, only the one that matters now.
class AnswersPanel final : public QWidget
{
    Q_OBJECT

public:
    AnswersPanel(Context &context, AnswersModel *answers, QWidget *parent = nullptr);

    /// Says which functions listen to it, or which name was probably meant.
    void showTarget(const Draft &draft);
    /// While its text is no JSON nobody is started yet.
    void setValid(bool isValid);

    /// Of some answers; the others scroll.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A row of a run.
    void opened(devserver::RunId run);
    void nameWanted(const QByteArray &name);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeTable(AnswersModel *answers);
    /// A refusal or a reason is a sentence: it is read whole, over all columns. A send has no
    /// state.
    void span();
    void arrange();
    void fitColumns();
    /// Fills the lines above the answers.
    void sayWho(const Draft &draft);
    void sayStarters(const QByteArray &name);
    void showTitle();

    Context &m_context;
    AnswersModel *m_answers;
    QLabel *m_title;
    QLabel *m_who;
    QLabel *m_doubts; ///< who listens and does not start, or perhaps not
    QToolButton *m_useNearest;
    QByteArray m_nearest;
    bool m_isValid = true;
    bool m_isAnyone = false; ///< would start
    bool m_isTight = false;  ///< too low for what is said of them
    QLabel *m_heading;       ///< of the answers
    QLabel *m_hint;
    PlainTable *m_table;
    QTimer m_fitTimer; ///< many runs change at once
};

} // namespace console

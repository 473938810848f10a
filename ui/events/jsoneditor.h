// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/fieldprofile.h"
#include "ui/core/jsoncheck.h"
#include "ui/widgets/backgroundjob.h"

#include <QPlainTextEdit>
#include <QTimer>

#include <optional>
#include <vector>

namespace console {

class DraftCompleter;
class DraftHighlighter;
struct Context;

/// Edits a draft: JSON with comments and placeholders (ui.md §10). Checked 200 ms after the last
/// key; what is wrong is underlined and said at the end of its line, what is unusual has a dotted
/// line and says why under the mouse.
class JsonEditor final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit JsonEditor(Context &context, QWidget *parent = nullptr);

    /// Replaces all, can be undone, checked at once.
    void setDraftText(const QByteArray &text);
    [[nodiscard]] QByteArray draftText() const;
    void setShape(DraftShape shape);

    void setProfile(const FieldProfile *profile);
    /// The profile has learnt something.
    void lookForDoubts();

    [[nodiscard]] const std::optional<DraftProblem> &problem() const { return m_problem; }

    /// Proposals are shown: what is written is not whole yet.
    [[nodiscard]] bool isCompleting() const;

    /// The text was not checked since it was changed.
    [[nodiscard]] bool isChecking() const { return m_checkTimer.isActive() || m_job.isRunning(); }

    /// A value whose type earlier events did not have; empty: there is none. Nothing is wrong then.
    [[nodiscard]] QString doubt() const;

    /// Two spaces per level; of a text that is not right it goes to the place where it is not.
    void format();

    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

Q_SIGNALS:
    /// The text was checked, or is being checked again.
    void checked();
    /// Ctrl+Enter; with Shift: and go to the first run.
    void sendRequested(bool opensFirst);
    /// Ctrl+Up (-1) and Ctrl+Down.
    void historyRequested(int step);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void check();
    void take(std::optional<DraftProblem> problem);
    void showMarks();

    [[nodiscard]] bool showsProblem() const { return m_problem && !isCompleting(); }

    void markProblem(QList<QTextEdit::ExtraSelection> &marks) const;
    void goToProblem();
    [[nodiscard]] int positionOf(qsizetype byte) const;
    [[nodiscard]] QString helpAt(const QPoint &place) const;
    [[nodiscard]] bool takeCommand(const QKeyEvent &event);

    Context &m_context;
    DraftHighlighter *m_highlighter;
    QWidget *m_gutter;
    DraftCompleter *m_completer;
    const FieldProfile *m_profile = nullptr;
    std::vector<FieldProfile::Doubt> m_doubts; ///< of the text as it was checked
    DraftShape m_shape = DraftShape::Data;
    std::optional<DraftProblem> m_problem;
    QTimer m_checkTimer;
    BackgroundJob m_job;
};

} // namespace console

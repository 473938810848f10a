// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/fieldprofile.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/theme.h"
#include "ui/widgets/backgroundjob.h"
#include "ui/widgets/numberededit.h"

#include <QList>
#include <QTimer>

#include <optional>
#include <vector>

namespace console {

class DraftCompleter;
class DraftHighlighter;
class LargeDraft;
struct Context;

/// Edits a draft: JSON with comments and placeholders (ui.md §10). Checked 200 ms after the last
/// key; what is wrong is underlined and said at the end of its line, what is unusual has a dotted
/// line and says why under the mouse. A text with more than `mostEdited` is shown but not edited,
/// over what was edited before, however it comes: pasted, dropped, or as a draft. Ctrl+Z and
/// Ctrl+Shift+Z go over the change from one to the other, too.
class JsonEditor final : public NumberedEdit
{
    Q_OBJECT

public:
    static constexpr qsizetype mostEdited = 64 * 1024; ///< bytes; takes some 20 ms to lay out

    explicit JsonEditor(Context &context, QWidget *parent = nullptr);

    /// Replaces all, can be undone, checked at once.
    void setDraftText(const QByteArray &text);
    /// Another draft is shown: Ctrl+Z does not go to large texts of the one before.
    void forgetLarge();
    [[nodiscard]] QByteArray draftText() const;
    /// Bytes, or characters of a text that is edited. Cost: none.
    [[nodiscard]] qsizetype draftSize() const;
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

Q_SIGNALS:
    /// By its button; undo brings it back as long as nothing else is put in its place.
    void largeRemoved(const QByteArray &text);
    /// The text was checked, or is being checked again.
    void checked();
    /// Ctrl+Enter; with Shift: and go to the first run.
    void sendRequested(bool opensFirst);
    /// Ctrl+Up (-1) and Ctrl+Down.
    void historyRequested(int step);
    /// A pasted or dropped text has more than can be sent; nothing was changed.
    void tooLarge(qsizetype size);
    void fileDropped(const QString &path);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    [[nodiscard]] bool isWrong(int line) const override;

private:
    void check();
    void take(std::optional<DraftProblem> problem);
    void showMarks() override;

    [[nodiscard]] bool showsProblem() const { return m_problem && !isCompleting() && !isLarge(); }

    /// What Ctrl+Z or Ctrl+Shift+Z brings back although the document does not have it.
    struct Stand {
        QByteArray large; ///< empty: the document was shown
        int steps = 0;    ///< of undo that the document had
        int since = 0;    ///< its `m_since`
    };

    [[nodiscard]] bool isLarge() const;
    [[nodiscard]] Stand stand() const;
    void noteStand();
    void setLarge(const QByteArray &text);
    void showLarge(const QByteArray &text);
    void leaveLarge(const QByteArray &text);
    void removeLarge();
    void goTo(const Stand &there);
    bool undoLarge();
    bool redoLarge();
    void editLarge();
    void formatLarge();
    [[nodiscard]] bool isLargeKey(const QKeyEvent &event) const;
    bool takeLargeKey(QKeyEvent *event);
    [[nodiscard]] bool wouldBeLarge(qsizetype pasted) const;

    void goToEmptyLine();
    void markCaret(QList<QTextEdit::ExtraSelection> &marks) const;
    void markProblem(QList<QTextEdit::ExtraSelection> &marks) const;
    void paintBand();
    void goToProblem();
    [[nodiscard]] int positionOf(qsizetype byte) const;
    [[nodiscard]] QString helpAt(const QPoint &place) const;

    enum class Command { None, Send, SendAndOpen, Older, Newer, Propose, Format };

    [[nodiscard]] static Command commandOf(const QKeyEvent &event);
    [[nodiscard]] static bool isSending(const QKeyEvent &event);
    [[nodiscard]] bool takeCommand(const QKeyEvent &event);

    [[nodiscard]] bool hasComments() const { return m_shape != DraftShape::Object; }

    Context &m_context;
    DraftHighlighter *m_highlighter;
    DraftCompleter *m_completer;
    LargeDraft *m_large;
    const FieldProfile *m_profile = nullptr;
    std::vector<FieldProfile::Doubt> m_doubts; ///< of the text as it was checked
    DraftShape m_shape = DraftShape::Data;
    std::optional<DraftProblem> m_problem;
    QTimer m_checkTimer;
    BackgroundJob m_job;
    BackgroundJob m_unfolding;   ///< of a large text
    BackgroundJob m_layingOut;   ///< of the same, for the screen
    std::vector<Stand> m_undone; ///< for Ctrl+Z, the last one first to come back
    std::vector<Stand> m_redone; ///< for Ctrl+Shift+Z
    int m_since = 0;             ///< steps of the document when it, or the large text, was shown
};

} // namespace console

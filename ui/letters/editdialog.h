// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/lettersummaries.h"
#include "devserver/model/rawjson.h"
#include "ui/core/lineindex.h"
#include "ui/widgets/askingdialog.h"
#include "ui/widgets/backgroundjob.h"

#include <QList>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace console {

class BigTextView;
class CodeEdit;
class DraftLoader;
class ElidedLabel;
class FacingScroll;
class JsonEditor;
struct Context;

/// Retry with other data: what was sent on the left, what will be on the right, changed lines
/// marked (ui.md 11). Checked as in the composer; data that are too large to be edited are shown
/// and can be replaced, as there. Shown by `open`.
class EditDialog final : public AskingDialog
{
    Q_OBJECT

public:
    /// \a sent: the data as they were.
    EditDialog(Context &context, const devserver::api::LetterSummary &letter,
               const QByteArray &sent, QWidget *parent);

    /// Why the engine did not take it; the dialog stays.
    void showRefusal(const QString &why);

Q_SIGNALS:
    /// \a why  the note of who did it; may be empty
    void chosen(const devserver::RawJson &data, bool reusesSteps, const QString &why);

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeLayout(const devserver::api::LetterSummary &letter);
    [[nodiscard]] QLayout *makeSides();
    /// \a beside  the title, at the other end
    [[nodiscard]] QWidget *makeSide(const QString &title, QWidget *edit,
                                    const QList<QWidget *> &beside);
    [[nodiscard]] QWidget *makeOld();
    [[nodiscard]] QToolButton *makeLoad();
    [[nodiscard]] QLabel *makeKept(const QString &keeps);
    [[nodiscard]] QLayout *makeWhy();
    [[nodiscard]] QLayout *makeTitle(const devserver::api::LetterSummary &letter);
    /// Of equal size, whatever stands above them, and however narrow the dialog is.
    void keepSides();
    void connectParts();
    void read(const QByteArray &sent);
    void showData(const QByteArray &text, const LineIndexPtr &lines);
    void check();
    void go();
    void compare();
    [[nodiscard]] QString status() const;
    void say(const QString &status, bool isGood);
    void sayNote(const QString &note, bool isGood);
    void dress();

    Context &m_context;
    CodeEdit *m_old;
    BigTextView *m_oldLarge; ///< instead of it
    JsonEditor *m_new;
    FacingScroll *m_scroll;
    DraftLoader *m_loader;
    QLineEdit *m_why;
    QLabel *m_statusIcon;
    ElidedLabel *m_status; ///< whether the data can be sent
    QToolButton *m_load;
    QList<QWidget *> m_sides;
    QLabel *m_note;
    QCheckBox *m_keeps;
    QPushButton *m_go;
    QByteArray m_sent;   ///< as it came
    QByteArray m_before; ///< as the right side was
    bool m_isGood = true;
    bool m_isNoteGood = true;
    bool m_isRead = false;
    bool m_wantsGo = false; ///< when it is checked
    BackgroundJob m_reading;
    BackgroundJob m_comparing;
};

} // namespace console

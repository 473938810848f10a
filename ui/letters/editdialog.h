// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/lettersummaries.h"
#include "devserver/model/rawjson.h"
#include "ui/widgets/askingdialog.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace console {

class ExactTextEdit;
struct Context;

/// Retry with other data: what was sent on the left, what will be on the right, changed lines
/// marked (ui.md 11). Shown by `open`.
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

private:
    [[nodiscard]] QLayout *makeSides(const QByteArray &sent);
    /// \a beside  the title, at the other end; may be null.
    [[nodiscard]] QWidget *makeSide(const QString &title, ExactTextEdit *edit, QWidget *beside);
    [[nodiscard]] QLabel *makeKept(const QString &keeps);
    [[nodiscard]] QLayout *makeWhy();
    [[nodiscard]] QLayout *makeTitle(const devserver::api::LetterSummary &letter);
    [[nodiscard]] QWidget *makeStatus();
    void showStatus(const QString &problem, qint64 size);
    void check();
    void markChanges();

    Context &m_context;
    ExactTextEdit *m_old;
    ExactTextEdit *m_new;
    QLineEdit *m_why;
    QLabel *m_statusIcon;
    QLabel *m_status; ///< whether the data can be sent
    QLabel *m_note;
    QCheckBox *m_keeps;
    QPushButton *m_go;
};

} // namespace console

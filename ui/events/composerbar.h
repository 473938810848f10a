// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/copyas.h"
#include "ui/widgets/context.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace console {

/// The lower row of the composer: what the check says, format, save, copy, copies and rate, send.
class ComposerBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ComposerBar(Context &context, QWidget *parent = nullptr);

    enum class Mood { Good, Bad, Busy, Hint };

    void say(const QString &text, Mood mood);
    /// \a reason it cannot be sent; empty: it can.
    void setSendable(const QString &reason);
    /// While copies are sent the button stops them.
    void setSending(bool isSending);

    [[nodiscard]] int copies() const;
    [[nodiscard]] double perSecond() const;

Q_SIGNALS:
    void sendClicked();
    void stopClicked();
    void formatClicked();
    void saveClicked();
    void copyChosen(console::CopyLanguage language);

private:
    [[nodiscard]] std::vector<QWidget *> makeDraftButtons();
    void makeLayout(const std::vector<QWidget *> &draftButtons);
    [[nodiscard]] QToolButton *makeButton(const QString &name, const QString &icon,
                                          const QString &text, const QString &tip);
    void showMood();

    Context &m_context;
    QLabel *m_icon;
    QLabel *m_status;
    QSpinBox *m_copies;
    QComboBox *m_rate;
    QPushButton *m_send;
    Mood m_mood = Mood::Good;
    bool m_isSending = false;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/copyas.h"
#include "ui/events/draftcopies.h"
#include "ui/widgets/context.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace console {

class PrimaryButton;

/// The lower rows of the composer: what the check says, whole; below it lists, format, load, save,
/// copy, copies and rate, send.
class ComposerBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ComposerBar(Context &context, QWidget *parent = nullptr);

    enum class Mood { Good, Bad, Doubtful, Busy, Hint };

    /// \a names  stand for the %1 of \a text, as many as there is room for; empty: it has none.
    void say(const QString &text, Mood mood, const QStringList &names = {});
    /// \a shorter  instead of the text where that does not fit, the longest first
    void warn(const QString &text, const QStringList &shorter);
    /// \a reason it cannot be sent; empty: it can.
    void setSendable(const QString &reason);
    /// While copies are sent the button stops them; with one copy it sends that beside them.
    void setSending(bool isSending);
    /// What the button and the keys do is called.
    void setInvoking(bool isInvoking);
    /// Without a server the button starts it.
    void setServing(bool isServing);
    /// Favourites and history.
    void showLists(bool areShown);

    void setCopies(const DraftCopies &copies);
    [[nodiscard]] DraftCopies copies() const;

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sendClicked();
    void stopClicked();
    void copiesChanged();
    void startServerClicked();
    void listsToggled(bool areShown);
    void formatClicked();
    void loadClicked();
    void saveClicked();
    void copyChosen(console::CopyLanguage language);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeDraftButtons();
    void makeCopies();
    void makeLayout();
    void arrange();
    [[nodiscard]] QToolButton *makeButton(const QString &name, const QString &icon,
                                          const QString &text, const QString &tip);
    void showMood();
    void showWords();
    void showKeys();
    [[nodiscard]] QString wordsIn(int room) const;

    Context &m_context;
    QLabel *m_icon;
    QLabel *m_status;
    std::vector<QToolButton *> m_draftButtons;
    QToolButton *m_lists;
    QLabel *m_copiesLabel;
    QSpinBox *m_copies;
    QComboBox *m_rate;
    QLabel *m_keys;
    PrimaryButton *m_send;
    QHBoxLayout *m_row;
    QString m_words; ///< whole, also where there is no room for them
    QStringList m_names;
    QStringList m_shorter;
    Mood m_mood = Mood::Good;
    bool m_isSending = false;
    bool m_isServing = true;
    bool m_isInvoking = false;
    bool m_isSendable = true;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/card.h"

#include <QByteArrayList>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace console {

class PrimaryButton;
struct Context;

/// The sample functions: on and off, and while they are on one button for each event that starts
/// one of them, with what will happen then, one for all of them, and one for a load (ui.md §19).
/// Nobody has to know their names.
class SampleCard final : public Card
{
    Q_OBJECT

public:
    explicit SampleCard(Context &context, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Sample events are on their way; which, in a sentence.
    void sent(const QString &words);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Entry {
        QPushButton *button = nullptr;
        QLabel *text = nullptr;
    };

    void makeHead();
    void makeAnswer();
    void showState();
    /// Buttons for the triggers that are there now.
    void showEvents();
    void makeEntries();
    void showLoad();
    void followLoad();
    void arrange();
    void switchSample();
    void switchLoad();
    void send(const QByteArray &event);
    void sendAll();
    /// \param done  said here when they are sent
    /// \param what  subject of the sentence if they are not
    /// \param news  said elsewhere when they are sent
    void send(const QByteArray &json, const QString &done, const QString &what,
              const QString &news);
    void answer(const QString &text, bool isSent);

    Context &m_context;
    QLabel *m_what;
    PrimaryButton *m_all; ///< sends one of each
    QPushButton *m_load;
    PrimaryButton *m_switch;
    QWidget *m_events;
    QGridLayout *m_grid;
    QWidget *m_answerRow;
    QLabel *m_answer;
    QPushButton *m_showRuns;
    std::vector<Entry> m_entries;
    QByteArrayList m_shown; ///< the events that have a button
    int m_columns = 0;
};

} // namespace console

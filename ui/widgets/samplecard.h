// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/card.h"

#include <QByteArray>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace console {

class PrimaryButton;
struct Context;

/// The sample functions: on and off, and while they are on one button for each event that starts
/// one of them, with what will happen then (ui.md §19). Nobody has to know their names.
class SampleCard final : public Card
{
    Q_OBJECT

public:
    explicit SampleCard(Context &context, QWidget *parent = nullptr);

Q_SIGNALS:
    /// One of the sample events is on its way.
    void sent(const QByteArray &event);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Entry {
        QByteArray event;
        QPushButton *button = nullptr;
        QLabel *text = nullptr;
    };

    void makeHead();
    void makeAnswer();
    void showState();
    /// Buttons for the triggers that are there now.
    void showEvents();
    void arrange();
    void switchSample();
    void send(const QByteArray &event);
    void answer(const QString &text, bool isSent);

    Context &m_context;
    PrimaryButton *m_switch;
    QWidget *m_events;
    QGridLayout *m_grid;
    QWidget *m_answerRow;
    QLabel *m_answer;
    QPushButton *m_showRuns;
    std::vector<Entry> m_entries;
    int m_columns = 0;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace console {

class Icons;

/// The line to find words in a text: Enter and F3 go on, Shift goes back, Esc closes.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(Icons &icons, QWidget *parent = nullptr);

    /// Shows it with this text selected; empty: what it had.
    void open(const QString &text);
    void close();

    [[nodiscard]] QString text() const;
    /// \a current counted from 1; \a isMore: there are more than were counted.
    void setCount(int current, int count, bool isMore);

Q_SIGNALS:
    void textChanged(const QString &text);
    void stepped(int direction);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLineEdit *m_text;
    QLabel *m_count;
};

} // namespace console

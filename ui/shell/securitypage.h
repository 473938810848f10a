// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/access.h"
#include "devserver/api/reply.h"

#include <QPointer>
#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace console {

struct Context;

/// Who gets in (ui.md §25): what the server is bound to, whom it lets in, and which keys it knows.
/// All of it is chosen when the program starts, so nothing is changed here; a key can be compared
/// with that of the server.
class SecurityPage final : public QWidget
{
    Q_OBJECT

public:
    explicit SecurityPage(Context &context, QWidget *parent = nullptr);
    ~SecurityPage() override;

protected:
    /// Enter compares; it does not close the settings.
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addFields(QWidget *area);
    [[nodiscard]] QLabel *makeValue(const QString &name);
    QLabel *addHeading(const QString &text);
    [[nodiscard]] QWidget *makeTest();
    [[nodiscard]] QLayout *makeSentence(QLabel *icon, QLabel *text);
    static void standBeside(QLabel *icon, const QLabel *text);
    void dress(QLabel *icon, QLabel *text, bool isGood);
    void showAccess();
    void compare();
    void say(devserver::api::KeyComparison found);
    void paintAnswer();
    void showAnswer();

    Context &m_context;
    QFormLayout *m_form = nullptr;
    QLabel *m_addresses;
    QLabel *m_openIcon;
    QLabel *m_open; ///< other machines get in
    QLabel *m_hosts;
    QLabel *m_origins;
    QLabel *m_eventKeys;
    QLabel *m_signingKey;
    QLabel *m_testHeading = nullptr;
    QWidget *m_test = nullptr;
    QLineEdit *m_key = nullptr;
    QPushButton *m_compare = nullptr;
    QLabel *m_answerIcon;
    QLabel *m_answer = nullptr;
    bool m_isSame = false; ///< what the answer says
    QPointer<devserver::api::Reply> m_reply;
};

} // namespace console

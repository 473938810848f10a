// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QByteArrayList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace console {

class FlowLayout;
struct Context;

/// The four things between an empty window and the first run, each ticked when it is there
/// (ui.md §19): the server, an app, its functions, a run.
class FirstChecks final : public QWidget
{
    Q_OBJECT

public:
    explicit FirstChecks(Context &context, QWidget *parent = nullptr);

    static constexpr int textStart = 26; ///< behind the signs

private:
    enum class Mark { Open, Done, Wrong };

    struct Line {
        QLabel *icon = nullptr;
        QLabel *text = nullptr;
    };

    [[nodiscard]] Line addLine(const QString &name);
    void setLine(const Line &line, Mark mark, const QString &text);
    void buildAddress();
    void showState();
    void showServer();
    void showApps();
    void showAnswerOf(const devserver::App *shown);
    void showFunctions();
    void showSends(const QByteArrayList &events);
    void noteAddress();
    void addAddress();
    void closeAddress();

    Context &m_context;
    Line m_server;
    Line m_app;
    Line m_function;
    Line m_run;
    QPushButton *m_enterAddress;
    QLineEdit *m_address;
    QLabel *m_answer;
    QWidget *m_sends;
    FlowLayout *m_sendRow;
    QByteArrayList m_events; ///< one button each
    QByteArray m_asked;      ///< the address that was entered last
    bool m_isAskedKnown = false;
    qint64 m_runs = 0;
};

} // namespace console

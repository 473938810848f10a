// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QSet>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace console {

struct Context;

/// Why the server does not run, and what to do: the port is taken, the data file is locked or
/// damaged, or anything else (ui.md §19). Shown while the server has failed.
class ServerTrouble final : public QWidget
{
    Q_OBJECT

public:
    explicit ServerTrouble(Context &context, QWidget *parent = nullptr);

protected:
    void focusInEvent(QFocusEvent *event) override;

private:
    void showState();
    void showIcon();
    void explain(const devserver::Error &error);
    /// The first one is the main one.
    [[nodiscard]] QPushButton *addButton(const QString &name, const QString &text);
    void addStartButton(const QString &name, const QString &text, quint16 port);
    void addFileButton(const QString &dataFile);
    void addFolderButton(const QString &folder);
    void openFile(const QString &path);
    void focusMain(Qt::FocusReason reason);
    void start(quint16 port);
    /// To use instead of the one that is taken.
    [[nodiscard]] quint16 otherPort() const;

    Context &m_context;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_path;   ///< of the data file, if it is about that
    QLabel *m_system; ///< what the system says
    QLabel *m_answer;
    QHBoxLayout *m_buttons;
    QSet<quint16> m_taken;    ///< ports that were found taken since the server ran
    quint16 m_chosenPort = 0; ///< instead of those; 0: none was
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/appwords.h"
#include "ui/widgets/context.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace console {

/// Below the list of apps: what to do about the selected one, its functions, and what came of
/// asking it (ui.md §13.2).
class AppDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit AppDetail(Context &context, QWidget *parent = nullptr);

    void showApp(const devserver::App &app, int functions);

Q_SIGNALS:
    /// The app that is shown is to be called there.
    void addressChosen(const QByteArray &url);

private:
    void makeHeader();
    void showState();
    [[nodiscard]] QLabel *makeLabel(const QString &name, bool isDim);
    void showFacts(const QString &address, QStringList facts);
    void showFoundAt(const QByteArray &url);
    void showFunctions(const devserver::App &app);
    void showContacts(const devserver::App &app);

    Context &m_context;
    std::optional<AppState> m_appState; ///< of what is shown
    QLabel *m_icon = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_fix;
    QLabel *m_foundAt;
    QLabel *m_functions;
    QLabel *m_facts;
    QLabel *m_triedTitle;
    QLabel *m_tried;
};

} // namespace console

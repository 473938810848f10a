// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/widgets/context.h"

#include <QWidget>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

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
    /// Its texts of times are made anew. \returns in how long they have to be again; nothing:
    /// never.
    std::optional<std::chrono::milliseconds> refreshTimes();
    /// Somebody asked the app at that address by hand, and it could not be synced: listed also if
    /// the one before came to the same.
    void noteTry(const QByteArray &url, const AppContact &contact);

Q_SIGNALS:
    /// The app that is shown is to be called there.
    void addressChosen(const QByteArray &url);

private:
    void makeHeader();
    void showState();
    [[nodiscard]] QLabel *makeLabel(const QString &name, bool isDim);
    [[nodiscard]] QLabel *makeLinks(const QString &name);
    void showFacts();
    void showFactsText(const QString &address, QStringList facts);
    void showFoundAt(const QByteArray &url);
    void showFunctions(const devserver::App &app);
    void showContacts();
    [[nodiscard]] std::vector<AppContact> tries() const;

    Context &m_context;
    devserver::App m_app;               ///< what is shown
    std::optional<AppState> m_appState; ///< of the same; nothing: nothing is shown
    std::map<QByteArray, std::vector<AppContact>> m_byHand; ///< by address
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

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/clearing.h"
#include "devserver/api/figures.h"
#include "devserver/api/reply.h"

#include <QDialog>
#include <QPointer>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace devserver::api {
struct ServerState;
}

namespace console {

struct Availability;
struct Context;

/// Whether the data of this server can be cleared, or why not.
[[nodiscard]] Availability clearAvailability(const devserver::api::ServerState &server);

/// What is to be cleared, how much that is, and what ends with it (ui.md §6.3, §25). The name of
/// the project has to be typed. Deletes itself when it closes.
class ClearDialog final : public QDialog
{
    Q_OBJECT

public:
    ClearDialog(Context &context, QWidget *window);
    ~ClearDialog() override;

Q_SIGNALS:
    void confirmed(devserver::api::ClearScope scope);

private:
    struct Choice {
        QRadioButton *button;
        QLabel *hint;
    };

    [[nodiscard]] Choice addChoice(const QString &name, const QString &text);
    void addWarning();
    void addName();
    void addButtons();
    void ask();
    /// How much it is and what runs, as it is now.
    void showFigures();
    void showWarning();
    void check();
    void go();
    [[nodiscard]] devserver::api::ClearScope scope() const;

    Context &m_context;
    QString m_project;
    Choice m_history;
    Choice m_everything;
    QWidget *m_warning;
    QLabel *m_warningText;
    QLineEdit *m_name;
    QPushButton *m_go;
    QPointer<devserver::api::Reply> m_reply;
    std::optional<devserver::api::StorageUse> m_use;
    QString m_problem; ///< why the sizes are not known
};

} // namespace console

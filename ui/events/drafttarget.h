// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/draft.h"
#include "ui/widgets/context.h"

#include <QPointer>
#include <QWidget>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QStandardItemModel;

namespace devserver::api {
class Reply;
}

namespace console {

/// The upper row of the composer: event or invoke, the name with completion, the id, and who would
/// listen.
class DraftTarget final : public QWidget
{
    Q_OBJECT

public:
    explicit DraftTarget(Context &context, QWidget *parent = nullptr);

    /// All but the text.
    void setDraft(const Draft &draft);
    [[nodiscard]] Draft draft() const;
    void focusName();
    /// Names of events that were received; asked for anew.
    void loadNames();

    /// What is wrong with the name; empty: nothing.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void edited();
    /// A name was completed or typed to its end.
    void nameChosen(const QByteArray &name);

private:
    void makeRow();
    void showTarget();
    void fillNames();
    void sayWho();

    Context &m_context;
    QButtonGroup *m_target;
    QLineEdit *m_name;
    QLabel *m_idLabel;
    QLineEdit *m_id;
    QLabel *m_who;
    QStandardItemModel *m_names;
    QPointer<devserver::api::Reply> m_request;
    QByteArrayList m_seen; ///< received before
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPointer>

namespace devserver::api {
class Reply;
}

class QHelpEvent;

namespace console {

class ListTable;
struct Context;

/// The tooltip of `Retried`: each retry of the letter with its date and how it went (ui.md 11). The
/// row does not know; the record is asked for when somebody looks.
class RetriedTip final : public QObject
{
    Q_OBJECT

public:
    RetriedTip(Context &context, ListTable &table);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool show(const QHelpEvent &help);

    Context &m_context;
    ListTable &m_table;
    QPointer<devserver::api::Reply> m_request;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/figures.h"
#include "devserver/api/reply.h"

#include <QPointer>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace console {

struct Context;

/// What takes up the space of the data file, by kind (ui.md §25). The server counts when this is
/// shown; leaving it calls the count off.
class StoragePanel final : public QWidget
{
    Q_OBJECT

public:
    explicit StoragePanel(Context &context, QWidget *parent = nullptr);
    ~StoragePanel() override;

    /// Also before it knows the numbers: a window that has room for it keeps its size.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void ask();
    void callOff();
    void take(const devserver::api::StorageUse &use);

    Context &m_context;
    QLabel *m_note;
    QGridLayout *m_rows;
    QPointer<devserver::api::Reply> m_reply;
};

} // namespace console

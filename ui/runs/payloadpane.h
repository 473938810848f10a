// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/widgets/context.h"

#include <QWidget>

class QLabel;

namespace console {

class PayloadView;

/// The Payload tab: what started the run and what it returned, side by side, byte for byte.
class PayloadPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PayloadPane(Context &context, QWidget *parent = nullptr);

    void setRecord(const devserver::api::RunRecord &record);

private:
    [[nodiscard]] QWidget *makeSide(QLabel *title, PayloadView *payload);

    QLabel *m_inputTitle;
    PayloadView *m_input;
    QLabel *m_outputTitle;
    PayloadView *m_output;
};

} // namespace console

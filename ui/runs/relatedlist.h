// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/widgets/context.h"

#include <QWidget>

class QLabel;

namespace console {

class PlainTable;
class RelatedModel;
class TextClock;

/// The Related tab: runs of the same event and of the same chain of reruns, the other end of a
/// failure, the dead letter; Enter or a double click opens one.
class RelatedList final : public QWidget
{
    Q_OBJECT

public:
    explicit RelatedList(Context &context, QWidget *parent = nullptr);

    void setRecord(const devserver::api::RunRecord &record);

    [[nodiscard]] int count() const;
    [[nodiscard]] bool knows(devserver::RunId run) const;

private:
    void open(int row);
    void fitColumns();

    Context &m_context;
    devserver::RunId m_of; ///< the run whose relations they are
    RelatedModel *m_model;
    QLabel *m_empty;
    PlainTable *m_list;
    TextClock *m_texts;
};

} // namespace console

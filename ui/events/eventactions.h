// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "ui/core/copyas.h"
#include "ui/widgets/context.h"

#include <QObject>

#include <functional>

class QMenu;

namespace console {

class ListTable;
class View;

/// The `event.*` actions of the selected event (ui.md §9).
class EventActions final : public QObject
{
    Q_OBJECT

public:
    EventActions(Context &context, View &view, ListTable &table);

    /// The context menu; the caller shows it.
    [[nodiscard]] QMenu *makeMenu() const;

private:
    using Record = devserver::api::EventRecord;

    void bind(const QByteArray &id, std::function<void(const Record &)> run,
              QString (EventActions::*whyNot)() const = nullptr);
    [[nodiscard]] QString whyNoRuns() const;
    void withRecord(const std::function<void(const Record &)> &run);
    void sendAgain(const Record &record);
    void copy(CopyLanguage language, const Record &record);

    Context &m_context;
    View &m_view;
    ListTable &m_table;
};

} // namespace console

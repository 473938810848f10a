// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/core/draft.h"
#include "ui/core/fieldprofile.h"
#include "ui/widgets/context.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace devserver::api {
class Reply;
}

namespace console {

/// What was sent before under a name: proposals for the editor are made of it, and the last data
/// can be taken over (ui.md §10). GUI thread.
class EarlierEvents final : public QObject
{
    Q_OBJECT

public:
    explicit EarlierEvents(Context &context, QObject *parent = nullptr);

    /// Asks for the last events with the name, or the last inputs of the function.
    void learn(const Draft &draft);
    /// The next `learn` asks again, even for the same name.
    void forget();

    [[nodiscard]] const FieldProfile &profile() const { return m_profile; }

    /// Of the newest one that has the name of \a draft, as it was received; empty: there is none,
    /// or it is not known yet.
    [[nodiscard]] QByteArray lastDataFor(const Draft &draft) const;

    /// Fields that nearly all of them have and \a text has not.
    [[nodiscard]] QStringList missingIn(const QByteArray &text) const;

Q_SIGNALS:
    void changed();

private:
    void askEvents();
    void askInputs();
    void askRecord(devserver::EventId event, bool isNewest);

    Context &m_context;
    FieldProfile m_profile;
    QByteArray m_lastData;
    Draft::Target m_target = Draft::Target::Event;
    QByteArray m_name;
    QPointer<devserver::api::Reply> m_request;
    QTimer m_tellTimer;
};

} // namespace console

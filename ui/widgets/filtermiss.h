// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

namespace console {

class EmptyState;
struct Context;

/// What stands in a list whose filter finds nothing (ui.md §21): what the filter is, how many rows
/// there are without it, and the two ways back.
class FilterMiss final : public QObject
{
    Q_OBJECT

public:
    FilterMiss(Context &context, EmptyState &place, devserver::api::CountQuery::Of of);

    /// \a sentence  `No event matches fn:charge`
    /// \a filter    of the line
    /// \a without   what is asked for when the line is empty; all unless the view hides some
    void explain(const QString &sentence, const devserver::api::Filter &filter,
                 const devserver::api::Filter &without = {});

Q_SIGNALS:
    /// Another filter was chosen here.
    void filterChosen(const devserver::api::Filter &filter);

private:
    /// How many rows there are without the filter.
    void count();
    /// While it stands there and more rows come.
    void countSoon();

    Context &m_context;
    EmptyState &m_place;
    devserver::api::CountQuery::Of m_of;
    QString m_sentence;
    QString m_line;
    devserver::api::Filter m_without;
    QTimer m_again;
    QPointer<devserver::api::Reply> m_request;
};

} // namespace console

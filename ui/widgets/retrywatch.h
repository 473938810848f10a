// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <optional>
#include <vector>

namespace console {

class InfoBarStack;
struct Context;
struct InfoText;

/// Says in the bars of a view that the retry of one run has begun, and in its place what came of
/// it: that it failed again, at any time, or that it completed while the bar is still there. GUI
/// thread.
class RetryWatch final : public QObject
{
    Q_OBJECT

public:
    /// Before the retry is asked for: it may be over before the answer is here. Belongs to \a bars,
    /// and ends with what came of it. \a cycle  that the run had then. \a function  its name
    RetryWatch(Context &context, InfoBarStack &bars, devserver::RunId run, int cycle,
               const QString &function);

    /// It was taken. \a started  what is said until more is known
    void begin(const InfoText &started);

private:
    void take(const std::vector<devserver::api::RunSummary> &runs);
    void tell(const devserver::api::RunSummary &run);

    Context &m_context;
    InfoBarStack &m_bars;
    devserver::RunId m_run;
    int m_cycle;
    QString m_name;   ///< `charge-order 01J9…F3QT`
    QByteArray m_bar; ///< id; empty: not begun
    std::optional<devserver::api::RunSummary> m_end;
};

} // namespace console

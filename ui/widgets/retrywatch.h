// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace console {

class InfoBarStack;
struct Context;
struct InfoText;

/// Says in the bars of a view that retries have begun, and what came of each: that it failed again,
/// also while the lists are paused, unless the server has other data by then; or that the only one
/// of a deed completed, while the bar that says that it was begun is still there. Of several that
/// failed again one bar tells, which counts them. GUI thread.
class RetryWatch final : public QObject
{
    Q_OBJECT

public:
    /// The one of \a bars, with which it ends.
    [[nodiscard]] static RetryWatch &of(Context &context, InfoBarStack &bars);

    /// Before the retry is asked for: it may be over before the answer is here. \a cycle  that the
    /// run had then. \a function  its name
    void expect(devserver::RunId run, int cycle, const QString &function);
    /// Its retry was refused.
    void forget(devserver::RunId run);
    /// They were taken; a bar of this id says so.
    void follow(const std::vector<devserver::RunId> &runs, const QByteArray &bar);
    /// The same, and shows that bar. \a started  what is said until more is known
    void begin(const std::vector<devserver::RunId> &runs, const InfoText &started);

private:
    struct Watched {
        int cycle;
        QString name;   ///< `charge-order 01J9…F3QT`
        QByteArray bar; ///< id; empty: not begun
        std::optional<devserver::api::RunSummary> end;
    };

    struct Failure {
        devserver::RunId run;
        QString text;
    };

    RetryWatch(Context &context, InfoBarStack &bars);

    void take(const std::vector<devserver::api::RunSummary> &runs);
    void tell(const devserver::api::RunSummary &run, const Watched &watched);
    void takeBack(const std::vector<devserver::RunId> &runs);
    [[nodiscard]] InfoText failures() const;
    void followServer();
    void forgetAll();

    Context &m_context;
    InfoBarStack &m_bars;
    std::map<devserver::RunId, Watched> m_watched;
    std::vector<Failure> m_failed; ///< that the bar tells of, as long as it is there
    QString m_dataFile;
    qint64 m_bornAt = 0; ///< the data file; 0: not known
};

/// Retries a dead run, says in \a bars, by a bar of this \a id, that it was begun or refused, and
/// then what came of it. \a answered  in either case. \a bars  ends no later than \a context
void retryAndTell(Context &context, InfoBarStack &bars, const devserver::api::RunSummary &run,
                  const QByteArray &id, const std::function<void()> &answered);

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/widgets/infobar.h"

#include <QObject>

#include <chrono>

namespace devserver {
struct Notice;
}

namespace console {

struct Context;
class Navigator;

/// The bar about the state of an app: the engine names it so (Notice::about).
[[nodiscard]] QByteArray appBarId(devserver::AppId app);

/// What the server tells people once. If it is about runs, a button shows exactly those: the only
/// one itself, several by a filter line with their ids.
[[nodiscard]] InfoText noticeBar(const devserver::Notice &notice, Navigator &navigator);

/// What the server tells people, as bars of the window. What apps use and this version does not
/// act on is one bar for all of them; who closes it sees it again when there is something new, or
/// when the confirmations are brought back. GUI thread.
class NoticeBars final : public QObject
{
    Q_OBJECT

public:
    NoticeBars(Context &context, InfoBarStack &bars, QObject *parent = nullptr);

private:
    void take(const devserver::Notice &notice);
    void show(const InfoText &info);
    void showNotEnforced();
    void nameFunctions();
    void tellAgain();

    Context &m_context;
    InfoBarStack &m_bars;
    std::chrono::steady_clock::time_point m_since;
    bool m_isClosed; ///< a bar about what is not enforced, by somebody
    bool m_isNotEnforcedTold = false;
    QString m_shown; ///< of what is not enforced, last time
};

} // namespace console

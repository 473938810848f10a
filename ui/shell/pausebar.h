// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QObject>

#include <optional>

namespace console {

class InfoBarStack;
struct Context;

/// Says in the bars of the window that nothing is stored and no work is done, as when the disk is
/// full, for as long as that is so; and then that it goes on.
class PauseBar final : public QObject
{
    Q_OBJECT

public:
    PauseBar(Context &context, InfoBarStack &bars, QObject *parent = nullptr);

private:
    void watch();
    void show();

    Context &m_context;
    InfoBarStack &m_bars;
    std::optional<devserver::ErrorCode> m_shown;
    bool m_isRead = false; ///< somebody closed it
};

} // namespace console

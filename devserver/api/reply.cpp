// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/api/reply.h"

namespace devserver::api {

void Reply::cancel()
{
    if (m_isOver)
        return;
    m_isOver = true;
    Q_EMIT cancelled();
    deleteLater();
}

void Reply::deliver(const Result<Answer> &answer)
{
    if (m_isOver)
        return;
    m_isOver = true;
    if (answer)
        Q_EMIT finished(*answer);
    else
        Q_EMIT failed(answer.error());
    deleteLater();
}

} // namespace devserver::api

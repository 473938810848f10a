// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/context.h"

#include "devserver/sdk/pass.h"

namespace devserver::sdk {

const Event &Context::event() const
{
    return m_pass->event();
}

QByteArray Context::runId() const
{
    return m_pass->request().run.toText();
}

int Context::attempt() const
{
    return m_pass->request().attempt;
}

Step Context::sleep(QByteArray id, std::chrono::milliseconds duration) const
{
    return {m_pass, std::move(id), duration};
}

Step Context::sleepUntil(QByteArray id, TimePoint time) const
{
    return {m_pass, std::move(id), time};
}

} // namespace devserver::sdk

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/registercodec.h"

#include <cstdint>
#include <cstdlib>

/// 0: the registration was taken; -1: it was refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace devserver;

    const Result<Registration> registration =
        protocol::decodeRegistration(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (!registration) {
        if (registration.error().message.isEmpty())
            std::abort();
        return -1;
    }
    for (const FunctionConfig &function : registration->functions) {
        if (function.slug.isEmpty() || function.url.isEmpty() || function.retries < 0
            || function.retries > 20)
            std::abort();
    }
    return 0;
}

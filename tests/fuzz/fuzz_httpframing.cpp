// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpframing.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace devserver::transport;

namespace {

struct Count {
    std::size_t requests = 0;
    std::size_t bodyBytes = 0;
    int failed = 0;

    bool operator==(const Count &) const = default;
};

void drain(HttpFraming &framing, Count &count)
{
    for (;;) {
        switch (framing.advance()) {
        case HttpFraming::Event::NeedMore:
            return;
        case HttpFraming::Event::Head:
            framing.setBodyLimit(4096);
            break;
        case HttpFraming::Event::Request:
            ++count.requests;
            count.bodyBytes += static_cast<std::size_t>(framing.takeRequest().body.size());
            break;
        case HttpFraming::Event::Failed:
            count.failed = framing.failure().status;
            return;
        }
    }
}

Count read(QByteArrayView bytes, qsizetype piece)
{
    HttpFraming framing;
    Count count;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        framing.append(bytes.sliced(at, std::min(piece, bytes.size() - at)));
        drain(framing, count);
    }
    return count;
}

} // namespace

/// Any bytes, whole and in small pieces: the same requests must come out. Returns 0 when at least
/// one request was accepted and -1 otherwise (which libFuzzer takes as "not worth keeping").
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Count whole = read(bytes, std::max<qsizetype>(bytes.size(), 1));
    const qsizetype piece = size > 0 ? 1 + data[0] % 7 : 1;
    // Longer ones may hold an overlong chunk line, which is noticed only when it comes in pieces.
    constexpr std::size_t comparable = 8 * 1024;
    if (size <= comparable && !(read(bytes, piece) == whole))
        std::abort();
    return whole.requests > 0 ? 0 : -1;
}

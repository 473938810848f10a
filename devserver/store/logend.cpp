// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/logend.h"

#include <QByteArrayView>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <utility>

namespace devserver::store {

namespace {

constexpr quint32 magic = 0x377f0682; ///< the last bit says the byte order of the checksums
constexpr qsizetype headerBytes = 32;
constexpr qsizetype frameHeaderBytes = 24;

quint32 numberAt(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.sliced(at).constData());
}

/// Goes on from frame to frame, and so covers all that came before.
class Checksum
{
public:
    explicit Checksum(bool isBigEndian = false)
        : m_isBigEndian(isBigEndian)
    {}

    /// Of a multiple of 8 bytes.
    void add(QByteArrayView bytes)
    {
        for (qsizetype at = 0; at < bytes.size(); at += 8) {
            m_first += word(bytes.data() + at) + m_second;
            m_second += word(bytes.data() + at + 4) + m_first;
        }
    }

    [[nodiscard]] bool stands(QByteArrayView bytes, qsizetype at) const
    {
        return numberAt(bytes, at) == m_first && numberAt(bytes, at + 4) == m_second;
    }

private:
    [[nodiscard]] quint32 word(const char *at) const
    {
        return m_isBigEndian ? qFromBigEndian<quint32>(at) : qFromLittleEndian<quint32>(at);
    }

    quint32 m_first = 0;
    quint32 m_second = 0;
    bool m_isBigEndian;
};

struct Frame {
    explicit Frame(QByteArrayView given)
        : bytes(given)
    {}

    [[nodiscard]] bool endsCommit() const { return numberAt(bytes, 4) != 0; }

    [[nodiscard]] QByteArrayView salts() const { return bytes.sliced(8, 8); }

    QByteArrayView bytes;
};

LogEnd endOf(QByteArrayView log)
{
    LogEnd end;
    if (log.size() < headerBytes || (numberAt(log, 0) & ~1U) != magic)
        return end;
    Checksum sum((numberAt(log, 0) & 1U) != 0);
    sum.add(log.first(24));
    const qsizetype page = numberAt(log, 8);
    if (!sum.stands(log, 24) || page < 512 || page > 65536)
        return end;
    const QByteArrayView salts = log.sliced(16, 8);
    for (qsizetype at = headerBytes; at + frameHeaderBytes <= log.size();
         at += frameHeaderBytes + page) {
        const Frame frame(log.sliced(at, std::min(frameHeaderBytes + page, log.size() - at)));
        if (frame.salts() != salts)
            break; // of an earlier round of the log
        const bool isWhole = frame.bytes.size() == frameHeaderBytes + page;
        if (isWhole) {
            sum.add(frame.bytes.first(8));
            sum.add(frame.bytes.sliced(frameHeaderBytes));
        }
        // A kill may stop SQLite in the middle of any frame but the last one of a commit that was
        // reported.
        if (!isWhole || !sum.stands(frame.bytes, 16)) {
            end.isTorn = frame.endsCommit();
            end.unfinished += end.isTorn ? 0 : 1;
            break;
        }
        ++end.unfinished;
        if (frame.endsCommit())
            end.committed += std::exchange(end.unfinished, 0);
    }
    return end;
}

} // namespace

LogEnd readLogEnd(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() == 0)
        return {};
    const uchar *bytes = file.map(0, file.size());
    return bytes == nullptr ? LogEnd{} : endOf(QByteArrayView(bytes, file.size()));
}

} // namespace devserver::store

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/lineindex.h"

#include <algorithm>
#include <cstring>

namespace console {

namespace {

constexpr qsizetype bytesPerLook = 1024 * 1024; ///< at the flag

bool isContinuation(char byte)
{
    return (static_cast<uchar>(byte) & 0xc0) == 0x80;
}

bool isSet(const CancelFlag *flag)
{
    return flag != nullptr && flag->load(std::memory_order_relaxed);
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

LineIndexPtr LineIndex::of(QByteArray text, const CancelFlag *isCancelled, qsizetype rowBytes)
{
    auto index = std::make_shared<LineIndex>();
    index->m_text = std::move(text);
    const QByteArrayView all = index->m_text;
    qsizetype looked = 0;
    for (qsizetype line = 0; line <= all.size();) {
        const void *found =
            line < all.size()
                ? std::memchr(all.data() + line, '\n', static_cast<std::size_t>(all.size() - line))
                : nullptr;
        const qsizetype end =
            found == nullptr ? all.size() : static_cast<const char *>(found) - all.data();
        index->m_longestLine = std::max(index->m_longestLine, end - line);
        qsizetype row = line;
        do {
            index->m_starts.push_back(row);
            qsizetype next = std::min(row + rowBytes, end);
            while (next < end && next > row + 1 && isContinuation(all[next]))
                --next;
            index->m_widest = std::max(index->m_widest, next - row);
            row = next;
        } while (row < end);
        line = end + 1;
        if (end - looked > bytesPerLook) {
            looked = end;
            if (isSet(isCancelled))
                break;
        }
    }
    return index;
}

QByteArrayView LineIndex::row(int row) const
{
    const qsizetype begin = start(row);
    qsizetype end = row + 1 < rowCount() ? start(row + 1) : m_text.size();
    if (end > begin && m_text[end - 1] == '\n')
        --end;
    return QByteArrayView(m_text).sliced(begin, end - begin);
}

int LineIndex::rowAt(qsizetype offset) const
{
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), offset);
    return std::max(0, static_cast<int>(after - m_starts.begin()) - 1);
}

bool LineIndex::isContinued(int row) const
{
    return row > 0 && m_text[start(row) - 1] != '\n';
}

std::vector<qsizetype> findAll(QByteArrayView text, QByteArrayView words, int most,
                               const CancelFlag *isCancelled)
{
    std::vector<qsizetype> found;
    if (words.isEmpty())
        return found;
    const char first = lower(words.front());
    const qsizetype last = text.size() - words.size();
    for (qsizetype at = 0; at <= last; ++at) {
        if (at % bytesPerLook == 0 && isSet(isCancelled))
            break;
        if (lower(text[at]) != first)
            continue;
        const bool isEqual = std::equal(words.begin(), words.end(), text.begin() + at,
                                        [](char a, char b) { return lower(a) == lower(b); });
        if (!isEqual)
            continue;
        found.push_back(at);
        if (found.size() >= static_cast<std::size_t>(most))
            break;
        at += words.size() - 1;
    }
    return found;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/textdiff.h"

#include <QStringList>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostCells = 4'000'000;

/// Lengths of the longest common tails of `a` from i and `b` from j.
class Lengths
{
public:
    Lengths(const QStringList &a, const QStringList &b)
        : m_width(b.size() + 1)
        , m_cells(static_cast<std::size_t>((a.size() + 1) * m_width))
    {
        for (qsizetype i = a.size() - 1; i >= 0; --i) {
            for (qsizetype j = b.size() - 1; j >= 0; --j) {
                cell(i, j) = a[i] == b[j] ? cell(i + 1, j + 1) + 1
                                          : std::max(cell(i + 1, j), cell(i, j + 1));
            }
        }
    }

    int &cell(qsizetype i, qsizetype j)
    {
        return m_cells[static_cast<std::size_t>(i * m_width + j)];
    }

private:
    qsizetype m_width;
    std::vector<int> m_cells;
};

void append(std::vector<DiffLine> &lines, DiffLine::Kind kind, const QString &text)
{
    lines.push_back({.kind = kind, .text = text});
}

void appendChanged(std::vector<DiffLine> &lines, const QStringList &a, const QStringList &b)
{
    if ((a.size() + 1) * (b.size() + 1) > mostCells) {
        for (const QString &line : a)
            append(lines, DiffLine::Kind::Removed, line);
        for (const QString &line : b)
            append(lines, DiffLine::Kind::Added, line);
        return;
    }
    Lengths lengths(a, b);
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            append(lines, DiffLine::Kind::Same, a[i]);
            ++i;
            ++j;
        } else if (i < a.size()
                   && (j == b.size() || lengths.cell(i + 1, j) >= lengths.cell(i, j + 1))) {
            append(lines, DiffLine::Kind::Removed, a[i++]);
        } else {
            append(lines, DiffLine::Kind::Added, b[j++]);
        }
    }
}

void markPair(DiffLine &removed, DiffLine &added)
{
    const QString &a = removed.text;
    const QString &b = added.text;
    const qsizetype most = std::min(a.size(), b.size());
    qsizetype head = 0;
    while (head < most && a[head] == b[head])
        ++head;
    qsizetype tail = 0;
    while (tail < most - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    if (head + tail < most / 3)
        return; // nothing in common that would help to read it
    const auto mark = [&](DiffLine &line) {
        line.markStart = static_cast<int>(head);
        line.markLength = static_cast<int>(line.text.size() - head - tail);
    };
    mark(removed);
    mark(added);
}

/// Pairs each block of removed lines with as many of the added ones behind it.
void markChanges(std::vector<DiffLine> &lines)
{
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t begin = at;
        while (at < lines.size() && lines[at].kind == DiffLine::Kind::Removed)
            ++at;
        const std::size_t middle = at;
        while (at < lines.size() && lines[at].kind == DiffLine::Kind::Added)
            ++at;
        const std::size_t pairs = std::min(middle - begin, at - middle);
        for (std::size_t i = 0; i < pairs; ++i)
            markPair(lines[begin + i], lines[middle + i]);
        if (at == begin)
            ++at;
    }
}

} // namespace

std::vector<DiffLine> diffLines(const QString &before, const QString &after)
{
    std::vector<DiffLine> lines;
    QStringList a = before.isEmpty() ? QStringList() : before.split(u'\n');
    QStringList b = after.isEmpty() ? QStringList() : after.split(u'\n');
    QStringList tail;
    while (!a.isEmpty() && !b.isEmpty() && a.first() == b.first()) {
        append(lines, DiffLine::Kind::Same, a.takeFirst());
        b.removeFirst();
    }
    while (!a.isEmpty() && !b.isEmpty() && a.last() == b.last()) {
        tail.prepend(a.takeLast());
        b.removeLast();
    }
    appendChanged(lines, a, b);
    for (const QString &line : tail)
        append(lines, DiffLine::Kind::Same, line);
    markChanges(lines);
    return lines;
}

bool differs(const std::vector<DiffLine> &lines)
{
    return std::any_of(lines.begin(), lines.end(),
                       [](const DiffLine &line) { return line.kind != DiffLine::Kind::Same; });
}

std::vector<DiffLine> withoutEqual(const std::vector<DiffLine> &lines, int around)
{
    std::vector<DiffLine> shown;
    const auto size = static_cast<int>(lines.size());
    for (int at = 0; at < size;) {
        int end = at;
        while (end < size && lines[static_cast<std::size_t>(end)].kind == DiffLine::Kind::Same)
            ++end;
        const int head = at == 0 ? 0 : around;
        const int rest = end == size ? 0 : around;
        const bool isLong = end - at > head + rest + 1;
        for (int i = at; i < end; ++i) {
            if (!isLong || i < at + head || i >= end - rest)
                shown.push_back(lines[static_cast<std::size_t>(i)]);
            else if (i == at + head)
                shown.push_back({.text = u"…"_s});
        }
        while (end < size && lines[static_cast<std::size_t>(end)].kind != DiffLine::Kind::Same)
            shown.push_back(lines[static_cast<std::size_t>(end++)]);
        at = end;
    }
    return shown;
}

} // namespace console

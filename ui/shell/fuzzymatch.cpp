// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/fuzzymatch.h"

#include <QString>

namespace console {

namespace {

constexpr int inRow = 6;
constexpr int wordStart = 8;
constexpr int textStart = 6;
constexpr int wholeWord = 40; ///< the typed text as it stands

bool isWordStart(QStringView text, qsizetype at)
{
    if (at == 0)
        return true;
    return !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

/// Where \a letter is next, or the size of \a text; a place at which a word starts, if there is
/// one.
qsizetype nextPlace(QStringView text, qsizetype from, QChar letter)
{
    for (qsizetype at = from; at < text.size(); ++at) {
        if (text[at].toCaseFolded() == letter.toCaseFolded()
            && (at == from || isWordStart(text, at)))
            return at;
    }
    return text.size();
}

/// From \a first on; a later start may fit better (`re` in `core retry`).
std::optional<int> scoreFrom(QStringView typed, QStringView text, qsizetype first)
{
    int score = 0;
    qsizetype at = first;
    qsizetype previous = -2;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        at = nextPlace(text, at, letter);
        if (at == text.size())
            return std::nullopt;
        score += 1;
        if (at == previous + 1)
            score += inRow;
        if (isWordStart(text, at))
            score += wordStart;
        if (at == 0)
            score += textStart;
        previous = at;
        ++at;
    }
    return score;
}

} // namespace

std::optional<int> fuzzyScore(QStringView typed, QStringView text)
{
    const QStringView wanted = typed.trimmed();
    if (wanted.isEmpty())
        return 0;
    std::optional<int> best;
    for (qsizetype first = 0; first < text.size(); ++first) {
        if (text[first].toCaseFolded() != wanted[0].toCaseFolded())
            continue;
        // Within a word only as it stands, or a few letters would be found everywhere.
        const bool isWhole = text.mid(first).startsWith(wanted, Qt::CaseInsensitive);
        std::optional<int> score;
        if (isWhole || isWordStart(text, first))
            score = scoreFrom(wanted, text, first);
        if (isWhole && score)
            *score += wholeWord;
        if (score)
            best = std::max(best.value_or(*score), *score);
    }
    if (!best)
        return std::nullopt;
    return *best * 4 - static_cast<int>(qMin<qsizetype>(text.size(), 60)) / 4;
}

} // namespace console

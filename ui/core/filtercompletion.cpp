// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/filtercompletion.h"

#include "ui/core/filtertext.h"

#include <QRegularExpression>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostItems = 50;

bool endsPart(QChar c)
{
    return c.isSpace() || QStringView(u"(),:=<>~!\"").contains(c);
}

/// The key whose value is written at \a start, or empty.
QByteArray keyBefore(const QString &line, int start)
{
    static const QRegularExpression keyed(
        u"([A-Za-z_][\\w.\\-\\[\\]]*)\\s*(?::?(?:>=?|<=?|~)|:|==?|!=)\\s*(?:[^\\s()]*,)?\"?$"_s);
    const QRegularExpressionMatch match = keyed.match(line.left(start));
    return match.hasMatch() ? match.captured(1).toUtf8() : QByteArray();
}

void add(FilterCompletion &completion, const QString &written, const QString &name,
         const FilterCompletion::Item &item, std::vector<FilterCompletion::Item> &later)
{
    if (name.startsWith(written, Qt::CaseInsensitive))
        completion.items.push_back(item);
    else if (name.contains(written, Qt::CaseInsensitive))
        later.push_back(item);
}

QString asValue(const QByteArray &key, const QString &value)
{
    // As it would be written behind the key.
    const QString term = filterTermText(key, {value.toUtf8()});
    return term.mid(QString::fromUtf8(key).size() + 1);
}

} // namespace

FilterCompletion completeFilter(const QString &line, int cursor, FilterSubject subject,
                                const FilterValues &values)
{
    const auto length = static_cast<int>(line.size());
    int start = std::clamp(cursor, 0, length);
    while (start > 0 && !endsPart(line.at(start - 1)))
        --start;
    int end = std::clamp(cursor, 0, length);
    while (end < length && !endsPart(line.at(end)))
        ++end;
    QString written = line.mid(start, std::clamp(cursor, 0, length) - start);
    const QByteArray key = keyBefore(line, start);
    FilterCompletion completion;
    std::vector<FilterCompletion::Item> later;
    if (key.isEmpty()) {
        if (written.startsWith(u'-')) {
            ++start;
            written.remove(0, 1);
        }
        if (written.isEmpty())
            return {.start = start, .length = 0, .items = {}};
        for (const FilterKey &known : filterKeys(subject)) {
            const QString name = QString::fromLatin1(known.name);
            if (name.startsWith(written, Qt::CaseInsensitive))
                completion.items.push_back({.text = name + u':', .what = known.what});
        }
    } else {
        completion.key = key;
        QStringList known = values ? values(key) : QStringList();
        if (const FilterKey *named = filterKey(subject, key)) {
            for (const QByteArray &word : named->words)
                known.append(QString::fromLatin1(word));
        }
        if (start > 0 && line.at(start - 1) == u'"')
            --start;
        for (const QString &value : std::as_const(known))
            add(completion, written, value,
                {.text = asValue(key, value), .what = {}, .value = value}, later);
        completion.items.insert(completion.items.end(), later.begin(), later.end());
        // What is written whole needs no proposal.
        if (completion.items.size() == 1 && completion.items.front().text == written)
            completion.items.clear();
    }
    if (completion.items.size() > mostItems)
        completion.items.resize(mostItems);
    completion.start = start;
    completion.length = end - start;
    return completion;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/filtervalues.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <cmath>

namespace console {

using namespace Qt::StringLiterals;
using devserver::TimePoint;
using devserver::api::FilterOp;
using devserver::api::FilterTerm;
using std::chrono::milliseconds;
using Takes = FilterKey::Takes;

namespace {

constexpr double maxMs = 1e14; // three thousand years; more does not fit into an instant

QString tr(const char *text)
{
    return QCoreApplication::translate("Filter", text);
}

double msOf(QStringView unit)
{
    if (unit == u"ms")
        return 1;
    if (unit == u"s")
        return 1000;
    if (unit == u"m")
        return 60'000;
    return unit == u"h" ? 3'600'000 : 86'400'000;
}

TimePoint fromLocal(const QDate &date, const QTime &time)
{
    return devserver::fromMs(QDateTime(date, time).toMSecsSinceEpoch());
}

bool isOrder(FilterOp op)
{
    return op == FilterOp::Greater || op == FilterOp::GreaterEqual || op == FilterOp::Less
           || op == FilterOp::LessEqual;
}

/// Operators that a kind of key takes, in words; empty if \a op is one of them.
QString wrongOperator(Takes takes, FilterOp op)
{
    switch (takes) {
    case Takes::Text:
        return isOrder(op) ? tr("A text takes : = != or ~") : QString();
    case Takes::Id:
    case Takes::Words:
        return isOrder(op) || op == FilterOp::Matches ? tr("This takes : = or !=") : QString();
    case Takes::Number:
    case Takes::Duration:
    case Takes::Time:
        return op == FilterOp::Matches ? tr("This takes : = != > >= < or <=") : QString();
    case Takes::Bound:
        return op == FilterOp::Equal ? QString() : tr("This takes : only");
    }
    Q_UNREACHABLE();
}

/// Words of the language (ui.md §17) for what cannot happen yet.
bool comesLater(const QByteArray &word)
{
    return word == "skipped" || word == "paused" || word == "faked" || word == "pinned";
}

QString fillWords(FilterTerm &term, const QByteArrayList &known)
{
    for (QByteArray &value : term.values) {
        value = value.toLower();
        if (comesLater(value) && !known.contains(value)) {
            return tr("Nothing can be %1 in this version, so that would find nothing")
                .arg(QString::fromUtf8(value));
        }
        if (!known.contains(value)) {
            return tr("%1 is not one of %2")
                .arg(QString::fromUtf8(value), QString::fromLatin1(known.join(", ")));
        }
    }
    return {};
}

QString fillPattern(const FilterTerm &term)
{
    if (term.op != FilterOp::Matches)
        return {};
    for (const QByteArray &value : term.values) {
        const QRegularExpression pattern(QString::fromUtf8(value));
        if (!pattern.isValid())
            return tr("This is no regular expression: %1").arg(pattern.errorString());
    }
    return {};
}

std::optional<double> numberIn(const QString &text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

QString fillPath(FilterTerm &term)
{
    if (isOrder(term.op) && term.values.size() > 1)
        return tr("A comparison takes one value");
    if (term.values.size() == 1)
        term.number = numberIn(QString::fromUtf8(term.values.front()));
    return fillPattern(term);
}

} // namespace

std::optional<milliseconds> parseFilterDuration(const QString &text)
{
    static const QRegularExpression part(u"\\G(\\d{1,15}(?:\\.\\d{1,9})?)(ms|s|m|h|d)"_s);
    double total = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const QRegularExpressionMatch match = part.match(text, at);
        if (!match.hasMatch())
            return std::nullopt;
        total += match.capturedView(1).toDouble() * msOf(match.capturedView(2));
        at = match.capturedEnd();
    }
    if (at == 0 || total > maxMs)
        return std::nullopt;
    return milliseconds(std::llround(total));
}

std::optional<TimePoint> parseFilterTime(const QString &text, TimePoint now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(devserver::toMs(now)).date();
    const QString word = text.toLower();
    if (word == "today"_L1)
        return fromLocal(today, QTime(0, 0));
    if (word == "yesterday"_L1)
        return fromLocal(today.addDays(-1), QTime(0, 0));
    static const QRegularExpression clock(u"^\\d{1,2}:\\d\\d(:\\d\\d)?$"_s);
    if (clock.match(text).hasMatch()) {
        const QString padded = text.indexOf(u':') == 1 ? QString(u'0' + text) : text;
        const QTime time = QTime::fromString(padded, Qt::ISODate);
        return time.isValid() ? std::optional(fromLocal(today, time)) : std::nullopt;
    }
    static const QRegularExpression date(u"^\\d{4}-\\d\\d-\\d\\d"_s);
    if (!date.match(text).hasMatch())
        return std::nullopt;
    if (text.size() == 10) {
        const QDate day = QDate::fromString(text, Qt::ISODate);
        return day.isValid() ? std::optional(fromLocal(day, QTime(0, 0))) : std::nullopt;
    }
    const QDateTime instant = QDateTime::fromString(text, Qt::ISODateWithMs);
    return instant.isValid() ? std::optional(devserver::fromMs(instant.toMSecsSinceEpoch()))
                             : std::nullopt;
}

QString fillIn(FilterTerm &term, FilterSubject subject, TimePoint now)
{
    const FilterKey *key = filterKey(subject, term.key);
    if (key == nullptr) {
        return subject == FilterSubject::Waiting
                   ? tr("Payloads cannot be asked for here; Runs can, with state:waiting")
                   : fillPath(term);
    }
    if (QString wrong = wrongOperator(key->takes, term.op); !wrong.isEmpty())
        return wrong;
    if (key->takes == Takes::Words)
        return fillWords(term, key->words);
    if (key->name == "source" && term.values.contains("cron"))
        return tr("Nothing can come from cron in this version, so that would find nothing");
    if (key->takes == Takes::Text || key->takes == Takes::Id)
        return fillPattern(term);
    if (term.values.size() > 1)
        return tr("This takes one value");
    const QString text = QString::fromUtf8(term.values.front());
    if (key->takes == Takes::Number) {
        term.number = numberIn(text);
        return term.number ? QString() : tr("This takes a number");
    }
    term.duration = parseFilterDuration(text);
    if (key->takes == Takes::Duration)
        return term.duration ? QString() : tr("This takes a duration, such as 250ms, 2s or 2h");
    if (!term.duration)
        term.time = parseFilterTime(text, now);
    return term.duration || term.time
               ? QString()
               : tr("This takes a time: 12:03, today, yesterday, 2024-05-01, or 2h ago as 2h");
}

} // namespace console

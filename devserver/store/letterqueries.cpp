// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/answers.h"
#include "devserver/store/sqlselect.h"
#include "devserver/store/tables.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

constexpr char letterNames[] = R"(,
    (SELECT slug FROM functions WHERE functions.id = letters.function_id),
    (SELECT name FROM functions WHERE functions.id = letters.function_id),
    (SELECT function_version FROM runs WHERE runs.id = letters.run_id),
    (SELECT event_id FROM runs WHERE runs.id = letters.run_id)
FROM letters )";

// The error is the one of the newest letter in the group.
constexpr char groupsBegin[] = R"(
WITH filtered AS (
    SELECT run_id, function_id, fingerprint, failed_at
    FROM letters )";
constexpr char groupsEnd[] = R"()
SELECT
    fingerprint,
    (SELECT slug FROM functions WHERE functions.id = filtered.function_id),
    COUNT(*) AS total,
    MIN(failed_at),
    MAX(failed_at) AS last_seen,
    (SELECT error
        FROM letters
        WHERE run_id = (
            SELECT newest.run_id
            FROM filtered AS newest
            WHERE newest.fingerprint = filtered.fingerprint
                AND newest.function_id = filtered.function_id
            ORDER BY newest.failed_at DESC, newest.run_id DESC
            LIMIT 1))
FROM filtered
GROUP BY fingerprint, function_id
ORDER BY total DESC, last_seen DESC, fingerprint)";

constexpr int letterPageLimit = 100;

/// Conditions of a filter, with the values that they need.
class Conditions
{
public:
    explicit Conditions(const api::LetterFilter &filter)
    {
        if (filter.state)
            add("state = ?"_ba, qint64{static_cast<int>(*filter.state)});
        if (!filter.function.isEmpty())
            add("function_id IN (SELECT id FROM functions WHERE slug = ?)"_ba, filter.function);
        if (!filter.fingerprint.isEmpty())
            add("fingerprint = ?"_ba, filter.fingerprint);
        if (filter.after)
            add("failed_at >= ?"_ba, toMs(*filter.after));
        if (filter.before)
            add("failed_at < ?"_ba, toMs(*filter.before));
    }

    template<typename... Value>
    void add(const QByteArray &condition, const Value &...values)
    {
        m_conditions.append(condition);
        (m_values.emplace_back(values), ...);
    }

    [[nodiscard]] QByteArray sql() const
    {
        return m_conditions.isEmpty() ? QByteArray() : "WHERE "_ba + m_conditions.join(" AND ");
    }

    void bindTo(SqlSelect *select) const
    {
        for (const std::variant<QByteArray, qint64> &value : m_values)
            std::visit([select](const auto &one) { select->bind(one); }, value);
    }

private:
    QByteArrayList m_conditions;
    std::vector<std::variant<QByteArray, qint64>> m_values;
};

struct Position {
    qint64 failedAt = 0;
    RunId run;
};

QByteArray cursorOf(const DeadLetter &letter)
{
    QByteArray raw(8, Qt::Uninitialized);
    qToBigEndian(toMs(letter.failedAt), raw.data());
    raw.append(letter.run.toBytes());
    return raw.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<Position> positionOf(const QByteArray &cursor)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        cursor, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() != 24)
        return std::nullopt;
    Position position;
    position.failedAt = qFromBigEndian<qint64>(decoded.decoded.constData());
    position.run = RunId::fromBytes(QByteArrayView(decoded.decoded).sliced(8));
    return position;
}

Result<std::vector<api::LetterDetail>> lettersWhere(const QSqlDatabase &database,
                                                    const Conditions &conditions, int limit)
{
    std::vector<api::LetterDetail> letters;
    SqlSelect select(database, "SELECT "_ba + lettersTable.columns() + letterNames
                                   + conditions.sql()
                                   + " ORDER BY failed_at DESC, run_id DESC LIMIT ?");
    conditions.bindTo(&select);
    select.bind(limit);
    const Result<void> read = select.each([&letters](const QSqlQuery &query) {
        api::LetterDetail detail;
        RowReader<QueryColumns> reader(QueryColumns{&query});
        reader >> detail.letter >> detail.slug >> detail.functionName >> detail.functionVersion
            >> detail.event;
        letters.push_back(std::move(detail));
    });
    if (!read)
        return tl::unexpected(read.error());
    return letters;
}

/// Attempts and events, which lists leave out.
Result<void> fillIn(const QSqlDatabase &database, api::LetterDetail *detail)
{
    Result<std::vector<Attempt>> attempts = attemptsOf(database, detail->letter.run);
    if (!attempts)
        return tl::unexpected(attempts.error());
    detail->attempts = std::move(*attempts);
    const QByteArray id = detail->letter.run.toBytes();
    const Result<std::vector<api::RunDetail>> runs = runDetails(database, "WHERE id = ?"_ba, {id});
    if (!runs)
        return tl::unexpected(runs.error());
    if (runs->empty())
        return {};
    Result<std::vector<Event>> events = eventsById(database, runs->front().run.events);
    if (!events)
        return tl::unexpected(events.error());
    detail->events = std::move(*events);
    return {};
}

} // namespace

Answer answerQuery(const QSqlDatabase &database, const api::LettersQuery &query)
{
    Conditions conditions(query.filter);
    if (!query.cursor.isEmpty()) {
        const std::optional<Position> after = positionOf(query.cursor);
        if (!after)
            return failure(ErrorCode::InvalidInput, u"the cursor is not one of this server"_s);
        conditions.add("(failed_at, run_id) < (?, ?)"_ba, after->failedAt, after->run.toBytes());
    }
    const int limit = std::clamp(query.limit, 1, letterPageLimit);
    Result<std::vector<api::LetterDetail>> letters = lettersWhere(database, conditions, limit + 1);
    if (!letters)
        return tl::unexpected(letters.error());
    api::LetterPage page;
    if (letters->size() > static_cast<std::size_t>(limit)) {
        letters->pop_back();
        page.next = cursorOf(letters->back().letter);
    }
    page.letters = std::move(*letters);
    return page;
}

Answer answerQuery(const QSqlDatabase &database, const api::LetterGroupsQuery &query)
{
    const Conditions conditions(query.filter);
    SqlSelect select(database, groupsBegin + conditions.sql() + groupsEnd);
    conditions.bindTo(&select);
    api::LetterGroups groups;
    const Result<void> read = select.each([&groups](const QSqlQuery &row) {
        api::LetterGroup group;
        RowReader<QueryColumns>(QueryColumns(&row)) >> group.fingerprint >> group.slug
            >> group.count >> group.firstSeen >> group.lastSeen >> group.error;
        groups.groups.push_back(std::move(group));
    });
    if (!read)
        return tl::unexpected(read.error());
    return groups;
}

Answer answerQuery(const QSqlDatabase &database, const api::LetterQuery &query)
{
    Conditions conditions({});
    conditions.add("run_id = ?"_ba, query.run.toBytes());
    Result<std::vector<api::LetterDetail>> letters = lettersWhere(database, conditions, 1);
    if (!letters)
        return tl::unexpected(letters.error());
    if (letters->empty())
        return failure(ErrorCode::NotFound, u"no such dead letter"_s);
    if (const Result<void> filled = fillIn(database, &letters->front()); !filled)
        return tl::unexpected(filled.error());
    return std::move(letters->front());
}

} // namespace devserver::store

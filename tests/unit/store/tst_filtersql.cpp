// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/filtersql.h"
#include "tests/unit/store/storefixture.h"

#include <QDateTime>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::store;
using api::Filter;
using api::FilterOp;

namespace {

Filter term(const QByteArray &key, const QByteArrayList &values, FilterOp op = FilterOp::Equal)
{
    Filter filter;
    filter.kind = Filter::Kind::Term;
    filter.term.key = key;
    filter.term.op = op;
    filter.term.values = values;
    bool isNumber = false;
    const double number = values.value(0).toDouble(&isNumber);
    if (isNumber && values.size() == 1)
        filter.term.number = number;
    return filter;
}

Filter lasting(const QByteArray &key, FilterOp op, std::chrono::milliseconds duration)
{
    Filter filter = term(key, {"d"_ba}, op);
    filter.term.duration = duration;
    return filter;
}

Filter when(const QByteArray &key, FilterOp op, qint64 ms)
{
    Filter filter = term(key, {"t"_ba}, op);
    filter.term.time = timeAt(ms);
    return filter;
}

Filter group(Filter::Kind kind, const std::vector<Filter> &parts)
{
    Filter filter;
    filter.kind = kind;
    filter.parts = parts;
    return filter;
}

Filter no(const Filter &filter)
{
    return group(Filter::Kind::Not, {filter});
}

BulkId bulkId(int number)
{
    return {ulidAt(number)};
}

/// Six runs that differ in everything that filters ask for:
/// 1 completed, 2 dead, 3 failed with its letter discarded, 4 sleeping, 5 executing, 6 a rerun.
class Rows
{
public:
    Rows()
    {
        if (!m_store.open() || !m_store.commit(writes()))
            qFatal("no store");
    }

    QByteArray runs(const Filter &filter, const std::vector<int> &among = {})
    {
        api::RunsQuery query;
        query.filter = filter;
        for (const int number : among)
            query.among.push_back(runId(number));
        query.isDescending = false;
        const Result<api::QueryAnswer> answer = m_store.askAny(query);
        if (!answer)
            return "error " + answer.error().message.toUtf8();
        QByteArray numbers;
        for (const api::RunSummary &run : std::get<api::RunPage>(*answer).rows)
            numbers += numberOf(run.id);
        return numbers;
    }

    QByteArray events(const Filter &filter, const std::vector<int> &among = {})
    {
        api::EventListQuery query;
        query.filter = filter;
        for (const int number : among)
            query.among.push_back(eventId(number));
        const Result<api::QueryAnswer> answer = m_store.askAny(query);
        if (!answer)
            return "error " + answer.error().message.toUtf8();
        QByteArray numbers;
        for (const api::EventSummary &event : std::get<api::EventSummaryPage>(*answer).rows)
            numbers.prepend(numberOf(event.internalId));
        return numbers;
    }

    QByteArray letters(const Filter &filter)
    {
        api::LetterListQuery query;
        query.filter = filter;
        const Result<api::QueryAnswer> answer = m_store.askAny(query);
        if (!answer)
            return "error " + answer.error().message.toUtf8();
        QByteArray numbers;
        for (const api::LetterSummary &letter : std::get<api::LetterSummaryPage>(*answer).rows)
            numbers.prepend(numberOf(letter.run));
        return numbers;
    }

private:
    template<typename Tag>
    static QByteArray numberOf(const Id<Tag, Ulid> &id)
    {
        return QByteArray::number(toMs(id.value.time()) - toMs(timeAt(0)));
    }

    static Event event(int number, const QByteArray &name, const QByteArray &data)
    {
        Event made = fullEvent(number);
        made.name = name;
        made.id = "own-" + QByteArray::number(number);
        made.target = {};
        const QByteArrayList sources = {"composer", "app shop", "function shop-charge",
                                        "curl",     "redrive",  "http wget"};
        made.source = sources.value(number - 1); // an old one has none
        made.json = json(R"({"name":"x","data":)" + data + R"(,"user":{"plan":"pro"}})");
        return made;
    }

    static Run run(int number, RunStatus status, const QByteArray &slug)
    {
        Run made = fullRun(number, {eventId(number)});
        made.function = functionId(slug);
        made.status = status;
        made.cycle = number == 3 ? 1 : 0;
        made.originalRun = number == 6 ? runId(1) : RunId();
        made.scheduleKey = number == 1 ? "key-1"_ba : QByteArray();
        made.startedAt = timeAt(number + 100);
        made.endedAt = timeAt(number + 100 + 1000 * number);
        if (!isTerminal(status))
            made.endedAt.reset();
        made.output = status == RunStatus::Failed
                          ? json(R"({"name":"TimeoutError","message":"no answer in )"
                                 + QByteArray::number(number) + R"( s"})")
                          : json(R"({"count":)" + QByteArray::number(number) + '}');
        return made;
    }

    static Writes writes()
    {
        Function shop = fullFunction("shop", "shop-charge");
        shop.isArchived = false;
        shop.config.name = "Charge card";
        Function mail = fullFunction("post", "post-mail");
        mail.config.name = "Mail";
        Writes all{fullApp("shop"), fullApp("post"), shop, mail};
        all.emplace_back(share(event(1, "order/created", R"({"total":100,"a":{"b":[1,"x"]}})")));
        all.emplace_back(share(event(2, "order/created", R"({"total":200.5,"ok":true})")));
        all.emplace_back(share(event(3, "order/paid", R"({"total":"300"})")));
        all.emplace_back(share(event(4, "user/signup", R"({"plan":"free_100%"})")));
        all.emplace_back(share(event(5, "inngest/function.invoked", "{}")));
        all.emplace_back(share(event(6, "order/created", R"({"h\u0069dden":"yes"})")));
        all.emplace_back(share(event(7, "ping", "{}")));
        all.emplace_back(run(1, RunStatus::Completed, "shop-charge"));
        all.emplace_back(run(2, RunStatus::Failed, "shop-charge"));
        all.emplace_back(run(3, RunStatus::Failed, "post-mail"));
        all.emplace_back(run(4, RunStatus::Running, "post-mail"));
        all.emplace_back(run(5, RunStatus::Running, "post-mail"));
        all.emplace_back(run(6, RunStatus::Completed, "shop-charge"));
        Job sleep = fullJob("sleep", runId(4));
        sleep.kind = JobKind::Sleep;
        sleep.state = JobState::Queued;
        all.emplace_back(sleep);
        Job call = fullJob("call", runId(5));
        call.state = JobState::Leased;
        all.emplace_back(call);
        for (const int number : {2, 3}) {
            DeadLetter letter = fullLetter(runId(number));
            letter.function = functionId(number == 2 ? "shop-charge" : "post-mail");
            letter.state = number == 2 ? LetterState::Open : LetterState::Discarded;
            letter.error = run(number, RunStatus::Failed, "x").output;
            letter.failedAt = timeAt(500 + number);
            letter.closedAt = fromMs(QDateTime::currentMSecsSinceEpoch()); // still in the bin
            all.emplace_back(letter);
        }
        Attempt second = fullAttempt(20, runId(2));
        second.attempt = 2;
        second.cycle = 0; // as that of the run; what was before a retry does not count
        Attempt before = fullAttempt(19, runId(3));
        before.attempt = 3;
        before.cycle = 0;
        all.emplace_back(before);
        all.emplace_back(second);
        // One bulk had 1, 2 and 6, a later one 3 and again 2.
        const auto had = [&all](int bulk, int number, BulkItemState state) {
            all.emplace_back(BulkItemWrite{.bulk = bulkId(bulk),
                                           .index = number,
                                           .item = {.run = runId(number), .state = state}});
        };
        had(70, 1, BulkItemState::Completed);
        had(70, 2, BulkItemState::FailedAgain);
        had(70, 6, BulkItemState::Refused);
        had(71, 2, BulkItemState::Cancelled);
        had(71, 3, BulkItemState::FailedAgain);
        return all;
    }

    StoreFixture m_store;
};

struct Row {
    const char *name;
    Filter filter;
    QByteArray found;
};

std::vector<Row> rowsOfWords()
{
    return {
        Row{"all", Filter(), "123456"_ba},
        Row{"state completed", term("state"_ba, {"completed"_ba}), "16"_ba},
        Row{"failed finds dead", term("state"_ba, {"failed"_ba}), "23"_ba},
        Row{"dead", term("state"_ba, {"dead"_ba}), "2"_ba},
        Row{"waiting", term("state"_ba, {"waiting"_ba}), "4"_ba},
        Row{"running", term("state"_ba, {"Running"_ba}), "5"_ba},
        Row{"several states", term("state"_ba, {"waiting"_ba, "dead"_ba}), "24"_ba},
        Row{"not a state", term("state"_ba, {"failed"_ba}, FilterOp::NotEqual), "1456"_ba},
        Row{"nothing is paused", term("state"_ba, {"paused"_ba}), ""_ba},
        Row{"live", term("is"_ba, {"live"_ba}), "45"_ba},
        Row{"rerun", term("is"_ba, {"rerun"_ba}), "6"_ba},
        Row{"retried", term("is"_ba, {"retried"_ba}), "23"_ba},
        Row{"nothing is faked", term("is"_ba, {"faked"_ba}), ""_ba},
        Row{"has error", term("has"_ba, {"error"_ba}), "23"_ba},
        Row{"function by slug", term("fn"_ba, {"shop-charge"_ba}), "126"_ba},
        Row{"function as people wrote it", term("fn"_ba, {"charge"_ba}), "126"_ba},
        Row{"function by name and star", term("fn"_ba, {"charge*"_ba}), "126"_ba},
        Row{"not that function", term("fn"_ba, {"charge"_ba}, FilterOp::NotEqual), "345"_ba},
        Row{"function expression", term("fn"_ba, {"^post-"_ba}, FilterOp::Matches), "345"_ba},
        Row{"app", term("app"_ba, {"post"_ba}), "345"_ba},
        Row{"event", term("event"_ba, {"order/created"_ba}), "126"_ba},
        Row{"event with star", term("event"_ba, {"order/*"_ba}), "1236"_ba},
        Row{"a star inside", term("event"_ba, {"*/paid"_ba}), "3"_ba},
        Row{"that event", term("event-id"_ba, {eventId(3).toText()}), "3"_ba},
        Row{"not that event", term("event-id"_ba, {eventId(3).toText()}, FilterOp::NotEqual),
            "12456"_ba},
        Row{"error text", term("error"_ba, {"answer"_ba}), "23"_ba},
        Row{"error name", term("error"_ba, {"timeouterror"_ba}), "23"_ba},
        Row{"error expression", term("error"_ba, {"in [2] s"_ba}, FilterOp::Matches), "2"_ba},
        Row{"signature", term("sig"_ba, {"f00d"_ba}), "23"_ba},
        Row{"bulk", term("bulk"_ba, {bulkId(70).toText()}), "126"_ba},
        Row{"completed by a bulk", term("bulk-completed"_ba, {bulkId(70).toText()}), "1"_ba},
        Row{"failed in a bulk", term("bulk-failed"_ba, {bulkId(70).toText()}), "2"_ba},
        Row{"failed in none", term("bulk-failed"_ba, {bulkId(72).toText()}), ""_ba},
        Row{"in no bulk of these",
            term("bulk"_ba, {bulkId(70).toText(), bulkId(71).toText()}, FilterOp::NotEqual),
            "45"_ba},
        Row{"whole id", term("id"_ba, {runId(3).toText()}), "3"_ba},
        Row{"beginning of an id", term("id"_ba, {runId(3).toText().first(8) + '*'}), "123456"_ba},
        Row{"no id at all", term("id"_ba, {"!!"_ba}), ""_ba},
        Row{"key", term("key"_ba, {"key-*"_ba}), "1"_ba},
        Row{"attempts", term("attempts"_ba, {"1"_ba}, FilterOp::Greater), "2"_ba},
        Row{"attempts are three", term("attempts"_ba, {"3"_ba}), "2"_ba},
        Row{"longer than", when("ended"_ba, FilterOp::Greater, 2102), "36"_ba},
        Row{"duration", lasting("dur"_ba, FilterOp::Greater, 2s), "36"_ba},
        Row{"waited", lasting("waited"_ba, FilterOp::Less, 101ms), "123456"_ba},
    };
}

std::vector<Row> rowsOfValues()
{
    return {
        Row{"since", when("since"_ba, FilterOp::Equal, 5), "56"_ba},
        Row{"until", when("until"_ba, FilterOp::Equal, 3), "12"_ba},
        Row{"started", when("started"_ba, FilterOp::Less, 103), "12"_ba},
        Row{"number in the data", term("data.total"_ba, {"100"_ba}, FilterOp::Greater), "2"_ba},
        Row{"number is equal", term("data.total"_ba, {"100"_ba}), "1"_ba},
        Row{"a text of digits", term("data.total"_ba, {"300"_ba}), "3"_ba},
        Row{"path with index", term("data.a.b.1"_ba, {"x"_ba}), "1"_ba},
        Row{"true", term("data.ok"_ba, {"true"_ba}), "2"_ba},
        Row{"percent is a percent", term("data.plan"_ba, {"free_100%"_ba}), "4"_ba},
        Row{"one of two values", term("data.plan"_ba, {"pro"_ba, "free_100%"_ba}), "4"_ba},
        Row{"a name with an escape", term("data.hidden"_ba, {"yes"_ba}), "6"_ba},
        Row{"is not", no(term("data.total"_ba, {"100"_ba})), "23456"_ba},
        Row{"a number that is no number", term("data.ok"_ba, {"1"_ba}), ""_ba},
        Row{"no such part", term("data.nothing"_ba, {"*"_ba}), ""_ba},
        Row{"user", term("user.plan"_ba, {"pro"_ba}), "123456"_ba},
        Row{"output", term("output.count"_ba, {"6"_ba}), "6"_ba},
        Row{"free word: function", term({}, {"charge"_ba}), "126"_ba},
        Row{"free word: error", term({}, {"no answer"_ba}), "23"_ba},
        Row{"free word: id", term({}, {runId(4).toText()}), "4"_ba},
        Row{"source", term("source"_ba, {"rerun"_ba}), "6"_ba},
        Row{"invoked", term("source"_ba, {"invoke"_ba}), "5"_ba},
        Row{"sent by hand", term("source"_ba, {"composer"_ba, "rerun"_ba}), "16"_ba},
        Row{"sent by any app", term("source"_ba, {"app"_ba}), "2"_ba},
        Row{"sent by this app", term("source"_ba, {"App shop"_ba}), "2"_ba},
        Row{"sent by one called so", term("source"_ba, {"shop"_ba}), "2"_ba},
        Row{"sent by a function", term("source"_ba, {"shop-*"_ba}), "3"_ba},
        Row{"not sent so", term("source"_ba, {"app"_ba, "http"_ba}, FilterOp::NotEqual), "1345"_ba},
        Row{"sender by expression", term("source"_ba, {"^(curl|http)"_ba}, FilterOp::Matches),
            "46"_ba},
        Row{"kind", term("kind"_ba, {"job"_ba}), ""_ba},
        Row{"and",
            group(Filter::Kind::And,
                  {term("state"_ba, {"failed"_ba}), term("fn"_ba, {"charge"_ba})}),
            "2"_ba},
        Row{"or",
            group(Filter::Kind::Or, {term("state"_ba, {"dead"_ba}), term("is"_ba, {"live"_ba})}),
            "245"_ba},
        Row{"not", no(term("event"_ba, {"order/*"_ba})), "45"_ba},
        Row{"not, of what is not known", no(when("ended"_ba, FilterOp::Greater, 0)), "45"_ba},
        Row{"or inside and",
            group(Filter::Kind::And,
                  {group(Filter::Kind::Or, {term({}, {"mail"_ba}), term({}, {"charge"_ba})}),
                   no(term("is"_ba, {"live"_ba}))}),
            "1236"_ba},
    };
}

} // namespace

class TestFilterSql : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { m_rows = std::make_unique<Rows>(); }

    void findsRuns_data();
    void findsRuns();
    void findsEventsAndLetters_data();
    void findsEventsAndLetters();
    void looksOnlyAtSome();
    void payloadsMeanWhatTheySay_data();
    void payloadsMeanWhatTheySay();
    void payloadsAreFoundInOrder_data();
    void payloadsAreFoundInOrder();
    void longListsAreFound();
    void refusesWhatItCannotAnswer_data();
    void refusesWhatItCannotAnswer();

private:
    std::unique_ptr<Rows> m_rows;
};

void TestFilterSql::findsRuns_data()
{
    QTest::addColumn<Filter>("filter");
    QTest::addColumn<QByteArray>("runs");
    for (const std::vector<Row> &rows : {rowsOfWords(), rowsOfValues()}) {
        for (const Row &row : rows)
            QTest::newRow(row.name) << row.filter << row.found;
    }
}

void TestFilterSql::findsRuns()
{
    QFETCH(const Filter, filter);
    QFETCH(const QByteArray, runs);
    QCOMPARE(m_rows->runs(filter), runs);
}

void TestFilterSql::findsEventsAndLetters_data()
{
    QTest::addColumn<Filter>("filter");
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("letters");

    const auto row = [](const char *name, const Filter &filter, const QByteArray &events,
                        const QByteArray &letters) {
        QTest::newRow(name) << filter << events << letters;
    };
    const QByteArray refused = "error"_ba;
    row("all", Filter(), "123467"_ba, "2"_ba);
    row("internal", term("is"_ba, {"internal"_ba}), "5"_ba, refused);
    row("no runs", term("has"_ba, {"none"_ba}), "7"_ba, refused);
    row("name", term("event"_ba, {"order/*"_ba}), "1236"_ba, "2"_ba);
    row("free word", term({}, {"order"_ba}), "1236"_ba, ""_ba);
    row("own id", term("id"_ba, {"own-4"_ba}), "4"_ba, ""_ba);
    row("data", term("data.total"_ba, {"150"_ba}, FilterOp::Greater), "2"_ba, "2"_ba);
    row("function", term("fn"_ba, {"mail"_ba}), "34"_ba, ""_ba);
    row("all letters", term("state"_ba, {"open"_ba, "discarded"_ba}), refused, "23"_ba);
    row("failed runs", term("state"_ba, {"failed"_ba}), "23"_ba, refused);
    row("signature", term("sig"_ba, {"f00d"_ba}), "23"_ba, "2"_ba);
    row("failed in a bulk", term("bulk-failed"_ba, {bulkId(70).toText()}), refused, "2"_ba);
    row("failed in another", term("bulk-failed"_ba, {bulkId(71).toText()}), refused, ""_ba);
    row("gone", term("is"_ba, {"gone"_ba}), refused, ""_ba);
    row("reason", term("reason"_ba, {"used-up"_ba}), refused, "2"_ba);
    row("no such reason", term("reason"_ba, {"no-retry"_ba, "limit"_ba}), refused, ""_ba);
    row("failed since", when("since"_ba, FilterOp::Equal, 503), ""_ba, ""_ba);
    row("source", term("source"_ba, {"curl"_ba, "shop"_ba}), "24"_ba, "2"_ba);
    row("source of ours", term("source"_ba, {"redrive"_ba}), "5"_ba, ""_ba);
    row("not this source", term("source"_ba, {"composer"_ba}, FilterOp::NotEqual), "23467"_ba,
        "2"_ba);
    row("tries", term("attempts"_ba, {"5"_ba}), refused, "2"_ba);
}

void TestFilterSql::findsEventsAndLetters()
{
    QFETCH(const Filter, filter);
    QFETCH(const QByteArray, events);
    QFETCH(const QByteArray, letters);
    const auto check = [](const QByteArray &found, const QByteArray &expected) {
        return expected == "error" ? found.startsWith("error") : found == expected;
    };
    QVERIFY2(check(m_rows->events(filter), events), m_rows->events(filter).constData());
    QVERIFY2(check(m_rows->letters(filter), letters), m_rows->letters(filter).constData());
}

/// What is looked for in the bytes of a payload before it is read must never be missed by that.
void TestFilterSql::payloadsMeanWhatTheySay_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<Filter>("filter");
    QTest::addColumn<bool>("isFound");

    const auto row = [](const char *name, const QByteArray &data, const QByteArray &value,
                        bool isFound, FilterOp op = FilterOp::Equal) {
        QTest::newRow(name) << data << term("data.id"_ba, {value}, op) << isFound;
    };
    row("text", R"({"id":"abc"})"_ba, "abc"_ba, true);
    row("another text", R"({"id":"abc"})"_ba, "abd"_ba, false);
    row("part of a text", R"({"id":"abc"})"_ba, "ab"_ba, false);
    row("large letters", R"({"id":"ABC"})"_ba, "abc"_ba, true);
    row("star", R"({"id":"abc"})"_ba, "A*c"_ba, true);
    row("no ASCII", R"({"id":"zo\u00eb"})"_ba, "zo\xc3\xab"_ba, true);
    row("bytes of no ASCII", "{\"id\":\"zo\xc3\xab\"}"_ba, "zo\xc3\xab"_ba, true);
    row("escape in the name", R"({"\u0069d":"abc"})"_ba, "abc"_ba, true);
    row("escape in the value", R"({"id":"\u0061bc"})"_ba, "abc"_ba, true);
    row("quote in the value", R"({"id":"a\"c"})"_ba, "a\"c"_ba, true);
    row("escape elsewhere", R"({"x":"\\","id":"abc"})"_ba, "abd"_ba, false);
    row("spaces", "{ \"id\" \n:\t\"abc\" }"_ba, "abc"_ba, true);
    row("empty", R"({"id":""})"_ba, {}, true);
    row("deeper", R"({"x":{"id":"abc"},"id":"b"})"_ba, "abc"_ba, false);
    row("the last of two", R"({"id":"a","id":"b"})"_ba, "b"_ba, true);
    row("the first of two", R"({"id":"a","id":"b"})"_ba, "a"_ba, false);
    row("the name as a value", R"({"x":"id","id":"abc"})"_ba, "abc"_ba, true);
    row("number", R"({"id":998})"_ba, "998"_ba, true);
    row("number as text", R"({"id":"998"})"_ba, "998"_ba, true);
    row("number with an exponent", R"({"id":9.98e2})"_ba, "998"_ba, true);
    row("number with a fraction", R"({"id":998.00})"_ba, "998"_ba, true);
    row("number next to it", R"({"id":997.99999999999999999})"_ba, "998"_ba, true);
    row("another number", R"({"id":9980})"_ba, "998"_ba, false);
    row("not another number", R"({"id":9980})"_ba, "998"_ba, true, FilterOp::NotEqual);
    row("but this number", R"({"id":9.98e2})"_ba, "998"_ba, false, FilterOp::NotEqual);
    row("but this number as text", R"({"id":"998"})"_ba, "998"_ba, false, FilterOp::NotEqual);
    row("no number there", "{}"_ba, "998"_ba, true, FilterOp::NotEqual);
    const QByteArrayList several = {"998"_ba, "999"_ba, "a*"_ba};
    const auto list = [&several](const char *name, const QByteArray &data, bool isFound) {
        QTest::newRow(name) << data << term("data.id"_ba, several) << isFound;
        QTest::addRow("%s, not", name)
            << data << term("data.id"_ba, several, FilterOp::NotEqual) << !isFound;
    };
    list("number in a list", R"({"id":9.99e2})"_ba, true);
    list("number as text in a list", R"({"id":"998"})"_ba, true);
    list("text in a list of numbers", R"({"id":"abc"})"_ba, true);
    list("in no list", R"({"id":99})"_ba, false);
    list("nothing in a list", "{}"_ba, false);
    row("number like a text", R"({"id":120.50})"_ba, "120.5*"_ba, true);
    row("true", R"({"id":true})"_ba, "TRUE"_ba, true);
    row("null", R"({"id":null})"_ba, "null"_ba, true);
    row("object", R"({"id":{"a":1}})"_ba, R"({"a":1})"_ba, true);
    row("not this text", R"({"id":"b"})"_ba, "a"_ba, true, FilterOp::NotEqual);
    row("but this text", R"({"id":"a"})"_ba, "a"_ba, false, FilterOp::NotEqual);
    row("not there", "{}"_ba, "a"_ba, true, FilterOp::NotEqual);
    QTest::newRow("no in front") << R"({"id":"b"})"_ba << no(term("data.id"_ba, {"a"_ba})) << true;
    QTest::newRow("index") << R"([{"id":"a"},"b"])"_ba << term("data.1"_ba, {"b"_ba}) << true;
    QTest::newRow("index in brackets") << R"({"items":[{"sku":"a"},{"sku":"b"}]})"_ba
                                       << term("data.items[1].sku"_ba, {"b"_ba}) << true;
    QTest::newRow("another index in brackets") << R"({"items":[{"sku":"a"},{"sku":"b"}]})"_ba
                                               << term("data.items[0].sku"_ba, {"b"_ba}) << false;
    QTest::newRow("brackets at the end")
        << R"({"m":[[1,2],[3,4]]})"_ba << term("data.m[1][0]"_ba, {"3"_ba}) << true;
    QTest::newRow("index and order")
        << R"({"m":[1,5]})"_ba << term("data.m[1]"_ba, {"4"_ba}, FilterOp::Greater) << true;
    QTest::newRow("no index in brackets")
        << R"({"m[x]":"y"})"_ba << term("data.m[x]"_ba, {"y"_ba}) << true;
    QTest::newRow("an index has no sign")
        << R"(["a","b"])"_ba << term("data.-0"_ba, {"a"_ba}) << false;
    QTest::newRow("nor a plus") << R"(["a","b"])"_ba << term("data.+1"_ba, {"b"_ba}) << false;
    QTest::newRow("a comma as the name")
        << R"({"a":"x",",":"y"})"_ba << term("data.,"_ba, {"y"_ba}) << true;
}

/// Which of these a filter finds, also one that looks into payloads.
void TestFilterSql::looksOnlyAtSome()
{
    const Filter all;
    QCOMPARE(m_rows->runs(all, {5, 2, 77}), "25"_ba);
    QCOMPARE(m_rows->events(all, {3, 2, 77}), "23"_ba);
    const QByteArray live = m_rows->runs(term("is"_ba, {"live"_ba}));
    QVERIFY(live.contains('4') && !live.contains('1'));
    QCOMPARE(m_rows->runs(term("is"_ba, {"live"_ba}), {1, 4}), "4"_ba);
    const Filter payload = term("data.total"_ba, {"0"_ba}, FilterOp::GreaterEqual);
    for (const char number : m_rows->runs(payload)) {
        QCOMPARE(m_rows->runs(payload, {number - '0'}), QByteArray(1, number));
        QCOMPARE(m_rows->events(payload, {number - '0'}), QByteArray(1, number));
    }
    QVERIFY(!m_rows->runs(payload).isEmpty());
    QCOMPARE(m_rows->runs(payload, {77}), QByteArray());
}

void TestFilterSql::payloadsMeanWhatTheySay()
{
    QFETCH(const QByteArray, data);
    QFETCH(const Filter, filter);
    QFETCH(const bool, isFound);
    StoreFixture store;
    QVERIFY(store.open());
    Event event = fullEvent(1);
    event.json = json(R"({"name":"x","data":)" + data + '}');
    QVERIFY(store.commit({share(event)}));
    api::EventListQuery query;
    query.filter = filter;
    const Result<api::QueryAnswer> answer = store.askAny(query);
    QVERIFY(answer);
    QCOMPARE(std::get<api::EventSummaryPage>(*answer).rows.size(), isFound ? 1U : 0U);
}

void TestFilterSql::payloadsAreFoundInOrder_data()
{
    QTest::addColumn<bool>("isDescending");
    QTest::newRow("newest first") << true;
    QTest::newRow("oldest first") << false;
}

/// Also those that are so rare that all payloads are read for them, in the order of the file.
void TestFilterSql::payloadsAreFoundInOrder()
{
    QFETCH(const bool, isDescending);
    constexpr int runs = 12'000;
    StoreFixture store;
    QVERIFY(store.open());
    Writes writes;
    for (int number = 1; number <= runs; ++number) {
        // The file has them in another order than the list.
        const int shuffled = (number * 7) % runs + 1;
        Event event = fullEvent(shuffled);
        QByteArray data;
        for (const int apart : {2, 1100, 3000})
            data +=
                ",\"of" + QByteArray::number(apart) + "\":" + QByteArray::number(shuffled % apart);
        event.json = json(R"({"name":"x","data":{)" + data.sliced(1) + "}}");
        writes.emplace_back(share(event));
        Run run = fullRun(shuffled, {eventId(shuffled)});
        run.status = shuffled % 3 == 0 ? RunStatus::Running : RunStatus::Completed;
        writes.emplace_back(run);
    }
    QVERIFY(store.commit(writes));
    for (const auto &[apart, limit] :
         {std::pair{2, 1000}, std::pair{1100, 5}, std::pair{3000, 2}}) {
        std::vector<RunId> expected;
        for (int number = 1; number <= runs; ++number) {
            const int next = isDescending ? runs + 1 - number : number;
            if (next % apart == 1)
                expected.push_back(runId(next));
        }
        api::RunsQuery query;
        query.filter = term("data.of" + QByteArray::number(apart), {"1"_ba});
        query.isDescending = isDescending;
        query.limit = limit;
        std::vector<RunId> found;
        do {
            const api::RunPage page = store.ask<api::RunPage>(query);
            for (const api::RunSummary &run : page.rows)
                found.push_back(run.id);
            query.after = page.next;
        } while (!query.after.isEmpty());
        QCOMPARE(found, expected);
    }
}

/// Somebody muted more groups than an expression has levels.
void TestFilterSql::longListsAreFound()
{
    Rows rows;
    std::vector<Filter> any;
    for (int i = 0; i < 1001; ++i)
        any.push_back(group(Filter::Kind::And, {term("fn"_ba, {"nobody"_ba}),
                                                term("sig"_ba, {QByteArray::number(i)})}));
    any.push_back(term("state"_ba, {"completed"_ba}));
    QCOMPARE(rows.runs(group(Filter::Kind::Or, any)),
             rows.runs(term("state"_ba, {"completed"_ba})));
    QVERIFY(!rows.runs(term("state"_ba, {"completed"_ba})).isEmpty());
}

void TestFilterSql::refusesWhatItCannotAnswer_data()
{
    QTest::addColumn<Filter>("filter");
    QTest::addColumn<QString>("named");

    QTest::newRow("unknown key") << term("colour"_ba, {"red"_ba}) << u"colour:red"_s;
    QTest::newRow("queue") << term("queue"_ba, {"media"_ba}) << u"queue:media"_s;
    QTest::newRow("cel") << term("cel"_ba, {"event.data.x == 1"_ba}) << u"cel:event.data.x"_s;
    QTest::newRow("unknown state") << term("state"_ba, {"lost"_ba}) << u"state:lost"_s;
    QTest::newRow("unknown word") << term("is"_ba, {"red"_ba}) << u"is:red"_s;
    QTest::newRow("bad expression")
        << term("error"_ba, {"("_ba}, FilterOp::Matches) << u"error~("_s;
    QTest::newRow("no number") << term("attempts"_ba, {"many"_ba}) << u"attempts:many"_s;
    QTest::newRow("no duration") << term("dur"_ba, {"long"_ba}, FilterOp::Greater) << u"dur>long"_s;
    QTest::newRow("no time") << term("since"_ba, {"then"_ba}) << u"since:then"_s;
    QTest::newRow("no value") << term("fn"_ba, {}) << u"fn:"_s;
    QTest::newRow("inside") << group(Filter::Kind::And,
                                     {term("fn"_ba, {"a"_ba}), no(term("level"_ba, {"x"_ba}))})
                            << u"level:x"_s;
}

void TestFilterSql::refusesWhatItCannotAnswer()
{
    QFETCH(const Filter, filter);
    QFETCH(const QString, named);
    for (const FilterTarget target :
         {FilterTarget::Runs, FilterTarget::Events, FilterTarget::Letters}) {
        const Result<SqlCondition> compiled = compileFilter(filter, target, timeAt(0));
        QVERIFY(!compiled);
        QCOMPARE(compiled.error().code, ErrorCode::InvalidInput);
        QVERIFY2(compiled.error().message.startsWith(named), qPrintable(compiled.error().message));
    }
}

QTEST_GUILESS_MAIN(TestFilterSql)
#include "tst_filtersql.moc"

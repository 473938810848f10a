// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the window's lists cost with many runs (ui.md 4.2): makes a store and prints the time of
// first pages, and the processor time of the same, which other programs do not disturb.
// usage: lists [number of runs, 100000] [file, a temporary one] [only what begins so]
// A file that exists already is taken as it is.

#include "devserver/store/sqlitestore.h"
#include "tests/perf/manyruns.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace devserver;
using api::Filter;

namespace {

constexpr qint64 budgetMs = 150;

Filter term(const QByteArray &key, const QByteArray &value, api::FilterOp op = api::FilterOp::Equal)
{
    Filter filter;
    filter.kind = Filter::Kind::Term;
    filter.term.key = key;
    filter.term.op = op;
    filter.term.values = {value};
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (isNumber)
        filter.term.number = number;
    return filter;
}

class Watch
{
public:
    Watch(store::Store *store, QByteArray only)
        : m_store(store)
        , m_only(std::move(only))
    {}

    void time(const char *what, const api::Query &query)
    {
        if (!QByteArrayView(what).startsWith(m_only))
            return;
        std::array<qint64, 3> took{};
        const std::clock_t before = std::clock();
        for (qint64 &one : took) {
            QElapsedTimer timer;
            timer.start();
            const Result<api::QueryAnswer> answer = m_store->query(query).takeResult();
            one = timer.nsecsElapsed() / 1000;
            if (!answer)
                std::printf("%s: %s\n", what, qPrintable(answer.error().message));
        }
        constexpr double clocksPerMs = CLOCKS_PER_SEC / 1000.0;
        const double cpuMs = static_cast<double>(std::clock() - before) / clocksPerMs / 3;
        std::sort(took.begin(), took.end());
        const bool isSlow = took[1] > budgetMs * 1000;
        m_isSlow = m_isSlow || isSlow;
        std::printf("%8.1f ms  cpu %7.1f  %s%s\n", static_cast<double>(took[1]) / 1000, cpuMs, what,
                    isSlow ? "  TOO SLOW" : "");
    }

    [[nodiscard]] bool isSlow() const { return m_isSlow; }

private:
    store::Store *m_store;
    QByteArray m_only;
    bool m_isSlow = false;
};

void timeLists(Watch *watch)
{
    const auto runs = [](const Filter &filter, api::RunSort sort = api::RunSort::Queued) {
        return api::RunsQuery{.filter = filter, .sort = sort};
    };
    using Sort = api::RunSort;
    watch->time("runs, first page", runs({}));
    const std::pair<const char *, Sort> sorts[] = {
        {"runs by start", Sort::Started},     {"runs by end", Sort::Ended},
        {"runs by duration", Sort::Duration}, {"runs by wait", Sort::Waited},
        {"runs by function", Sort::Function}, {"runs by trigger", Sort::Trigger},
        {"runs by state", Sort::State},       {"runs by attempts", Sort::Attempts}};
    for (const auto &[name, sort] : sorts)
        watch->time(name, runs({}, sort));
    watch->time("runs state:failed", runs(term("state"_ba, "failed"_ba)));
    watch->time("runs state:dead by duration", runs(term("state"_ba, "dead"_ba), Sort::Duration));
    watch->time("runs state:waiting", runs(term("state"_ba, "waiting"_ba)));
    watch->time("runs fn:fn-3", runs(term("fn"_ba, "fn-3"_ba)));
    watch->time("runs fn:nobody", runs(term("fn"_ba, "nobody"_ba)));
    watch->time("runs event:order/7", runs(term("event"_ba, "order/7"_ba)));
    watch->time("runs event:none", runs(term("event"_ba, "none"_ba)));
    watch->time("runs attempts>2", runs(term("attempts"_ba, "2"_ba, api::FilterOp::Greater)));
    watch->time("runs free word, nothing found", runs(term({}, "zebra"_ba)));
    watch->time("runs error~", runs(term("error"_ba, "in [35] s"_ba, api::FilterOp::Matches)));
    watch->time("runs data.total>490",
                runs(term("data.total"_ba, "490"_ba, api::FilterOp::Greater)));
    watch->time("runs data.total>900, nothing found",
                runs(term("data.total"_ba, "900"_ba, api::FilterOp::Greater)));
    watch->time("runs data.customer.id:998", runs(term("data.customer.id"_ba, "998"_ba)));
    watch->time("runs data.customer.id:nobody", runs(term("data.customer.id"_ba, "nobody"_ba)));
    watch->time("runs data.customer.id:nob*", runs(term("data.customer.id"_ba, "nob*"_ba)));
    watch->time("runs data.missing:x", runs(term("data.missing"_ba, "x"_ba)));
    watch->time("runs data.total:9999", runs(term("data.total"_ba, "9999"_ba)));
    watch->time("runs output.ok:no", runs(term("output.ok"_ba, "no"_ba)));
    watch->time("runs id prefix",
                runs(term("id"_ba, devserver::test::ulidOf(5000).toText().first(9))));
    watch->time("count of all runs", api::CountQuery{});
    watch->time("count state:failed", api::CountQuery{.filter = term("state"_ba, "failed"_ba)});
    watch->time("full count state:completed",
                api::CountQuery{.filter = term("state"_ba, "completed"_ba), .isFull = true});
    watch->time("waiting", api::WaitingQuery{});
    watch->time("events, first page", api::EventListQuery{});
    watch->time("events event:order/7",
                api::EventListQuery{.filter = term("event"_ba, "order/7"_ba)});
    watch->time("events data.customer.id:nobody",
                api::EventListQuery{.filter = term("data.customer.id"_ba, "nobody"_ba)});
    watch->time("event names", api::EventNamesQuery{});
    watch->time("letters, first page", api::LetterListQuery{});
    watch->time("letter groups", api::LetterGroupListQuery{});
    watch->time("all letter ids", api::LetterIdsQuery{});
    watch->time("run record", api::RunRecordQuery{{devserver::test::ulidOf(500)}});
    watch->time("function stats", api::FunctionStatsQuery{"shop-fn-3"_ba});
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int runs = arguments.size() > 1 ? arguments[1].toInt() : 100'000;
    const QTemporaryDir folder;
    const QString path = arguments.size() > 2 ? arguments[2] : folder.filePath(u"lists.db"_s);
    const bool isFilled = QFileInfo::exists(path);
    store::SqliteStore store(path);
    QElapsedTimer timer;
    timer.start();
    if (!store.open().takeResult() || (!isFilled && !devserver::test::fillWithRuns(store, runs))) {
        std::fputs("the store cannot be filled\n", stderr);
        return 2;
    }
    std::printf("%d runs in %lld ms\n", runs, timer.elapsed());
    Watch watch(&store, arguments.value(3).toUtf8());
    timeLists(&watch);
    return watch.isSlow() ? 1 : 0;
}

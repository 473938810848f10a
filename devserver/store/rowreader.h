// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/write.h"
#include "devserver/store/packedlist.h"

#include <concepts>
#include <optional>
#include <type_traits>

/// Rows of tables.h as structs. `Columns` is what a row is read from, left to right:
/// StatementColumns on the writer thread, QueryColumns on the reader thread.
namespace devserver::store {

/// A row source: `number()`, `bytes()` and `isNull()`; the first two move on, the last one does
/// not.
template<typename T>
concept Columns = requires(T columns)
{
    {
        columns.number()
        } -> std::same_as<qint64>;
    {
        columns.bytes()
        } -> std::same_as<QByteArray>;
    {
        columns.isNull()
        } -> std::same_as<bool>;
};

/// Reads typed values one after the other: `reader >> run.id >> run.status`.
template<Columns Source>
class RowReader
{
public:
    explicit RowReader(Source source)
        : m_source(source)
    {}

    template<typename T>

    requires std::is_integral_v<T> || std::is_enum_v<T> RowReader &operator>>(T &value)
    {
        value = static_cast<T>(m_source.number());
        return *this;
    }

    RowReader &operator>>(QByteArray &value)
    {
        value = m_source.bytes();
        return *this;
    }

    RowReader &operator>>(RawJson &value)
    {
        value = RawJson::fromTrusted(m_source.bytes());
        return *this;
    }

    RowReader &operator>>(TimePoint &value)
    {
        value = fromMs(m_source.number());
        return *this;
    }

    RowReader &operator>>(std::chrono::microseconds &value)
    {
        value = std::chrono::microseconds(m_source.number());
        return *this;
    }

    RowReader &operator>>(std::optional<TimePoint> &value)
    {
        const bool isNull = m_source.isNull();
        const TimePoint time = fromMs(m_source.number());
        value = isNull ? std::nullopt : std::optional(time);
        return *this;
    }

    template<typename Tag, typename Value>
    RowReader &operator>>(Id<Tag, Value> &id)
    {
        id = Id<Tag, Value>::fromBytes(m_source.bytes());
        return *this;
    }

    RowReader &operator>>(Event &event)
    {
        return *this >> event.internalId >> event.name >> event.receivedAt >> event.ts
               >> event.hasOwnId >> event.id >> event.target >> event.json;
    }

    RowReader &operator>>(Run &run)
    {
        EventId first;
        QByteArray further;
        QByteArray pending;
        *this >> run.id >> run.function >> first >> further >> run.scheduleKey >> run.originalRun
            >> run.queuedAt >> run.functionVersion >> run.status >> run.cycle >> run.scheduledAt
            >> run.startedAt >> run.endedAt >> run.requestVersion >> run.forceStepPlan
            >> run.generation >> run.timelineNext >> run.memoNext >> run.failedStep
            >> run.cancelCause >> pending >> run.output;
        run.events = {first};
        for (qsizetype at = 0; at + 16 <= further.size(); at += 16)
            run.events.push_back(EventId::fromBytes(QByteArrayView(further).sliced(at, 16)));
        run.pending = unpackList(pending);
        return *this;
    }

    RowReader &operator>>(Memo &memo)
    {
        RunId run;
        return *this >> run >> memo.index >> memo.kind >> memo.at >> memo.attempts
               >> memo.droppedInCycle >> memo.step >> memo.name >> memo.json;
    }

    RowReader &operator>>(Job &job)
    {
        return *this >> job.id >> job.run >> job.kind >> job.step >> job.name >> job.state
               >> job.attempt >> job.interruptions >> job.enqueuedAt >> job.runAt >> job.request
               >> job.isRace;
    }

    RowReader &operator>>(Attempt &attempt)
    {
        CallTiming &timing = attempt.timing;
        return *this >> attempt.run >> attempt.request >> attempt.job >> attempt.kind
               >> attempt.attempt >> attempt.maxAttempts >> attempt.delivery >> attempt.cycle
               >> attempt.generation >> attempt.requestVersion >> attempt.forceStepPlan
               >> attempt.memoCount >> attempt.sentAt >> attempt.outcome >> attempt.finishedAt
               >> attempt.httpStatus >> attempt.responseSize >> attempt.noRetry
               >> attempt.nextAttemptAt >> timing.dns >> timing.connect >> timing.tls
               >> timing.firstByte >> timing.total >> attempt.step >> attempt.stepName
               >> attempt.url >> attempt.responseHeaders >> attempt.error >> attempt.responseBody;
    }

    RowReader &operator>>(TimelineRecord &record)
    {
        return *this >> record.run >> record.number >> record.at >> record.type >> record.step
               >> record.attempt >> record.payload;
    }

    RowReader &operator>>(DeadLetter &letter)
    {
        return *this >> letter.run >> letter.function >> letter.state >> letter.cycle
               >> letter.failedAt >> letter.closedAt >> letter.fingerprint >> letter.reason
               >> letter.failedStep >> letter.failedStepName >> letter.failedStepAttempts
               >> letter.completedSteps >> letter.resolution >> letter.error;
    }

    RowReader &operator>>(Delivery &delivery)
    {
        return *this >> delivery.event >> delivery.function >> delivery.refusal >> delivery.heldBy
               >> delivery.at >> delivery.detail;
    }

    RowReader &operator>>(App &app)
    {
        return *this >> app.id >> app.name >> app.kind >> app.url >> app.sdk >> app.framework
               >> app.version >> app.checksum >> app.error >> app.errorDetail >> app.syncedAt;
    }

    RowReader &operator>>(Function &function)
    {
        QByteArray triggers;
        QByteArray notEnforced;
        FunctionConfig &config = function.config;
        *this >> function.id >> function.app >> function.version >> function.isArchived
            >> config.slug >> config.name >> config.url >> config.retries >> triggers >> notEnforced
            >> config.config;
        const std::vector<QByteArray> parts = unpackList(triggers);
        for (std::size_t i = 0; i + 3 <= parts.size(); i += 3)
            config.triggers.push_back(Trigger{parts[i], parts[i + 1], parts[i + 2]});
        const std::vector<QByteArray> names = unpackList(notEnforced);
        config.notEnforced = QByteArrayList(names.begin(), names.end());
        return *this;
    }

    RowReader &operator>>(Bulk &bulk)
    {
        return *this >> bulk.id >> bulk.title >> bulk.triesOneFirst >> bulk.perSecond
               >> bulk.stopAfterSame >> bulk.total >> bulk.startedAt >> bulk.state >> bulk.waiting
               >> bulk.retrying >> bulk.completed >> bulk.failedAgain >> bulk.refused
               >> bulk.sameError >> bulk.endedAt;
    }

    RowReader &operator>>(BulkItem &item)
    {
        BulkId bulk;
        int index = 0;
        return *this >> bulk >> index >> item.run >> item.state >> item.detail;
    }

private:
    Source m_source;
};

/// One row as a struct of tables.h.
template<typename T, Columns Source>
T readRow(Source source)
{
    T row;
    RowReader<Source>(source) >> row;
    return row;
}

} // namespace devserver::store

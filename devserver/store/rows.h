// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/write.h"
#include "devserver/store/packedlist.h"
#include "devserver/store/rowreader.h"

/// Rows of tables.h as structs: what each table has, in the order of its columns.
namespace devserver::store {

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, Event &event)
{
    return row >> event.internalId >> event.name >> event.receivedAt >> event.ts >> event.hasOwnId
           >> event.id >> event.target >> event.source >> event.json;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, Run &run)
{
    EventId first;
    QByteArray further;
    QByteArray pending;
    row >> run.id >> run.function >> first >> further >> run.scheduleKey >> run.originalRun
        >> run.queuedAt >> run.functionVersion >> run.status >> run.cycle >> run.scheduledAt
        >> run.startedAt >> run.endedAt >> run.requestVersion >> run.forceStepPlan >> run.generation
        >> run.timelineNext >> run.memoNext >> run.failedStep >> run.cancelCause >> pending
        >> run.output;
    run.events = {first};
    for (qsizetype at = 0; at + 16 <= further.size(); at += 16)
        run.events.push_back(EventId::fromBytes(QByteArrayView(further).sliced(at, 16)));
    run.pending = unpackList(pending);
    return row;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, Memo &memo)
{
    RunId run;
    return row >> run >> memo.index >> memo.kind >> memo.at >> memo.attempts >> memo.droppedInCycle
           >> memo.step >> memo.name >> memo.json;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, Job &job)
{
    return row >> job.id >> job.run >> job.kind >> job.step >> job.name >> job.state >> job.attempt
           >> job.interruptions >> job.enqueuedAt >> job.runAt >> job.firstEligibleAt >> job.request
           >> job.isRace;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, Attempt &attempt)
{
    CallTiming &timing = attempt.timing;
    return row >> attempt.run >> attempt.request >> attempt.job >> attempt.kind >> attempt.attempt
           >> attempt.maxAttempts >> attempt.delivery >> attempt.cycle >> attempt.generation
           >> attempt.requestVersion >> attempt.forceStepPlan >> attempt.memoCount
           >> attempt.enqueuedAt >> attempt.runAt >> attempt.firstEligibleAt >> attempt.sentAt
           >> attempt.outcome >> attempt.finishedAt >> attempt.httpStatus >> attempt.responseSize
           >> attempt.noRetry >> attempt.nextAttemptAt >> timing.dns >> timing.connect >> timing.tls
           >> timing.firstByte >> timing.total >> attempt.step >> attempt.stepName >> attempt.url
           >> attempt.responseHeaders >> attempt.error >> attempt.responseBody >> attempt.signature;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, TimelineRecord &record)
{
    return row >> record.run >> record.number >> record.at >> record.type >> record.step
           >> record.attempt >> record.payload;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, DeadLetter &letter)
{
    return row >> letter.run >> letter.function >> letter.state >> letter.cycle >> letter.failedAt
           >> letter.closedAt >> letter.fingerprint >> letter.reason >> letter.failedStep
           >> letter.failedStepName >> letter.failedStepAttempts >> letter.completedSteps
           >> letter.resolution >> letter.error;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, Delivery &delivery)
{
    return row >> delivery.event >> delivery.function >> delivery.refusal >> delivery.heldBy
           >> delivery.at >> delivery.detail;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, App &app)
{
    return row >> app.id >> app.name >> app.kind >> app.url >> app.sdk >> app.framework
           >> app.version >> app.checksum >> app.error >> app.errorDetail >> app.syncedAt
           >> app.isFound >> app.isNamed;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, Function &function)
{
    QByteArray triggers;
    QByteArray notEnforced;
    FunctionConfig &config = function.config;
    row >> function.id >> function.app >> function.version >> function.isArchived >> config.slug
        >> config.name >> config.url >> config.retries >> triggers >> notEnforced >> config.config;
    const std::vector<QByteArray> parts = unpackList(triggers);
    for (std::size_t i = 0; i + 3 <= parts.size(); i += 3)
        config.triggers.push_back(Trigger{parts[i], parts[i + 1], parts[i + 2]});
    const std::vector<QByteArray> names = unpackList(notEnforced);
    config.notEnforced = QByteArrayList(names.begin(), names.end());
    return row;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, Bulk &bulk)
{
    return row >> bulk.id >> bulk.title >> bulk.triesOneFirst >> bulk.perSecond
           >> bulk.stopAfterSame >> bulk.total >> bulk.startedAt >> bulk.state >> bulk.waiting
           >> bulk.retrying >> bulk.completed >> bulk.failedAgain >> bulk.refused >> bulk.sameError
           >> bulk.endedAt;
}

template<Columns Source>
RowReader<Source> &operator>>(RowReader<Source> &row, BulkItem &item)
{
    BulkId bulk;
    int index = 0;
    return row >> bulk >> index >> item.run >> item.state >> item.detail;
}

/// One row as a struct of tables.h.
template<typename T, Columns Source>
T readRow(Source source)
{
    T row;
    RowReader<Source> reader(source);
    reader >> row;
    return row;
}

} // namespace devserver::store

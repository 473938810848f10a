// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/callsteps.h"
#include "ui/core/timelinedata.h"

#include <map>

namespace console {

/// A row while it is built, with where it stands.
struct TimelineDraft {
    TimelineRow row;
    devserver::TimePoint firstSeen;
    int number = 0; ///< of the record that it was first seen in
};

/// Reads a record once and is thrown away. Attempts are read in `timelinechains.cpp`.
class TimelineBuilder
{
public:
    TimelineBuilder(const devserver::api::RunRecord &record, devserver::TimePoint now)
        : m_record(record)
        , m_isLive(!isTerminal(record.run.status))
        , m_end(m_isLive ? now : record.run.endedAt.value_or(now))
        , m_steps(record)
    {}

    [[nodiscard]] TimelineDataPtr build();

private:
    TimelineDraft &draft(const devserver::StepId &step, RowKind kind, devserver::TimePoint at,
                         int number);
    void readRecord(const devserver::TimelineRecord &record);
    void readGroups();
    void readOutcome(const devserver::TimelineRecord &record, BarState state);
    void readWoke(const devserver::TimelineRecord &record);
    void mark(const devserver::TimelineRecord &record, TimelineMark::Kind kind,
              const QString &text);
    void numberAttempts();
    void readAttempts();
    void addChain(const std::vector<const devserver::Attempt *> &chain);
    void addAttempt(TimelineDraft &on, const devserver::Attempt &attempt,
                    const devserver::Attempt *next);
    [[nodiscard]] static QString decidedWords(BarState state, const devserver::Attempt &attempt,
                                              const RetryFate &fate);
    void addGap(TimelineDraft &on, const devserver::Attempt &attempt,
                const devserver::Attempt *next);
    void addOpenGap(TimelineDraft &on, const devserver::Attempt &attempt,
                    const devserver::Job &job);
    void addPlanned(TimelineDraft &on);
    void addWaitingJobs();
    void readMemos();
    void addKept();
    void finishRow(TimelineRow &row) const;
    static void finishDone(TimelineRow &row, const devserver::Memo &done);
    void dropQuietBody();
    [[nodiscard]] TimelineRow runRow() const;
    void addActive(TimelineData &data) const;
    [[nodiscard]] const devserver::Job *job(const devserver::JobId &id) const;

    const devserver::api::RunRecord &m_record;
    bool m_isLive;
    devserver::TimePoint m_end;
    CallSteps m_steps;
    std::vector<TimelineDraft> m_drafts;
    std::map<devserver::StepId, std::size_t> m_places;
    std::map<devserver::RequestId, int> m_numbers;
    std::map<devserver::StepId, int> m_groups;
    std::vector<TimelineMark> m_marks;
    std::map<devserver::StepId, const devserver::Memo *> m_memos;
};

} // namespace console

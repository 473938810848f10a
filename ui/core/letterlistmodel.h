// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/pagedrows.h"

#include <map>

namespace console {

class Feed;

enum class LetterColumn { When, Function, Error, Payload, Retried, Tries, Reason, Run, Age };

struct LetterRows {
    using Row = devserver::api::LetterSummary;
    using Page = devserver::api::LetterSummaryPage;
    using Key = devserver::RunId;

    static Key key(const Row &row) { return row.run; }

    static devserver::TimePoint bornAt(const Row &row) { return row.failedAt; }
};

/// The dead letters that one query finds, newest failure first, kept current by the feed: what is
/// retried leaves, what dies again comes back on top (ui.md 11).
class LetterListModel final : public PagedRows<LetterRows>
{
    Q_OBJECT

public:
    LetterListModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                    devserver::api::LetterListQuery query, QObject *parent = nullptr);

    [[nodiscard]] const devserver::api::LetterListQuery &query() const { return m_query; }

    /// A mark with the engine's words on the row, until it changes; empty: takes it away.
    void setRefusal(devserver::RunId run, const QString &why);
    [[nodiscard]] QString refusal(devserver::RunId run) const;

    /// Somebody retries it: it leaves at once, unless the list shows what is being retried. Ends
    /// with `endSending`.
    void send(devserver::RunId run);
    /// What became of it; \a refusal  the engine's words if it was not taken: the letter is back
    /// where it was, with a mark.
    void endSending(devserver::RunId run, const QString &refusal = {});

protected:
    [[nodiscard]] devserver::api::Reply *askPage(const devserver::api::PageToken &after,
                                                 int limit) override;
    [[nodiscard]] Fit fit(const devserver::api::LetterSummary &letter) const override;
    [[nodiscard]] bool comesBefore(const devserver::api::LetterSummary &a,
                                   const devserver::api::LetterSummary &b) const override;
    [[nodiscard]] bool isMoved(const devserver::api::LetterSummary &before,
                               const devserver::api::LetterSummary &after) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString toolTip(int row, int column) const override;
    [[nodiscard]] QString filterTerm(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    timeUntilChange(int row, devserver::TimePoint now) const override;

private:
    void takeLetters(std::vector<devserver::api::LetterSummary> letters);

    devserver::api::LetterListQuery m_query;
    /// Being sent, and not in the list meanwhile; as they are known to be.
    std::map<devserver::RunId, devserver::api::LetterSummary> m_sent;
    std::map<devserver::RunId, QString> m_refusals;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "devserver/model/bulk.h"
#include "devserver/model/result.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class QHBoxLayout;

namespace devserver::api {
class Reply;
}

namespace console {

class ElidedLabel;
class ElidedLink;
class TextClock;
struct Context;

/// The run that a bulk retry tries first, by which the others stand or fall: a link to it, and what
/// it is at. Hidden when no run is tried, or none is known. Asks the server which one it is.
class BulkTrial final : public QWidget
{
    Q_OBJECT

public:
    explicit BulkTrial(Context &context, QWidget *parent = nullptr);

    /// News of the bulk that is followed; none: there is none any more.
    void follow(const std::optional<devserver::Bulk> &bulk);

private:
    void ask();
    void take(const std::vector<devserver::api::RunSummary> &runs);
    void showRun(const devserver::api::RunSummary &run);
    void forget();
    void colourLink();

    Context &m_context;
    QHBoxLayout *m_row;
    ElidedLink *m_link = nullptr; ///< its text is its own
    ElidedLabel *m_words;
    TextClock *m_clock;
    std::optional<devserver::BulkId> m_bulk;
    std::optional<devserver::api::RunSummary> m_run;
    QPointer<devserver::api::Reply> m_request;
};

} // namespace console

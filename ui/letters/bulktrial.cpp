// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/bulktrial.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/elidedlink.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/textclock.h"

#include <QHBoxLayout>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Activity;
using devserver::ActivityKind;
using devserver::Bulk;
using devserver::api::Filter;
using devserver::api::RunSummary;

namespace {

Filter term(const QByteArray &key, const QByteArray &value)
{
    Filter filter;
    filter.kind = Filter::Kind::Term;
    filter.term.key = key;
    filter.term.values = {value};
    return filter;
}

/// Those that the bulk took and that have not ended: as long as one is tried, that one.
Filter takenBy(devserver::BulkId bulk)
{
    Filter filter;
    filter.kind = Filter::Kind::And;
    filter.parts = {term("bulk"_ba, bulk.toText()), term("is"_ba, "live"_ba)};
    return filter;
}

bool triesOne(const Bulk &bulk)
{
    return bulk.state == devserver::BulkState::Running && bulk.triesOneFirst && bulk.retrying > 0
           && bulk.completed + bulk.failedAgain == 0;
}

const Activity *backoffOf(const RunSummary &run)
{
    const auto found = std::ranges::find_if(run.activities, [](const Activity &activity) {
        return activity.kind == ActivityKind::BackingOff && activity.until;
    });
    return found == run.activities.end() ? nullptr : &*found;
}

} // namespace

BulkTrial::BulkTrial(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_row(new QHBoxLayout(this))
    , m_words(new ElidedLabel(this))
    , m_clock(new TextClock(this, [this]() -> std::optional<std::chrono::milliseconds> {
        if (!m_run)
            return std::nullopt;
        showRun(*m_run);
        const Activity *backoff = backoffOf(*m_run);
        return backoff == nullptr ? std::nullopt
                                  : timeUntilTextChanges(*backoff->until, m_context.backend.now());
    }))
{
    setObjectName(u"bulkTrial"_s);
    m_words->setObjectName(u"bulkTrialWords"_s);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(6);
    m_row->addWidget(m_words);
    connect(&context.feed, &Feed::runsChanged, this, &BulkTrial::take);
    connect(&context.theme, &Theme::changed, this, &BulkTrial::colourLink);
    hide();
}

void BulkTrial::follow(const std::optional<Bulk> &bulk)
{
    if (!bulk || !triesOne(*bulk)) {
        forget();
        return;
    }
    if (m_bulk != bulk->id)
        forget();
    m_bulk = bulk->id;
    if (!m_run && !m_request)
        ask();
}

void BulkTrial::forget()
{
    if (m_request)
        m_request->cancel();
    m_request.clear();
    m_bulk.reset();
    m_run.reset();
    hide();
}

void BulkTrial::ask()
{
    devserver::api::RunsQuery query;
    query.filter = takenBy(*m_bulk);
    query.limit = 1;
    m_request = m_context.backend.ask(query);
    devserver::api::then<devserver::api::RunPage>(
        m_request, this,
        [this](const devserver::api::RunPage &page) {
            m_request.clear();
            if (page.rows.empty() || !m_bulk)
                return;
            m_run = page.rows.front();
            showRun(*m_run);
            show();
            m_clock->restart();
        },
        [this](const devserver::Error &) { m_request.clear(); }); // asked again with the next news
}

void BulkTrial::take(const std::vector<RunSummary> &runs)
{
    const auto found = std::ranges::find_if(
        runs, [this](const RunSummary &run) { return m_run && run.id == m_run->id; });
    if (found == runs.end())
        return;
    m_run = *found;
    m_clock->restart();
}

void BulkTrial::colourLink()
{
    if (m_link == nullptr)
        return;
    QPalette colours = m_link->palette();
    colours.setColor(QPalette::ButtonText, m_context.theme.color(Token::Accent));
    m_link->setPalette(colours);
}

void BulkTrial::showRun(const RunSummary &run)
{
    const QString name = u"%1 %2"_s.arg(functionOf(run), shortId(run.id.toText()));
    if (m_link == nullptr || m_link->accessibleName() != name) {
        delete std::exchange(m_link, new ElidedLink(name, this));
        m_link->setObjectName(u"bulkTrialRun"_s);
        m_link->setAccessibleName(name);
        m_link->setToolTip(tr("Open the run that is tried first"));
        m_link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        connect(m_link, &QToolButton::clicked, this,
                [this, id = run.id] { m_context.navigator.openRun(id); });
        m_row->insertWidget(0, m_link);
        colourLink();
    }
    const Activity *backoff = backoffOf(run);
    if (backoff == nullptr) {
        m_words->setText(tr("is tried first"));
        return;
    }
    const int next = backoff->attempt + 1;
    m_words->setText(tr("failed, attempt %1 of %2 %3")
                         .arg(QString::number(next),
                              QString::number(std::max(run.maxAttempts, next)),
                              formatCountdown(*backoff->until, m_context.backend.now())));
}

} // namespace console

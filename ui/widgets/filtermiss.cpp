// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/filtermiss.h"

#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/widgets/context.h"
#include "ui/widgets/emptystate.h"

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::Count;
using devserver::api::CountQuery;
using devserver::api::Filter;

namespace {

QString countWords(CountQuery::Of of, qint64 rows)
{
    const auto number = static_cast<int>(rows); // counted to 10,000
    switch (of) {
    case CountQuery::Of::Runs:
        return FilterMiss::tr("%Ln run(s)", nullptr, number);
    case CountQuery::Of::Events:
        return FilterMiss::tr("%Ln event(s)", nullptr, number);
    case CountQuery::Of::Letters:
        return FilterMiss::tr("%Ln letter(s)", nullptr, number);
    }
    Q_UNREACHABLE();
}

} // namespace

FilterMiss::FilterMiss(Context &context, EmptyState &place, CountQuery::Of of)
    : QObject(&place)
    , m_context(context)
    , m_place(place)
    , m_of(of)
{
    m_again.setSingleShot(true);
    m_again.setInterval(std::chrono::seconds(1));
    connect(&m_again, &QTimer::timeout, this, &FilterMiss::count);
    connect(&context.feed, &Feed::countersChanged, this, &FilterMiss::countSoon);
    connect(&context.feed, &Feed::eventsChanged, this, &FilterMiss::countSoon);
}

void FilterMiss::explain(const QString &sentence, const Filter &filter, const Filter &without)
{
    if (m_place.isVisible() && m_place.text() == sentence)
        return; // a new page of the same nothing
    if (m_request)
        m_request->cancel();
    m_sentence = sentence;
    m_line = filterText(filter);
    m_without = without;
    m_place.setMessage(u"search"_s, sentence, {}, m_line);
    m_place.clearButtons();
    m_place.addButton(tr("Clear filter"), [this] { Q_EMIT filterChosen({}); });
    if (const Filter rest = filterWithoutLast(filter); !rest.isAll())
        m_place.addButton(tr("Remove last term"), [this, rest] { Q_EMIT filterChosen(rest); });
    count();
}

void FilterMiss::count()
{
    if (m_place.text() != m_sentence)
        return; // another thing is said there by now
    m_request = m_context.backend.ask(CountQuery{.of = m_of, .filter = m_without});
    devserver::api::then<Count>(
        m_request, this,
        [this](const Count &count) {
            if (m_place.text() != m_sentence)
                return;
            const QString rows = countWords(m_of, count.rows);
            m_place.setMessage(u"search"_s, m_sentence,
                               count.isExact ? tr("%1 without the filter.").arg(rows)
                                             : tr("More than %1 without the filter.").arg(rows),
                               m_line);
        },
        [](const devserver::Error &) {}); // the sentence stands by itself
}

void FilterMiss::countSoon()
{
    if (m_place.isVisible() && m_request.isNull() && !m_again.isActive())
        m_again.start();
}

} // namespace console

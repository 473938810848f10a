// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/filtervocabulary.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

using Takes = FilterKey::Takes;

QString tr(const char *text)
{
    return QCoreApplication::translate("Filter", text);
}

QByteArrayList words(const char *text)
{
    return QByteArray(text).split(' ');
}

std::vector<FilterKey> runKeys()
{
    return {
        {"state"_ba, Takes::Words, words("queued running waiting completed failed dead cancelled"),
         tr("state of the run")},
        {"fn"_ba, Takes::Text, {}, tr("function")},
        {"app"_ba, Takes::Text, {}, tr("app")},
        {"event"_ba, Takes::Text, {}, tr("name of the event")},
        {"event-id"_ba, Takes::Id, {}, tr("event that started it, by its ID")},
        {"error"_ba, Takes::Text, {}, tr("name or message of the error")},
        {"dur"_ba, Takes::Duration, {}, tr("run time")},
        {"waited"_ba, Takes::Duration, {}, tr("time in the queue")},
        {"attempts"_ba, Takes::Number, {}, tr("attempts used")},
        {"since"_ba, Takes::Bound, {}, tr("queued at or after")},
        {"until"_ba, Takes::Bound, {}, tr("queued before")},
        {"queued"_ba, Takes::Time, {}, tr("time it was queued")},
        {"started"_ba, Takes::Time, {}, tr("time it started")},
        {"ended"_ba, Takes::Time, {}, tr("time it ended")},
        {"is"_ba, Takes::Words,
         words("live ended rerun retried queued running waiting completed failed dead cancelled"),
         tr("kind of run")},
        {"has"_ba, Takes::Words, words("error letter key output"), tr("what it has")},
        {"source"_ba, Takes::Text,
         words("composer app function curl http redrive event invoke rerun failure"),
         tr("who or what started it")},
        {"kind"_ba, Takes::Words, words("function"), tr("function or job")},
        {"id"_ba, Takes::Id, {}, tr("beginning of the run ID")},
        {"key"_ba, Takes::Text, {}, tr("idempotency key")},
        {"sig"_ba, Takes::Text, {}, tr("signature of the error")},
        {"bulk"_ba, Takes::Id, {}, tr("bulk retry that took it, by its ID")},
        {"bulk-completed"_ba, Takes::Id, {}, tr("bulk retry in which it completed")},
        {"bulk-failed"_ba, Takes::Id, {}, tr("bulk retry in which it failed again")},
    };
}

std::vector<FilterKey> eventKeys()
{
    return {
        {"event"_ba, Takes::Text, {}, tr("name of the event")},
        {"id"_ba, Takes::Text, {}, tr("event ID")},
        {"key"_ba, Takes::Text, {}, tr("ID that the sender chose")},
        {"is"_ba, Takes::Words, words("internal invoke"), tr("kind of event")},
        {"has"_ba, Takes::Words, words("runs none key refusals"), tr("what it has")},
        {"source"_ba, Takes::Text, words("composer app function curl http redrive internal invoke"),
         tr("who sent it")},
        {"fn"_ba, Takes::Text, {}, tr("function that it started")},
        {"app"_ba, Takes::Text, {}, tr("app of a function that it started")},
        {"state"_ba, Takes::Words, runKeys().front().words, tr("state of a run that it started")},
        {"error"_ba, Takes::Text, {}, tr("error of a run that it started")},
        {"sig"_ba, Takes::Text, {}, tr("signature of such an error")},
        {"since"_ba, Takes::Bound, {}, tr("received at or after")},
        {"until"_ba, Takes::Bound, {}, tr("received before")},
        {"queued"_ba, Takes::Time, {}, tr("time it was received")},
    };
}

std::vector<FilterKey> letterKeys()
{
    std::vector<FilterKey> keys = runKeys();
    for (FilterKey &key : keys) {
        if (key.name == "state")
            key.words = words("open retrying resolved discarded dead");
        else if (key.name == "is")
            key.words = words("retried open retrying resolved discarded dead");
        else if (key.name == "since")
            key.what = tr("failed at or after");
        else if (key.name == "until")
            key.what = tr("failed before");
        else if (key.name == "ended")
            key.what = tr("time it failed");
    }
    keys.push_back({"reason"_ba, Takes::Words, words("used-up no-retry limit"),
                    tr("why it is not tried any more")});
    return keys;
}

/// What a row of the agenda knows of itself: nobody else is asked.
std::vector<FilterKey> waitingKeys()
{
    return {
        {"is"_ba, Takes::Words, words("retry sleep delayed offline gone"), tr("what it waits for")},
        {"fn"_ba, Takes::Text, {}, tr("function")},
        {"app"_ba, Takes::Text, {}, tr("app")},
        {"step"_ba, Takes::Text, {}, tr("step that waits")},
        {"due"_ba, Takes::Time, {}, tr("time it happens, or how long until then")},
        {"error"_ba, Takes::Text, {}, tr("name or message of the error")},
        {"event"_ba, Takes::Text, {}, tr("name of the event")},
        {"attempts"_ba, Takes::Number, {}, tr("attempts used")},
        {"queued"_ba, Takes::Time, {}, tr("time it was queued")},
        {"id"_ba, Takes::Id, {}, tr("beginning of the run ID")},
        {"key"_ba, Takes::Text, {}, tr("idempotency key")},
    };
}

} // namespace

const std::vector<FilterKey> &filterKeys(FilterSubject subject)
{
    static const std::array<std::vector<FilterKey>, 4> keys = {runKeys(), eventKeys(), letterKeys(),
                                                               waitingKeys()};
    return keys[static_cast<std::size_t>(subject)];
}

const FilterKey *filterKey(FilterSubject subject, QByteArrayView name)
{
    const std::vector<FilterKey> &keys = filterKeys(subject);
    const auto found = std::find_if(keys.begin(), keys.end(),
                                    [&](const FilterKey &key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

bool isFilterPath(QByteArrayView name)
{
    const qsizetype dot = name.indexOf('.');
    const QByteArrayView root = dot < 0 ? name : name.first(dot);
    return root == "data" || root == "user" || root == "output" || root == "meta";
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/eventcolumns.h"

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "ui/core/filtermatch.h"
#include "ui/core/filtertext.h"
#include "ui/core/runwords.h"
#include "ui/core/timecell.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::EventSummary;
using devserver::api::Filter;
using devserver::api::FilterTerm;
using devserver::api::StartedRun;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("EventColumns", text);
}

DisplayState stateOf(const StartedRun &run)
{
    return displayState(run.status, run.activity, run.letter);
}

/// The one that says most about what an event did.
int weightOf(DisplayState state)
{
    switch (state) {
    case DisplayState::Dead:
        return 8;
    case DisplayState::Failed:
        return 7;
    case DisplayState::Running:
        return 6;
    case DisplayState::Waiting:
        return 5;
    case DisplayState::Queued:
    case DisplayState::Paused:
        return 4;
    case DisplayState::Cancelled:
        return 3;
    case DisplayState::Skipped:
        return 2;
    case DisplayState::Completed:
        return 1;
    }
    Q_UNREACHABLE();
}

bool isInternal(const EventSummary &event)
{
    return event.name.startsWith("inngest/");
}

/// What an older version stored does not say who sent it.
QString sourceText(const EventSummary &event)
{
    return event.source.isEmpty() ? u"–"_s : QString::fromUtf8(event.source);
}

Fit wordsFit(const FilterTerm &term, const EventSummary &event)
{
    Fit any = Fit::No;
    for (const QByteArray &value : term.values) {
        bool fits = false;
        if (value == "internal")
            fits = isInternal(event);
        else if (value == "invoke")
            fits = !event.target.isEmpty();
        else if (value == "event")
            fits = event.target.isEmpty() && !isInternal(event);
        else if (value == "runs")
            fits = !event.started.empty();
        else if (value == "none")
            fits = event.started.empty();
        else if (value == "key")
            fits = event.hasOwnId;
        else if (value == "refusals")
            fits = event.refusals > 0;
        else
            return Fit::Unknown;
        if (fits)
            any = Fit::Yes;
    }
    return term.op == devserver::api::FilterOp::NotEqual ? fits::negated(any) : any;
}

/// The own ID whole, or the beginning of the internal one.
Fit idFits(const FilterTerm &term, const EventSummary &event)
{
    if (term.op == devserver::api::FilterOp::Matches)
        return fits::text(term, event.id);
    const Fit own = fits::text(term, event.id);
    const Fit internal = fits::idBegin(term, event.internalId.toText());
    const bool both = term.op == devserver::api::FilterOp::NotEqual;
    return fits::of(both ? own == Fit::Yes && internal == Fit::Yes
                         : own == Fit::Yes || internal == Fit::Yes);
}

/// As the store looks for them: in the name and in the ID, and as the beginning of the internal
/// one.
Fit freeWordFits(const FilterTerm &term, const EventSummary &event)
{
    constexpr qsizetype shortestIdPrefix = 4;
    const QByteArray internal = event.internalId.toText();
    return fits::of(
        std::any_of(term.values.begin(), term.values.end(), [&](const QByteArray &word) {
            return fits::contains(event.name, word) || fits::contains(event.id, word)
                   || (word.size() >= shortestIdPrefix && internal.startsWith(word.toUpper()));
        }));
}

Fit termFits(const FilterTerm &term, const EventSummary &event, devserver::TimePoint now)
{
    if (term.key.isEmpty())
        return freeWordFits(term, event);
    if (term.key == "event")
        return fits::text(term, event.name);
    if (term.key == "id")
        return idFits(term, event);
    if (term.key == "key")
        return event.hasOwnId ? fits::text(term, event.id) : Fit::No;
    if (term.key == "is" || term.key == "has")
        return wordsFit(term, event);
    if (term.key == "source") {
        return fits::source(term, event.source, [&](const QByteArray &word) {
            const bool isWord = word == "event" || word == "internal" || word == "invoke";
            return isWord ? wordsFit({.key = term.key, .values = {word}}, event) : Fit::Unknown;
        });
    }
    if (term.key == "since" || term.key == "until" || term.key == "queued")
        return fits::time(term, event.receivedAt, now);
    return Fit::Unknown;
}

bool hasTerm(const Filter &filter, QByteArrayView key, QByteArrayView valueBegin = {})
{
    if (filter.kind == Filter::Kind::Term)
        return filter.term.key == key
               && std::any_of(
                   filter.term.values.begin(), filter.term.values.end(),
                   [&](const QByteArray &value) { return value.startsWith(valueBegin); });
    return std::any_of(filter.parts.begin(), filter.parts.end(),
                       [&](const Filter &part) { return hasTerm(part, key, valueBegin); });
}

/// As the store decides it: they are hidden as long as nothing asks for them.
bool asksForInternal(const Filter &filter)
{
    return hasTerm(filter, "is", "internal") || hasTerm(filter, "event", "inngest/")
           || hasTerm(filter, "source", "internal") || hasTerm(filter, "source", "invoke")
           || hasTerm(filter, "source", "redrive") || hasTerm(filter, "", "inngest/")
           || hasTerm(filter, "id");
}

/// Members that a path of the filter language can name.
bool canBeInPath(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return QChar::isLetterOrNumber(static_cast<uchar>(c)) || c == '_' || c == '-';
    });
}

/// `data.id:o_17`: the first member of the data that is a text, a number or a truth value.
QString dataTerm(const QByteArray &preview)
{
    using devserver::JsonToken;
    devserver::JsonReader reader(preview); // it may be cut: then its end reads as an error
    QByteArrayList path{"data"_ba};
    JsonToken token = reader.next();
    while (token == JsonToken::BeginObject || token == JsonToken::Key) {
        if (token == JsonToken::BeginObject) {
            token = reader.next();
            continue;
        }
        const QByteArray name = reader.raw().sliced(1, reader.raw().size() - 2).toByteArray();
        token = reader.next();
        const bool isList = token == JsonToken::BeginArray;
        if (isList || token == JsonToken::Null || !canBeInPath(name)) {
            reader.takeValue();
            token = reader.next();
            continue;
        }
        path.append(name);
        if (token == JsonToken::String)
            return filterTermText(path.join('.'), {devserver::JsonValue(reader.raw()).toUtf8()});
        if (token == JsonToken::Number || token == JsonToken::True || token == JsonToken::False)
            return filterTermText(path.join('.'), {reader.raw().toByteArray()});
    }
    return {};
}

Cell plain(const QString &text, Token token = Token::Text)
{
    Cell cell{.text = text};
    cell.token = token;
    return cell;
}

} // namespace

std::vector<ColumnSpec> eventColumns()
{
    std::vector<ColumnSpec> columns = {
        withTimeWidth({"received"_ba, tr("Received"), 12}),
        {"event"_ba, tr("Event"), 24},
        {"preview"_ba, tr("Data"), 36},
        {"started"_ba, tr("Started"), 28},
        {"source"_ba, tr("Source"), 12},
        {"id"_ba, tr("ID"), 16},
        {"key"_ba, tr("Key"), 16},
        {"size"_ba, tr("Size"), 10},
    };
    for (ColumnSpec &column : columns) {
        column.isSortable = false;
        column.whyUnsorted = tr("%1. Events are listed newest first").arg(column.title);
    }
    const auto grow = [&columns](EventColumn of, int most, int rank) {
        ColumnSpec &column = columns[static_cast<std::size_t>(of)];
        column.mostChars = most;
        column.rank = rank;
    };
    columns[static_cast<std::size_t>(EventColumn::Received)].rank = 5;
    grow(EventColumn::Event, 40, 4);
    grow(EventColumn::Started, 44, 3);
    grow(EventColumn::Source, 24, 2); // short words: whole before the data, which are cut anyway
    grow(EventColumn::Preview, 120, 1);
    // The data get the room; the selected event's id, key and size stand in its header.
    for (const EventColumn hidden : {EventColumn::EventId, EventColumn::Key, EventColumn::Size})
        columns[static_cast<std::size_t>(hidden)].isShown = false;
    columns[static_cast<std::size_t>(EventColumn::Size)].isRight = true;
    return columns;
}

std::vector<StartedChip> startedChips(const EventSummary &event)
{
    struct Group {
        QByteArray name;
        DisplayState state;
        const StartedRun *run;
        int count;
    };

    std::vector<Group> groups;
    for (const StartedRun &run : event.started) {
        const DisplayState state = stateOf(run);
        const auto known = std::find_if(groups.begin(), groups.end(), [&](const Group &group) {
            return group.name == run.functionName;
        });
        if (known == groups.end()) {
            groups.push_back({run.functionName, state, &run, 1});
            continue;
        }
        ++known->count;
        if (weightOf(state) > weightOf(known->state)) {
            known->state = state;
            known->run = &run;
        }
    }
    std::stable_sort(groups.begin(), groups.end(), [](const Group &a, const Group &b) {
        return weightOf(a.state) > weightOf(b.state);
    });
    std::vector<StartedChip> chips;
    for (const Group &group : groups) {
        const QString name = visibleText(QString::fromUtf8(group.name));
        const WaitReason reason = group.run->activity == devserver::ActivityKind::BackingOff
                                      ? WaitReason::Backoff
                                      : WaitReason::None;
        chips.push_back({.icon = stateIcon(group.state, reason),
                         .token = stateToken(group.state, reason),
                         .text = group.count > 1 ? tr("%1 ×%2").arg(name).arg(group.count) : name,
                         .words = tr("%1: %2").arg(name, stateWord(group.state))});
    }
    return chips;
}

QString refusalWords(const EventSummary &event)
{
    return event.refusals > 0 ? tr("%1 not started").arg(event.refusals) : QString();
}

Cell eventCell(const EventSummary &event, EventColumn column, const EventCellStyle &style)
{
    switch (column) {
    case EventColumn::Received:
        return timeCell(event.receivedAt, style.now, style.times);
    case EventColumn::Event:
        return plain(QString::fromUtf8(event.name));
    case EventColumn::Preview: {
        Cell cell = plain(QString::fromUtf8(event.preview), Token::TextDim);
        cell.isMono = true;
        return cell;
    }
    case EventColumn::Started:
        if (!event.started.empty() || event.refusals > 0)
            return {};
        return plain(isInternal(event) ? QString() : tr("nothing"), Token::TextDim);
    case EventColumn::Source:
        return plain(sourceText(event), Token::TextDim);
    case EventColumn::EventId: {
        Cell cell = plain(shortId(event.internalId.toText()), Token::TextDim);
        cell.isMono = true;
        return cell;
    }
    case EventColumn::Key: {
        Cell cell = plain(event.hasOwnId ? QString::fromUtf8(event.id) : QString(), Token::TextDim);
        cell.isMono = true;
        return cell;
    }
    case EventColumn::Size: {
        Cell cell = plain(formatSize(event.sizeBytes), Token::TextDim);
        cell.isRight = true;
        return cell;
    }
    }
    Q_UNREACHABLE();
}

QString eventToolTip(const EventSummary &event, EventColumn column, const EventCellStyle &style)
{
    switch (column) {
    case EventColumn::Received:
        return formatTimeExactly(event.receivedAt, style.times == TimeStyle::Relative
                                                       ? TimeStyle::Absolute
                                                       : style.times);
    case EventColumn::EventId:
        return QString::fromLatin1(event.internalId.toText());
    case EventColumn::Started:
        return eventSpoken(event, column, style);
    case EventColumn::Source:
        return event.source.isEmpty() ? tr("Not known: an older version of Redrive stored it")
                                      : QString();
    default:
        return {};
    }
}

QString eventSpoken(const EventSummary &event, EventColumn column, const EventCellStyle &)
{
    if (column == EventColumn::Source && event.source.isEmpty())
        return tr("not known");
    if (column != EventColumn::Started)
        return {};
    QStringList words;
    for (const StartedChip &chip : startedChips(event))
        words.append(chip.words);
    if (event.refusals > 0)
        words.append(tr("%1 not started").arg(event.refusals));
    return words.isEmpty() ? tr("started nothing") : words.join(u", "_s);
}

QString eventFilterTerm(const EventSummary &event, EventColumn column)
{
    const auto term = [](const QByteArray &key, const QByteArray &value) {
        return filterTermText(key, {value});
    };
    switch (column) {
    case EventColumn::Received: // the whole minute, as in Runs
        return term("queued"_ba, QDateTime::fromMSecsSinceEpoch(devserver::toMs(event.receivedAt))
                                     .toString(u"yyyy-MM-ddTHH:mm"_s)
                                     .toLatin1());
    case EventColumn::Event:
        return term("event"_ba, event.name);
    case EventColumn::Preview:
        return dataTerm(event.preview);
    case EventColumn::EventId:
        return term("id"_ba, event.internalId.toText());
    case EventColumn::Key:
        return event.hasOwnId ? term("key"_ba, event.id) : QString();
    case EventColumn::Started:
        if (!event.started.empty())
            return term("fn"_ba, event.started.front().functionName);
        return event.refusals > 0 ? u"has:refusals"_s : u"has:none"_s;
    case EventColumn::Source:
        return event.source.isEmpty() ? QString() : term("source"_ba, event.source);
    default:
        return {};
    }
}

QString eventCopyText(const EventSummary &event, EventColumn column)
{
    switch (column) {
    case EventColumn::Received:
        return QString::fromLatin1(devserver::toRfc3339(event.receivedAt));
    case EventColumn::EventId:
        return QString::fromLatin1(event.internalId.toText());
    case EventColumn::Key:
        return event.hasOwnId ? QString::fromUtf8(event.id) : QString();
    case EventColumn::Source:
        return QString::fromUtf8(event.source);
    case EventColumn::Started:
        return eventSpoken(event, column, {});
    default:
        return {};
    }
}

Fit filterFits(const Filter &filter, const EventSummary &event, devserver::TimePoint now)
{
    if (isInternal(event) && !asksForInternal(filter))
        return Fit::No;
    return fits::tree(filter, [&](const FilterTerm &term) { return termFits(term, event, now); });
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/waitingview.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/feed.h"
#include "ui/core/waitingmodel.h"
#include "ui/letters/actionrow.h"
#include "ui/letters/hourstrip.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/statechips.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto stripEvery = 10s; // a tenth of a dot
constexpr auto filterAfter = 200ms;

std::vector<StateChips::Choice> choices(const QString &all)
{
    std::vector<StateChips::Choice> made = {
        {.value = {}, .name = "All"_ba, .word = all, .icon = {}, .token = Token::Accent}};
    for (const WaitingKind kind : waitingKinds) {
        QByteArray name = waitingKindKey(kind);
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
        made.push_back({.value = waitingKindKey(kind),
                        .name = name,
                        .word = waitingKindWord(kind),
                        .icon = waitingIcon(kind),
                        .token = waitingToken(kind)});
    }
    return made;
}

} // namespace

WaitingView::WaitingView(Context &shared, QWidget *parent)
    : View(shared, "waiting"_ba, parent)
    , m_chips(new StateChips(shared, "waitingChip"_ba, choices(tr("All")), this))
    , m_filter(new QLineEdit(this))
    , m_strip(new HourStrip(shared, this))
    , m_pages(new QStackedWidget(this))
    , m_table(new ListTable(shared, m_pages))
    , m_empty(new EmptyState(shared, m_pages))
{
    makeLayout();
    connectFilter();
    connect(m_chips, &StateChips::chosen, this, [this](const QByteArrayList &kinds) {
        m_kinds = kinds;
        m_chips->setChosen(kinds);
        query();
        Q_EMIT placeChanged();
    });
    connect(m_strip, &HourStrip::timeChosen, this, [this](devserver::TimePoint time) {
        for (int at = 0; list() != nullptr && at < list()->rowCount(); ++at) {
            if (list()->at(at).due == time) {
                m_table->selectId(list()->idAt(at));
                m_table->setFocus();
                return;
            }
        }
    });
    connect(&m_stripTimer, &QTimer::timeout, this, &WaitingView::showContent);
    connect(&shared.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        if (context().backend.server().phase == devserver::api::ServerPhase::Serving)
            query();
    });
    connectTable();
    bindActions();
    query();
}

void WaitingView::makeLayout()
{
    m_table->setObjectName(u"waitingTable"_s);
    m_table->setAccessibleName(tr("What happens by itself"));
    m_empty->setObjectName(u"waitingEmpty"_s);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_filter->setObjectName(u"waitingFilter"_s);
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Function, step or run ID"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(context().icons.icon(u"filter"_s), QLineEdit::LeadingPosition);
    m_filter->setMinimumWidth(fontMetrics().averageCharWidth() * 18);
    m_filter->setMaximumWidth(fontMetrics().averageCharWidth() * 44);
    m_filter->installEventFilter(this);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 10, 12, 8);
    row->setSpacing(12);
    row->addWidget(m_chips, 2);
    row->addWidget(m_filter, 1);
    body().addLayout(row);
    body().addWidget(m_strip);
    body().addWidget(m_pages, 1);
    body().addWidget(makeRule(this));
    body().addWidget(new ActionRow(context(),
                                   {{"run.retryNow", "waitingRetryNow"},
                                    {"run.skip", "waitingSkip"},
                                    {"run.open", "waitingOpen"},
                                    {"run.cancel", "waitingCancel"}},
                                   this));
}

void WaitingView::connectFilter()
{
    m_filterTimer.setSingleShot(true);
    connect(m_filter, &QLineEdit::textChanged, this, [this] { m_filterTimer.start(filterAfter); });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_filterTimer.start(0ms);
        m_table->setFocus();
    });
    connect(&m_filterTimer, &QTimer::timeout, this, [this] {
        query();
        Q_EMIT placeChanged();
    });
}

/// Esc clears the line, then leaves it, as in the other lists.
bool WaitingView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        if (m_filter->text().isEmpty())
            m_table->setFocus();
        else
            m_filter->clear();
        return true;
    }
    return View::eventFilter(watched, event);
}

WaitingModel *WaitingView::list() const
{
    return qobject_cast<WaitingModel *>(m_table->list());
}

void WaitingView::connectTable()
{
    connect(m_table, &ListTable::replaced, this, &WaitingView::showNewModel);
    connect(m_table, &ListTable::selectionEdited, &context().actions, &ActionRegistry::refresh);
    connect(m_table, &ListTable::settledOn, this, &WaitingView::noteCurrent);
    connect(m_table, &QTableView::clicked, this, &WaitingView::runAction);
    connect(m_table, &ListTable::opened, this, [this](const QByteArray &id) {
        if (const int row = list()->rowOf(id); row >= 0)
            context().navigator.openRun(list()->at(row).run);
    });
    connect(m_table, &ListTable::failed, this, [this](const devserver::Error &error) {
        infoBars().show({.id = "waiting.query"_ba,
                         .kind = InfoKind::Error,
                         .text = tr("What waits could not be read: %1").arg(error.message),
                         .buttons = {{tr("Try again"), [this] { query(); }}},
                         .details = {}});
    });
    connect(m_table, &ListTable::contextMenuWanted, this, [this](const QPoint &at) {
        QMenu *menu = context().actions.contextMenu(
            m_table, {"run.open"_ba, ""_ba, "run.retryNow"_ba, "run.skip"_ba, "run.cancel"_ba,
                      ""_ba, "run.copyId"_ba, "list.copy"_ba});
        menu->setObjectName(u"waitingMenu"_s);
        m_table->hold();
        connect(menu, &QMenu::aboutToHide, m_table, &ListTable::release);
        menu->popup(at);
    });
}

void WaitingView::query()
{
    WaitingModel::Choice choice;
    for (const WaitingKind kind : waitingKinds) {
        if (m_kinds.contains(waitingKindKey(kind)))
            choice.kinds.insert(kind);
    }
    choice.word = m_filter->text().trimmed();
    m_table->replace(new WaitingModel(context().backend, context().clock, context().feed,
                                      std::move(choice), m_table));
}

void WaitingView::showNewModel()
{
    infoBars().dismiss("waiting.query"_ba);
    connect(list(), &WaitingModel::contentChanged, this, &WaitingView::showContent);
    connect(list(), &WaitingModel::contentChanged, &context().actions, &ActionRegistry::refresh);
    showContent();
}

void WaitingView::showContent()
{
    const WaitingModel *model = list();
    if (model == nullptr)
        return;
    int all = 0;
    for (const WaitingKind kind : waitingKinds) {
        m_chips->setCount(waitingKindKey(kind), model->count(kind));
        all += model->count(kind);
    }
    m_chips->setCount({}, all);
    m_strip->setDue(model->dueBefore(context().backend.now() + 1h));
    if (model->rowCount() > 0) {
        m_pages->setCurrentWidget(m_table);
        if (isVisible() && m_table->currentId().isEmpty())
            m_table->selectId(model->idAt(0)); // what comes next
        return;
    }
    m_empty->clearButtons();
    if (all == 0) {
        m_empty->setMessage(u"nav-waiting"_s, tr("Nothing waits"),
                            tr("Retries after a backoff, sleeps and work for an app that is "
                               "offline stand here, in order of time."));
    } else if (!m_filter->text().isEmpty()) {
        m_empty->setMessage(u"search"_s, tr("Nothing that waits matches %1").arg(m_filter->text()),
                            tr("%1 without the filter").arg(formatCount(all)));
        m_empty->addButton(tr("Clear filter"), [this] {
            m_filter->clear();
            m_table->setFocus();
        });
    } else {
        m_empty->setMessage(u"search"_s, tr("Nothing of this kind waits"),
                            tr("%1 of other kinds do").arg(formatCount(all)));
        m_empty->addButton(tr("Show all"), [this] { Q_EMIT m_chips->chosen({}); });
    }
    m_pages->setCurrentWidget(m_empty);
}

std::vector<WaitingRow> WaitingView::selected() const
{
    std::vector<WaitingRow> rows;
    if (const WaitingModel *model = list()) {
        for (const int row : m_table->selectedRows())
            rows.push_back(model->at(row));
    }
    return rows;
}

void WaitingView::bindDeed(const QByteArray &id, WaitingKind kind, const QString &reason,
                           const QString &many)
{
    context().actions.bind(
        id, m_table,
        [this, kind] {
            for (const WaitingRow &row : selected()) {
                if (row.kind == kind)
                    act(row);
            }
        },
        [this, kind, reason, many]() -> Availability {
            const std::vector<WaitingRow> rows = selected();
            const auto fitting =
                std::count_if(rows.begin(), rows.end(),
                              [kind](const WaitingRow &row) { return row.kind == kind; });
            if (rows.empty())
                return {.isEnabled = false, .reason = tr("Nothing is selected"), .text = {}};
            if (fitting == 0)
                return {.isEnabled = false, .reason = reason, .text = {}};
            return {.isEnabled = true,
                    .reason = {},
                    .text = rows.size() == 1 ? QString() : many.arg(fitting)};
        });
}

void WaitingView::bindActions()
{
    ActionRegistry &actions = context().actions;
    bindDeed("run.retryNow"_ba, WaitingKind::Retry, tr("This does not wait for a retry"),
             tr("Retry %1 now"));
    bindDeed("run.skip"_ba, WaitingKind::Sleep, tr("This does not sleep"), tr("Skip %1 sleeps"));
    const auto hasOne = [this]() -> Availability {
        return {.isEnabled = !m_table->selectedRows().empty(),
                .reason = tr("Nothing is selected"),
                .text = {}};
    };
    actions.bind(
        "run.open"_ba, m_table,
        [this] {
            if (const std::vector<WaitingRow> rows = selected(); !rows.empty())
                context().navigator.openRun(rows.front().run);
        },
        hasOne);
    actions.bind(
        "run.cancel"_ba, m_table,
        [this] {
            for (const WaitingRow &row : selected()) {
                devserver::api::then<devserver::VerbDone>(
                    context().backend.act(devserver::CancelRun{row.run}), this,
                    [](const devserver::VerbDone &) {},
                    [this](const devserver::Error &error) {
                        showError("run.cancel"_ba, tr("Cancel was refused"), error);
                    });
            }
        },
        hasOne);
    actions.bind(
        "run.copyId"_ba, m_table,
        [this] {
            QByteArrayList ids;
            for (const WaitingRow &row : selected())
                ids.append(row.run.toText());
            context().desktop.copy(QString::fromLatin1(ids.join('\n')));
        },
        hasOne);
    actions.bind(
        "list.copy"_ba, m_table, [this] { context().desktop.copy(m_table->selectionText()); },
        hasOne);
}

void WaitingView::act(const WaitingRow &row)
{
    const bool isRetry = row.kind == WaitingKind::Retry;
    const devserver::Verb verb =
        isRetry ? devserver::Verb(devserver::RetryNow{.run = row.run, .job = row.job})
                : devserver::Verb(devserver::SkipSleep{.run = row.run, .job = row.job});
    devserver::api::then<devserver::VerbDone>(
        context().backend.act(verb), this, [](const devserver::VerbDone &) {},
        [this, isRetry](const devserver::Error &error) {
            showError("waiting.act"_ba,
                      isRetry ? tr("Retry now was refused") : tr("Skip was refused"), error);
        });
}

void WaitingView::runAction(const QModelIndex &index)
{
    if (static_cast<WaitingColumn>(index.column()) != WaitingColumn::Action || list() == nullptr)
        return;
    const WaitingRow row = list()->at(index.row());
    if (row.kind == WaitingKind::Offline)
        context().navigator.go({.view = "apps"_ba, .filter = {}, .subject = {}});
    else if (row.kind != WaitingKind::Delayed)
        act(row);
}

void WaitingView::noteCurrent()
{
    const std::vector<WaitingRow> rows = selected();
    if (rows.empty() || !isVisible())
        return;
    Selection selection;
    selection.kind = Selection::Kind::Run;
    selection.run = rows.front().run;
    context().navigator.select(selection);
}

void WaitingView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    showContent();
    m_stripTimer.start(stripEvery);
}

void WaitingView::hideEvent(QHideEvent *event)
{
    View::hideEvent(event);
    m_stripTimer.stop();
}

/// `retry,sleep charge`: kinds, then the word.
Place WaitingView::place() const
{
    const QString kinds = QString::fromLatin1(m_kinds.join(','));
    const QString word = m_filter->text().trimmed();
    return {.view = name(),
            .filter = word.isEmpty() ? kinds : QString(kinds + u' ' + word),
            .subject = {}};
}

void WaitingView::showPlace(const Place &place)
{
    const QString kindsText = place.filter.section(u' ', 0, 0);
    const QByteArrayList kinds =
        kindsText.isEmpty() ? QByteArrayList() : kindsText.toLatin1().split(',');
    const QString word = place.filter.section(u' ', 1);
    if (kinds == m_kinds && word == m_filter->text().trimmed())
        return;
    m_kinds = kinds;
    m_chips->setChosen(kinds);
    const QSignalBlocker silent(m_filter);
    m_filter->setText(word);
    query();
}

QWidget *WaitingView::filterLine() const
{
    return m_filter;
}

QWidget *WaitingView::mainWidget() const
{
    return m_table;
}

QByteArray WaitingView::saveState() const
{
    return m_table->header()->saveColumns();
}

void WaitingView::restoreState(const QByteArray &state)
{
    m_table->header()->restoreColumns(state);
}

} // namespace console

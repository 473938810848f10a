// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/letterdetail.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/callmodel.h"
#include "ui/core/catalog.h"
#include "ui/core/errorinfo.h"
#include "ui/core/format.h"
#include "ui/core/inspection.h"
#include "ui/core/letterhistorymodel.h"
#include "ui/core/letterwords.h"
#include "ui/core/runwords.h"
#include "ui/letters/lettercalls.h"
#include "ui/letters/lettererror.h"
#include "ui/widgets/actionbuttons.h"
#include "ui/widgets/columntable.h"
#include "ui/widgets/context.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/idlabel.h"
#include "ui/widgets/linklabel.h"
#include "ui/widgets/lowscroll.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/payloadview.h"
#include "ui/widgets/rowmenu.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/whenserving.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::LetterSummary;
using devserver::api::RunRecord;

namespace {

constexpr int leastHeight = 96; // heading and tabs: there is the composer below, too

constexpr int headerSide = 12;
constexpr int headerGap = 12;
constexpr int idGap = 6; // what is copied stands beside its button

} // namespace

LetterDetail::LetterDetail(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_whole(new QWidget(this))
    , m_nothing(new EmptyState(context, this))
    , m_title(new QLabel(this))
    , m_facts(new ElidedLabel(this))
    , m_dot(new QLabel(u"\u00b7"_s, this))
    , m_id(new IdLabel(this))
    , m_keepsIcon(new QLabel(this))
    , m_keeps(new ElidedLabel(this))
    , m_edited(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_error(new LetterError(context, this))
    , m_payload(new PayloadView(context, this))
    , m_attempts(new AttemptModel(this))
    , m_history(new LetterHistoryModel(this))
    , m_callModel(new CallModel(this))
{
    m_title->setObjectName(u"deadTitle"_s);
    m_facts->setObjectName(u"deadFacts"_s);
    m_keeps->setObjectName(u"deadKeeps"_s);
    m_payload->setObjectName(u"deadPayload"_s);
    m_tabs->setObjectName(u"deadTabs"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    build();
    connect(&context.theme, &Theme::changed, this, &LetterDetail::showKeepsIcon);
    connect(&context.catalog, &Catalog::changed, this, &LetterDetail::showKeeps);
    connect(m_error, &LetterError::tryAgainWanted, this, &LetterDetail::ask);
    connect(m_error, &LetterError::problem, this, &LetterDetail::problem);
    whenServing(context.backend, this, [this] {
        if (m_letter)
            ask();
    });
    m_texts.setSingleShot(true);
    connect(&m_texts, &QTimer::timeout, this, &LetterDetail::tick);
    const auto showTimes = [this] {
        m_history->setTimeStyle(m_context.settings.timeStyle());
        tick();
    };
    connect(&context.settings, &Settings::changed, this, showTimes);
    showTimes();
    showKeepsIcon();
}

void LetterDetail::build()
{
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Details of the dead letter"));
    m_tabs->addTab(m_error, tr("Error"));
    m_tabs->addTab(m_payload, tr("Payload"));
    m_tabs->addTab(makeTable(m_attempts, u"deadAttempts"_s, tr("Attempts")), tr("Attempts"));
    m_tabs->addTab(makeTable(m_history, u"deadHistory"_s, tr("History")), tr("History"));
    m_calls = new LetterCalls(m_context, m_callModel,
                              makeTable(m_callModel, u"deadCalls"_s, tr("Calls")), m_tabs);
    m_tabs->addTab(m_calls, tr("Calls"));
    auto *layout = new QVBoxLayout(m_whole);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(makeHeader());
    m_problem = makeProblem();
    layout->addWidget(m_problem);
    layout->addWidget(m_tabs, 1);
    connect(m_tabs, &QTabWidget::currentChanged, this, &LetterDetail::showProblem);
    m_nothing->setObjectName(u"deadNothing"_s);
    m_nothing->setMessage(u"nav-dead"_s, tr("No letter is selected"));
    m_nothing->hide();
    auto *both = new QVBoxLayout(this);
    both->setContentsMargins(0, 0, 0, 0);
    m_scroll = new LowScroll(m_whole, leastHeight, this);
    both->addWidget(m_scroll);
    both->addWidget(m_nothing);
}

/// Without a letter there is nothing for its tabs and buttons.
void LetterDetail::showThatThereIs(bool isThere)
{
    m_scroll->setVisible(isThere);
    m_nothing->setVisible(!isThere);
}

QLayout *LetterDetail::makeHeader()
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_id->setObjectName(u"deadRunId"_s);
    m_keeps->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_edited->setObjectName(u"deadEdited"_s);
    m_edited->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_edited->hide();
    keepLinkColour(m_edited, m_context.theme);
    connect(m_edited, &QLabel::linkActivated, this, [this] {
        if (const devserver::RunId run = editedRun(); !run.isNull())
            m_context.navigator.openRun(run);
    });
    QToolButton *copyId = makeActionButton(m_context, "dead.copyId"_ba, u"deadCopyId"_s, this);
    copyId->setToolButtonStyle(Qt::ToolButtonIconOnly);
    copyId->setAutoRaise(true);
    auto *first = new QHBoxLayout;
    first->setSpacing(0);
    first->addWidget(m_title);
    first->addSpacing(headerGap);
    first->addWidget(m_facts);
    first->addSpacing(idGap); // the dot stands as those between the facts
    m_dot->setForegroundRole(QPalette::PlaceholderText);
    m_dot->hide();
    auto *run = new QHBoxLayout;
    run->setSpacing(idGap);
    run->addWidget(m_dot);
    run->addWidget(m_id);
    run->addWidget(copyId);
    first->addLayout(run);
    first->addStretch(1);
    m_id->standIn(first);
    auto *second = new QHBoxLayout;
    second->setSpacing(6);
    second->addWidget(m_keepsIcon);
    second->addWidget(m_keeps, 1);
    second->addWidget(m_edited, 1);
    auto *header = new QVBoxLayout;
    header->setContentsMargins(headerSide, 8, headerSide, 2);
    header->setSpacing(4);
    header->addLayout(first);
    header->addLayout(second);
    return header;
}

/// Of a resolved one only the record knows how: one that was edited goes on as another run.
void LetterDetail::showKeeps()
{
    if (!m_letter)
        return;
    const bool isResolved = m_letter->state == devserver::LetterState::Resolved;
    const devserver::RunId edited = editedRun();
    const bool isKnown = m_record && m_record->letter && m_record->letter->state == m_letter->state;
    QString words = keepsSentence(*m_letter, m_context.backend.now(),
                                  m_context.catalog.isRegistered(m_letter->slug));
    if (!edited.isNull())
        words = tr("Edited, and goes on as run %1").arg(shortId(edited.toText()));
    else if (isResolved && !isKnown)
        words = tr("Resolved");
    m_keeps->setText(words);
    if (!edited.isNull())
        setLoneLink(m_edited, words.toHtmlEscaped());
    m_edited->setVisible(!edited.isNull());
    m_keeps->setVisible(edited.isNull());
    showKeepsIcon();
}

devserver::RunId LetterDetail::editedRun() const
{
    const bool isResolved = m_letter && m_letter->state == devserver::LetterState::Resolved;
    return isResolved && m_record ? LetterHistoryModel::editedRun(*m_record) : devserver::RunId();
}

void LetterDetail::showKeepsIcon()
{
    constexpr int iconSize = 16;
    if (!m_letter) {
        m_keepsIcon->setPixmap({});
        return;
    }

    struct Sign {
        QString icon;
        Token token;
    };

    const Sign sign = [this]() -> Sign {
        switch (m_letter->state) {
        case devserver::LetterState::Discarded:
            return {u"trash"_s, Token::TextDim};
        case devserver::LetterState::Resolved:
            if (!editedRun().isNull())
                return {u"edit"_s, Token::TextDim};
            return {u"check"_s, Token::StateCompleted};
        case devserver::LetterState::Retrying:
            return {stateIcon(DisplayState::Running), Token::StateRunning};
        case devserver::LetterState::Open:
            break;
        }
        if (!m_context.catalog.isRegistered(m_letter->slug))
            return {u"state-offline"_s, Token::TextDim};
        return {u"retry"_s, Token::StateCompleted};
    }();
    m_keepsIcon->setPixmap(
        m_context.icons.pixmap(sign.icon, sign.token, iconSize, devicePixelRatioF()));
}

QTableView *LetterDetail::makeTable(QAbstractItemModel *model, const QString &name,
                                    const QString &spoken)
{
    auto *table = new ColumnTable(m_context, model,
                                  model == m_history    ? LetterHistoryModel::columns()
                                  : model == m_attempts ? AttemptModel::columns()
                                                        : CallModel::columns(),
                                  m_tabs);
    table->setObjectName(name);
    table->setAccessibleName(spoken);
    std::vector<QByteArray> actions = {"list.copy"_ba};
    if (model != m_history) {
        bindRequestRows(m_context, *table);
        actions.insert(actions.begin(), "attempts.copyId"_ba);
    }
    if (model == m_callModel)
        actions.insert(actions.begin(), {"calls.copyCurl"_ba, {}});
    giveRowMenu(m_context, *table, std::move(actions));
    return table;
}

QByteArray LetterDetail::dataOf(const RunRecord &record)
{
    if (record.events.empty())
        return {};
    const auto data = devserver::JsonValue::of(record.events.front().json).find("data");
    return data ? data->toBytes() : QByteArray();
}

void LetterDetail::showLetter(const LetterSummary &letter)
{
    if (m_letter == letter)
        return;
    const bool isOther = !m_letter || m_letter->run != letter.run;
    m_letter = letter;
    showFacts();
    tick();
    if (isOther) {
        m_record.reset();
        m_error->setLetter(letter.fingerprint, m_title->text());
        m_error->showSummary(letterError(letter));
        emptyTabs();
    }
    ask();
}

/// Of another letter nothing may stay there: ids are copied from it.
void LetterDetail::emptyTabs()
{
    m_payload->clear();
    m_attempts->clear();
    m_history->clear();
    m_calls->clear();
    showProblem();
}

QWidget *LetterDetail::makeProblem()
{
    auto *problem = new QWidget(m_whole);
    problem->setObjectName(u"deadProblem"_s);
    m_problemWords = new QLabel(problem);
    m_problemWords->setObjectName(u"deadProblemWords"_s);
    m_problemWords->setTextFormat(Qt::PlainText);
    m_problemWords->setWordWrap(true);
    auto *again = new QPushButton(tr("Try again"), problem);
    again->setObjectName(u"deadProblemAgain"_s);
    again->setAccessibleName(again->text());
    again->setAutoDefault(false);
    connect(again, &QPushButton::clicked, this, &LetterDetail::ask);
    auto *row = new QHBoxLayout(problem);
    row->setContentsMargins(headerSide, 4, headerSide, 4);
    row->setSpacing(headerGap);
    row->addWidget(m_problemWords, 1);
    row->addWidget(again, 0, Qt::AlignTop);
    problem->hide();
    return problem;
}

void LetterDetail::showProblem()
{
    const bool isShown = m_error->hasProblem() && m_tabs->currentWidget() != m_error;
    if (!isShown && m_problem->isAncestorOf(window()->focusWidget()))
        m_tabs->setFocus(Qt::OtherFocusReason); // before it hides, and anything has the keyboard
    m_problem->setVisible(isShown);
}

void LetterDetail::tryAgain()
{
    if (m_letter && !m_request && (!m_record || m_error->hasProblem()))
        ask();
}

void LetterDetail::ask()
{
    if (m_request)
        m_request->cancel();
    m_request = m_context.backend.ask(devserver::api::RunRecordQuery{m_letter->run});
    devserver::api::then<RunRecord>(
        m_request, this,
        [this](const RunRecord &record) {
            m_record = std::make_shared<const RunRecord>(record);
            showRecord();
        },
        [this](const devserver::Error &error) {
            const QString words = tr("The run could not be read: %1").arg(error.message);
            m_error->showProblem(words);
            m_problemWords->setText(words);
            showProblem();
        });
}

/// `died 20 m ago, 10:04:03`; in the other styles only the time.
QString LetterDetail::deadSince(devserver::TimePoint time) const
{
    const devserver::TimePoint now = m_context.backend.now();
    const TimeStyle style = m_context.settings.timeStyle();
    const QString clock =
        formatTime(time, now, style == TimeStyle::Relative ? TimeStyle::Absolute : style);
    const QString ago = formatTime(time, now, style);
    return ago == clock ? tr("died %1").arg(clock) : tr("died %1, %2").arg(ago, clock);
}

void LetterDetail::tick()
{
    m_texts.stop();
    if (!m_letter || !isVisible())
        return;
    showFacts();
    if (const auto change = timeUntilTextChanges(m_letter->failedAt, m_context.backend.now());
        change && m_context.settings.timeStyle() == TimeStyle::Relative)
        m_texts.start(std::max<std::chrono::milliseconds>(*change, std::chrono::seconds(1)));
}

void LetterDetail::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    tick();
}

void LetterDetail::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_texts.stop();
}

/// What can be seen elsewhere, too, stands last: it gives way first.
void LetterDetail::showFacts()
{
    const LetterSummary &letter = *m_letter;
    showThatThereIs(true);
    m_title->setText(visibleText(functionOf(letter)));
    QStringList facts = {deadSince(letter.failedAt), letterSentence(letter)};
    if (letter.cycle > 0)
        facts.append(retriedWords(letter.cycle));
    if (!letter.appName.isEmpty())
        facts.append(tr("app %1").arg(QString::fromUtf8(letter.appName)));
    m_facts->setText(visibleText(facts.join(u"  \u00b7  "_s)));
    const QString id = QString::fromLatin1(letter.run.toText());
    m_dot->show();
    m_id->setId(id, tr("Run %1").arg(id));
    showKeeps();
}

void LetterDetail::clear()
{
    if (m_request)
        m_request->cancel();
    m_letter.reset();
    m_record.reset();
    m_title->clear();
    m_facts->clear();
    m_dot->hide();
    m_id->setId({}, {});
    m_keeps->clear();
    m_edited->hide();
    m_keeps->show();
    m_error->setLetter({}, {});
    m_error->showSummary({});
    emptyTabs();
    showKeepsIcon();
    showThatThereIs(false);
}

void LetterDetail::showRecord()
{
    showKeeps();
    m_payload->setPayload(dataOf(*m_record));
    Inspection inspection;
    inspection.subject.kind = Selection::Kind::Run;
    inspection.subject.run = m_record->run.id;
    inspection.run = m_record;
    m_attempts->setInspection(inspection, m_context.backend.now());
    m_history->setRecord(*m_record);
    m_calls->setInspection(inspection);
    m_error->showChain(
        errorChain(m_record->letter ? m_record->letter->error : m_record->run.output));
    showProblem();
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/composer.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/jsonformat.h"
#include "ui/events/answersmodel.h"
#include "ui/events/composerbar.h"
#include "ui/events/draftlists.h"
#include "ui/events/draftsender.h"
#include "ui/events/drafttarget.h"
#include "ui/events/favourites.h"
#include "ui/events/jsoneditor.h"
#include "ui/events/plaintable.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <optional>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::EventSummaryPage;

namespace {

constexpr int keepDelay = 1000;            // ms
constexpr int learntEvents = 12;           ///< that proposals are made of
constexpr qsizetype mostKept = 256 * 1024; ///< bytes of a draft in the settings
const QString draftKey = u"composer/draft"_s;
const QString historyKey = u"composer/history"_s;
const QByteArray firstText = "{\n  \n}"_ba;

} // namespace

Composer::Composer(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_history(new DraftHistory(this))
    , m_favourites(new Favourites(this))
    , m_answers(new AnswersModel(context, this))
    , m_sender(new DraftSender(context, *m_answers, this))
    , m_target(new DraftTarget(context, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_lists(new DraftLists(context, m_favourites, m_history, m_splitter))
    , m_editor(new JsonEditor(context, m_splitter))
    , m_answerTable(new PlainTable(context, m_answers, {}, m_splitter))
    , m_favouriteName(new QLineEdit(this))
    , m_bar(new ComposerBar(context, this))
{
    setObjectName(u"composer"_s);
    makeLayout();
    connectParts();
    listen();
    m_history->restore(context.settings.value(historyKey).toByteArray());
    const std::optional<Draft> kept = draftFromFile(context.settings.value(draftKey).toByteArray());
    setDraft(kept.value_or(Draft{.text = firstText}));
    m_favourites->setFolder(Favourites::folderBeside(context.backend.server().dataFile));
    check();
}

Composer::~Composer()
{
    keep();
    // The parts live a little longer, and losing the focus makes them speak.
    for (QObject *part : std::initializer_list<QObject *>{m_target, m_editor, m_favouriteName,
                                                          m_sender, m_answers, m_favourites})
        part->disconnect(this);
}

QWidget *Composer::makeAnswers()
{
    auto *side = new QWidget(m_splitter);
    auto *title = new QLabel(tr("Answers"), side);
    QFont strong = title->font();
    strong.setWeight(QFont::DemiBold);
    title->setFont(strong);
    title->setContentsMargins(10, 8, 10, 4);
    title->setForegroundRole(QPalette::PlaceholderText);
    m_answerTable->setObjectName(u"composerAnswers"_s);
    m_answerTable->setAccessibleName(tr("Runs that were started"));
    m_answerTable->viewport()->setAutoFillBackground(false); // part of the panel
    m_answerTable->horizontalHeader()->hide();
    m_answerTable->horizontalHeader()->setStretchLastSection(false);
    m_answerTable->horizontalHeader()->setSectionResizeMode(AnswersModel::WhatColumn,
                                                            QHeaderView::Stretch);
    m_answerTable->horizontalHeader()->setSectionResizeMode(AnswersModel::StateColumn,
                                                            QHeaderView::ResizeToContents);
    auto *hint = new QLabel(tr("The runs that a send starts appear here. Ctrl+Enter sends, "
                               "Ctrl+Shift+Enter also opens the first run."),
                            side);
    hint->setWordWrap(true);
    hint->setContentsMargins(10, 0, 10, 4);
    hint->setForegroundRole(QPalette::PlaceholderText);
    connect(m_answers, &QAbstractItemModel::rowsInserted, hint, &QWidget::hide);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addWidget(m_answerTable, 1);
    return side;
}

void Composer::makeLayout()
{
    m_editor->setObjectName(u"composerEditor"_s);
    m_editor->setAccessibleName(tr("Data as JSON"));
    m_splitter->setObjectName(u"composerSplitter"_s);
    m_splitter->addWidget(m_lists);
    m_splitter->addWidget(m_editor);
    m_splitter->addWidget(makeAnswers());
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({200, 620, 380});
    m_splitter->setStretchFactor(1, 1);
    m_favouriteName->setObjectName(u"composerFavouriteName"_s);
    m_favouriteName->setAccessibleName(tr("Name of the favourite"));
    m_favouriteName->setPlaceholderText(
        tr("Name of the favourite, such as orders/new order; Enter saves, Esc does not"));
    m_favouriteName->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_target);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_favouriteName);
    layout->addWidget(m_bar);
    setFocusProxy(m_editor);
}

void Composer::connectParts()
{
    m_keepTimer.setSingleShot(true);
    m_keepTimer.setInterval(keepDelay);
    connect(&m_keepTimer, &QTimer::timeout, this, &Composer::keep);
    connect(m_target, &DraftTarget::edited, this, [this] {
        const bool isEvent = m_target->draft().target == Draft::Target::Event;
        m_editor->setShape(isEvent ? DraftShape::Data : DraftShape::Value);
        m_refusal.clear();
        check();
        m_keepTimer.start();
    });
    connect(m_target, &DraftTarget::nameChosen, this, &Composer::learn);
    m_editor->setProfile(&m_profile);
    connect(m_editor, &JsonEditor::checked, this, &Composer::check);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        m_refusal.clear();
        m_keepTimer.start();
    });
    connect(m_editor, &JsonEditor::sendRequested, this, &Composer::send);
    connect(m_editor, &JsonEditor::historyRequested, this, &Composer::walkHistory);
    connect(m_lists, &DraftLists::chosen, this, [this](const Draft &chosen) {
        setDraft(chosen);
        m_editor->setFocus();
    });
    connect(m_bar, &ComposerBar::sendClicked, this, [this] { send(false); });
    connect(m_bar, &ComposerBar::stopClicked, m_sender, &DraftSender::stop);
    connect(m_bar, &ComposerBar::formatClicked, m_editor, &JsonEditor::format);
    connect(m_bar, &ComposerBar::saveClicked, this, &Composer::askName);
    connect(m_bar, &ComposerBar::copyChosen, this, &Composer::copy);
    connect(m_sender, &DraftSender::accepted, this, [this](const Draft &sent) {
        m_history->add(sent, m_context.backend.now());
        m_keepTimer.start();
        m_target->loadNames();
        m_context.actions.refresh();
    });
    connect(m_sender, &DraftSender::refused, this, [this](const QString &problem) {
        m_refusal = problem;
        check();
    });
    connect(m_sender, &DraftSender::progressed, this, &Composer::check);
    connect(m_answerTable, &PlainTable::opened, this, [this](int row) {
        if (const devserver::RunId run = m_answers->runAt(row); !run.isNull())
            m_context.navigator.openRun(run);
    });
    connect(m_favouriteName, &QLineEdit::returnPressed, this, &Composer::saveFavourite);
    connect(m_favourites, &Favourites::failed, this, [this](const QString &problem) {
        m_refusal = problem;
        check();
    });
}

void Composer::listen()
{
    connect(&m_context.navigator, &Navigator::eventDraftRequested, this,
            [this](const QByteArray &name, const QByteArray &json) {
                takeDraft(Draft::Target::Event, name, json);
            });
    connect(&m_context.navigator, &Navigator::invokeDraftRequested, this,
            [this](const QByteArray &slug, const QByteArray &json) {
                takeDraft(Draft::Target::Invoke, slug, json);
            });
    connect(&m_context.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        m_favourites->setFolder(Favourites::folderBeside(m_context.backend.server().dataFile));
        check();
    });
    // Also while the composer is hidden; the window outlives it.
    QWidget *where = parentWidget() == nullptr ? this : window();
    const auto last = [self = QPointer<Composer>(this)]() -> std::optional<Draft> {
        const Composer *composer = self.data();
        if (composer == nullptr || composer->m_history->rowCount() == 0)
            return std::nullopt;
        return composer->m_history->at(0).draft;
    };
    m_context.actions.bind(
        "event.sendLast"_ba, where,
        [self = QPointer<Composer>(this), last] {
            Composer *composer = self.data();
            const std::optional<Draft> draft = last();
            if (composer != nullptr && draft)
                composer->sendDraft({.draft = *draft});
        },
        [last]() -> Availability {
            return {.isEnabled = last().has_value(),
                    .reason = tr("Nothing was sent from here yet"),
                    .text = {}};
        });
}

Draft Composer::draft() const
{
    Draft now = m_target->draft();
    now.text = m_editor->draftText();
    return now;
}

void Composer::setDraft(const Draft &draft)
{
    m_target->setDraft(draft);
    m_editor->setDraftText(draft.text);
    learn(draft.name);
}

void Composer::takeDraft(Draft::Target target, const QByteArray &name, const QByteArray &dataJson)
{
    if (!name.isEmpty()) {
        Draft taken{.target = target, .name = name};
        const FormattedJson formatted = formatJson(dataJson, {.longestString = 0});
        taken.text = dataJson.isEmpty() ? firstText : formatted.error ? dataJson : formatted.text;
        setDraft(taken);
    }
    // The dock may be shown by the same signal, after this.
    QTimer::singleShot(0, this, [this, hasName = !name.isEmpty()] {
        if (hasName)
            m_editor->setFocus();
        else
            m_target->focusName();
    });
}

QString Composer::whyNot() const
{
    if (m_context.backend.server().phase != devserver::api::ServerPhase::Serving)
        return tr("The server is stopped");
    if (const QString problem = m_target->problem(); !problem.isEmpty())
        return problem;
    if (const std::optional<DraftProblem> &problem = m_editor->problem())
        return tr("Line %1, column %2: %3")
            .arg(problem->line)
            .arg(problem->column)
            .arg(problem->message);
    const qsizetype size = m_editor->document()->characterCount();
    if (size > DraftSender::mostBytes)
        return tr("The event has %1, the limit is %2")
            .arg(formatSize(size), formatSize(DraftSender::mostBytes));
    return {};
}

void Composer::check()
{
    const QString reason = whyNot();
    m_bar->setSending(m_sender->isSending());
    m_bar->setSendable(reason);
    if (m_sender->isSending() && m_bar->copies() > 1)
        m_bar->say(
            tr("Sent %1 of %2").arg(formatCount(m_sender->done()), formatCount(m_bar->copies())),
            ComposerBar::Mood::Busy);
    else if (!m_refusal.isEmpty())
        m_bar->say(m_refusal, ComposerBar::Mood::Bad);
    else if (!reason.isEmpty())
        m_bar->say(reason, m_target->draft().name.isEmpty() ? ComposerBar::Mood::Hint
                                                            : ComposerBar::Mood::Bad);
    else
        m_bar->say(
            tr("Valid JSON   %1").arg(formatSize(m_editor->document()->characterCount() - 1)),
            ComposerBar::Mood::Good);
}

void Composer::send(bool opensFirst)
{
    if (!whyNot().isEmpty()) {
        check();
        return;
    }
    sendDraft({.draft = draft(),
               .copies = m_bar->copies(),
               .perSecond = m_bar->perSecond(),
               .opensFirst = opensFirst});
}

void Composer::sendDraft(const DraftSender::Order &order)
{
    m_refusal = m_sender->send(order);
    check();
}

void Composer::walkHistory(int step)
{
    if (const Draft *there = m_history->walk(step, draft())) {
        const Draft copy = *there; // setting it may be noticed by the history
        setDraft(copy);
    }
}

void Composer::askName()
{
    if (!m_favourites->hasFolder()) {
        m_refusal = tr("Favourites need a data file: start Redrive with one");
        check();
        return;
    }
    m_favouriteName->show();
    m_favouriteName->setFocus();
    m_favouriteName->selectAll();
}

void Composer::saveFavourite()
{
    const QString name = m_favouriteName->text().trimmed();
    m_refusal = Favourites::nameProblem(name);
    if (m_refusal.isEmpty()) {
        m_favourites->save(name, draft());
        m_favouriteName->hide();
        m_editor->setFocus();
    }
    check();
}

void Composer::copy(CopyLanguage language)
{
    const Draft now = draft();
    m_context.desktop.copy(
        copyAs(language, eventToSend(now.name, now.id, strippedOfComments(now.text).trimmed()),
               m_context.backend.server().address));
}

/// Proposals come from the last events of the name.
void Composer::learn(const QByteArray &name)
{
    if (name == m_learnt || name.isEmpty())
        return;
    m_learnt = name;
    m_profile.clear();
    if (m_request)
        m_request->cancel();
    devserver::api::EventListQuery query;
    query.filter.kind = devserver::api::Filter::Kind::Term;
    query.filter.term.key = "event"_ba;
    query.filter.term.values = {name};
    query.limit = learntEvents;
    m_request = m_context.backend.ask(query);
    devserver::api::then<EventSummaryPage>(
        m_request, this,
        [this, name](const EventSummaryPage &page) {
            for (const devserver::api::EventSummary &event : page.rows) {
                if (event.name != name)
                    continue;
                devserver::api::then<devserver::api::EventRecord>(
                    m_context.backend.ask(devserver::api::EventRecordQuery{event.internalId}), this,
                    [this, name](const devserver::api::EventRecord &record) {
                        if (name == m_learnt)
                            m_profile.learn(memberOf(record.event.json.bytes(), "data"_ba));
                    },
                    [](const devserver::Error &) {}); // proposals are a help only
            }
        },
        [](const devserver::Error &) {});
}

void Composer::keep()
{
    m_keepTimer.stop();
    const Draft now = draft();
    if (now.text.size() <= mostKept)
        m_context.settings.setValue(draftKey, draftFile(now));
    m_context.settings.setValue(historyKey, m_history->save());
}

void Composer::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers().testFlag(Qt::ControlModifier)) {
        send(event->modifiers().testFlag(Qt::ShiftModifier)); // from the other fields
    } else if (event->matches(QKeySequence::Save)) {
        askName();
    } else if (event->key() == Qt::Key_Escape && m_favouriteName->isVisible()) {
        m_favouriteName->hide();
        m_editor->setFocus();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void Composer::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_target->loadNames();
}

} // namespace console

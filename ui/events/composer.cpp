// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/composer.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/events/answersmodel.h"
#include "ui/events/answerspanel.h"
#include "ui/events/composerbar.h"
#include "ui/events/draftcopier.h"
#include "ui/events/draftlists.h"
#include "ui/events/draftpanes.h"
#include "ui/events/draftsender.h"
#include "ui/events/drafttabs.h"
#include "ui/events/drafttarget.h"
#include "ui/events/earlierevents.h"
#include "ui/events/favouritefolder.h"
#include "ui/events/favouritename.h"
#include "ui/events/favourites.h"
#include "ui/widgets/draftloader.h"
#include "ui/widgets/jsoneditor.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int keepDelay = 1000; // ms

} // namespace

Composer::Composer(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_kept(new KeptDrafts(context.settings, this))
    , m_history(new DraftHistory(this))
    , m_favourites(new Favourites(this))
    , m_folder(new FavouriteFolder(this))
    , m_answers(new AnswersModel(context, this))
    , m_sender(new DraftSender(context, *m_answers, this))
    , m_copier(new DraftCopier(context, this))
    , m_earlier(new EarlierEvents(context, this))
    , m_tabs(new DraftTabs(
          context,
          [this] {
              return DraftTabs::Tab{draft(), m_bar->copies()};
          },
          [this](const Draft &draft) { return m_favourites->holds(draft); }, this))
    , m_target(new DraftTarget(context, this))
    , m_panes(new DraftPanes(this))
    , m_lists(new DraftLists(context, m_favourites, m_folder, m_history, m_panes))
    , m_editor(new JsonEditor(context, m_panes))
    , m_answersPanel(new AnswersPanel(context, m_answers, m_panes))
    , m_favouriteName(new FavouriteName(*m_favourites, this))
    , m_loader(new DraftLoader(*this))
    , m_bar(new ComposerBar(context, this))
{
    setObjectName(u"composer"_s);
    makeLayout();
    restore();
    connectParts();
    connectLists();
    connectSending();
    listen();
    bindActions();
    takeProject();
    m_earlier->learn(draft());
    m_answersPanel->showTarget(draft());
    check();
}

Composer::~Composer()
{
    keep();
    // The parts live a little longer, and losing the focus makes them speak.
    for (QObject *part : std::initializer_list<QObject *>{
             m_target, m_editor, m_favouriteName, m_sender, m_answers, m_favourites, m_tabs,
             m_panes, m_earlier, m_loader, m_kept, m_folder})
        part->disconnect(this);
    m_kept->disconnect(&m_context.navigator); // the bars that would say it are gone with the window
}

void Composer::makeLayout()
{
    m_editor->setObjectName(u"composerEditor"_s);
    m_editor->setAccessibleName(tr("Data as JSON"));
    m_editor->setProfile(&m_earlier->profile());
    m_panes->setObjectName(u"composerSplitter"_s);
    m_panes->setPanes(m_lists, m_editor, m_answersPanel);
    m_favouriteName->setObjectName(u"composerFavouriteName"_s);
    auto *nameRow = new QHBoxLayout;
    nameRow->setContentsMargins(12, 6, 12, 0);
    nameRow->addWidget(m_favouriteName);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget(m_target);
    layout->addWidget(makeRule(this));
    layout->addWidget(m_panes, 1);
    layout->addWidget(makeRule(this));
    layout->addLayout(nameRow);
    layout->addWidget(m_bar);
}

void Composer::connectParts()
{
    m_keepTimer.setSingleShot(true);
    m_keepTimer.setInterval(keepDelay);
    connect(&m_keepTimer, &QTimer::timeout, this, &Composer::keep);
    connect(&m_keepTimer, &QTimer::timeout, this, [this] { m_earlier->learn(m_target->draft()); });
    connect(m_tabs, &DraftTabs::chosen, this,
            [this](const Draft &chosen, const DraftCopies &copies) {
                m_history->endWalk();
                setDraft(chosen, copies);
                m_asItCame = {}; // it is somebody's work
                m_keepTimer.start();
            });
    connect(m_target, &DraftTarget::edited, this, [this] {
        const Draft now = m_target->draft();
        m_editor->setShape(now.target == Draft::Target::Event ? DraftShape::Data
                                                              : DraftShape::Value);
        m_tabs->showName(now);
        m_answersPanel->showTarget(now);
        m_target->offerLast(!m_earlier->lastDataFor(now).isEmpty());
        noteEdit();
        check();
    });
    connect(m_target, &DraftTarget::rowsChanged, this, &Composer::judgeHeight);
    connect(m_target, &DraftTarget::nameChosen, this,
            [this] { m_earlier->learn(m_target->draft()); });
    connect(m_target, &DraftTarget::entered, m_editor, [this] { m_editor->setFocus(); });
    connect(m_target, &DraftTarget::lastWanted, this, &Composer::fillFromLast);
    connect(m_target, &DraftTarget::newDraftWanted, this, [this] {
        m_tabs->open({blank()});
        m_target->focusName();
    });
    connect(m_bar, &ComposerBar::listsToggled, m_panes, &DraftPanes::setListsShown);
    connect(m_panes, &DraftPanes::listsShownChanged, m_bar, &ComposerBar::showLists);
    connect(m_earlier, &EarlierEvents::changed, this, [this] {
        m_target->offerLast(!m_earlier->lastDataFor(m_target->draft()).isEmpty());
        fillIfWanted();
        m_editor->lookForDoubts();
        check();
    });
    connect(m_editor, &JsonEditor::checked, this, &Composer::check);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &Composer::noteEdit);
    connect(m_editor, &JsonEditor::historyRequested, this, &Composer::walkHistory);
    connect(m_answersPanel, &AnswersPanel::nameWanted, m_target, &DraftTarget::setName);
    connect(m_answersPanel, &AnswersPanel::nameWanted, m_editor, [this] { m_editor->setFocus(); });
    connect(m_answersPanel, &AnswersPanel::opened, this,
            [this](devserver::RunId run) { m_context.navigator.openRun(run); });
}

void Composer::connectLists()
{
    connect(m_lists, &DraftLists::chosen, this, [this](const Draft &chosen) {
        put(chosen);
        // The dock may be shown by the same signal, after this.
        QTimer::singleShot(0, m_editor, [this] { m_editor->setFocus(); });
    });
    connect(m_lists, &DraftLists::changesWanted, this, &Composer::showChanges);
    connect(m_folder, &FavouriteFolder::changed, this,
            [this] { m_favourites->setFolder(m_folder->path()); });
    connect(m_folder, &FavouriteFolder::problem, this, &Composer::refuse);
    connect(m_lists, &DraftLists::renameWanted, m_favouriteName, &FavouriteName::askToRename);
    connect(m_lists, &DraftLists::removed, this, [this](const QString &name, const Draft &draft) {
        keepRemoved(draft); // nothing is lost by a key
        m_note = tr("%1 is removed; the history keeps its text").arg(name);
        check();
    });
    connect(m_editor, &JsonEditor::largeRemoved, this, [this](const QByteArray &text) {
        Draft removed = draft();
        removed.text = text;
        keepRemoved(removed);
        const std::vector<DraftHistory::Entry> saved = m_history->saved();
        const bool isSaved = !saved.empty() && saved.front() == m_history->at(0);
        m_note = isSaved ? tr("The text is removed; the history keeps it")
                         : tr("The text is removed; the history keeps it until Redrive ends");
        check();
    });
    connect(m_favouriteName, &FavouriteName::saveWanted, this,
            [this](const QString &name) { m_favourites->save(name, draft()); });
    connect(m_favouriteName, &FavouriteName::renameWanted, m_favourites, &Favourites::rename);
    connect(m_favouriteName, &FavouriteName::left, this, [this] {
        m_refusal.clear();
        m_editor->setFocus();
        check();
    });
    connect(m_favouriteName, &FavouriteName::refused, this, &Composer::refuse);
    connect(m_favourites, &Favourites::failed, this, &Composer::refuse);
    for (auto news : {&Favourites::added, &Favourites::removed, &Favourites::changed})
        connect(m_favourites, news, m_tabs, &DraftTabs::showNames);
    connect(m_loader, &DraftLoader::begun, this, [this] { m_atReading = draft(); });
    connect(m_loader, &DraftLoader::loaded, this, &Composer::takeFile);
    connect(m_editor, &JsonEditor::fileDropped, m_loader, &DraftLoader::read);
    connect(m_editor, &JsonEditor::tooLarge, this, [this](qsizetype size) {
        refuse(tr("The text has %1, the limit is %2: nothing was pasted")
                   .arg(formatSize(size), formatSize(DraftSender::mostBytes)));
    });
    connect(m_loader, &DraftLoader::failed, this, &Composer::refuse);
    connectKept();
}

/// Drafts, favourites and files of placeholders are beside the data file.
void Composer::takeProject()
{
    const QString dataFile = m_context.backend.server().dataFile;
    m_kept->open(dataFile);
    m_folder->open(dataFile);
    const QString folder = dataFile.isEmpty() ? QString() : QFileInfo(dataFile).path();
    m_sender->setFolder(folder);
    m_copier->setFolder(folder);
}

void Composer::listen()
{
    connect(&m_context.navigator, &Navigator::eventDraftRequested, this,
            [this](const QByteArray &name, const QByteArray &json, const QByteArray &user) {
                takeDraft({.target = Draft::Target::Event, .name = name, .user = user}, json);
            });
    connect(&m_context.navigator, &Navigator::favouriteRequested, this, &Composer::takeFavourite);
    connect(&m_context.navigator, &Navigator::invokeDraftRequested, this,
            [this](const QByteArray &slug, const QByteArray &json) {
                takeDraft({.target = Draft::Target::Invoke, .name = slug}, json);
            });
    connect(&m_context.navigator, &Navigator::saveRequested, this, [this] {
        keep();
        m_kept->finish();
    });
    connect(&m_context.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        takeProject();
        check();
    });
}

void Composer::refuse(const QString &problem)
{
    m_refusal = problem;
    check();
}

void Composer::noteEdit()
{
    m_wantsLast = false;
    m_refusal.clear();
    m_note.clear();
    m_wantsMore = false;
    m_keepTimer.start();
}

void Composer::askName()
{
    m_favouriteName->ask(QString::fromUtf8(m_target->draft().name));
}

void Composer::copy(CopyLanguage language)
{
    const QString problem = m_target->writtenProblem();
    if (problem.isEmpty())
        m_copier->copy(language, draft());
    else
        refuse(tr("Nothing is copied: %1").arg(problem));
}

void Composer::keyPressEvent(QKeyEvent *event)
{
    const Qt::KeyboardModifiers plain = event->modifiers() & ~Qt::KeypadModifier;
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && plain.testFlag(Qt::ControlModifier))
        send(plain.testFlag(Qt::ShiftModifier)); // from the other fields
    else if (event->matches(QKeySequence::Save))
        askName();
    else if (plain == Qt::ControlModifier && event->key() == Qt::Key_W && m_tabs->count() > 1)
        m_tabs->closeCurrent();
    else if (plain == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_T)
        m_tabs->reopen();
    else
        QWidget::keyPressEvent(event);
}

void Composer::focusInEvent(QFocusEvent *event)
{
    m_editor->setFocus(event->reason());
}

void Composer::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_target->loadNames();
}

QSize Composer::minimumSizeHint() const
{
    const QSize now = QWidget::minimumSizeHint();
    return {now.width(),
            now.height() - m_target->minimumSizeHint().height() + m_target->leastHeight()};
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    judgeHeight();
}

void Composer::judgeHeight()
{
    const int whole = minimumSizeHint().height() - m_target->leastHeight();
    m_target->setLow(height() < whole + m_target->wholeHeight());
}

} // namespace console

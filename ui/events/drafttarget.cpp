// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/drafttarget.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/format.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/matchingverdicts.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QAbstractItemView>
#include <QAction>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QCompleter>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QShortcut>
#include <QStandardItemModel>
#include <QToolButton>

#include <algorithm>
#include <map>
#include <optional>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::EventName;
using devserver::api::EventNames;

namespace {

constexpr std::size_t mostNames = 500;

/// Names that hold what is written. The only one, written to its end, is nothing to choose.
class NameCompleter final : public QCompleter
{
public:
    using QCompleter::QCompleter;

    [[nodiscard]] QStringList splitPath(const QString &path) const override
    {
        int fitting = 0;
        bool isThere = false;
        for (int row = 0; row < model()->rowCount(); ++row) {
            const QString name = model()->index(row, 0).data(completionRole()).toString();
            fitting += name.contains(path, Qt::CaseInsensitive) ? 1 : 0;
            isThere = isThere || name == path;
        }
        const QString nowhere = u"\uffff"_s; // in no name
        return fitting == 1 && isThere ? QStringList(nowhere) : QCompleter::splitPath(path);
    }
};

} // namespace

DraftTarget::DraftTarget(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_target(new QButtonGroup(this))
    , m_name(new QLineEdit(this))
    , m_idLabel(new QLabel(tr("ID"), this))
    , m_id(new QLineEdit(this))
    , m_whenLabel(new QLabel(tr("When"), this))
    , m_when(new QLineEdit(this))
    , m_userLabel(new QLabel(tr("User"), this))
    , m_user(new QLineEdit(this))
    , m_last(makeButton(u"composerLast"_s, u"download"_s, tr("Fill from last")))
    , m_new(makeButton(u"composerNew"_s, u"plus"_s, tr("New draft")))
    , m_more(makeButton(u"composerMore"_s, u"chevron-down"_s, tr("ID and time")))
    , m_rows(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_names(new QStandardItemModel(this))
    , m_completer(new NameCompleter(m_names, this))
{
    makeRows();
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setCompletionRole(Qt::UserRole);
    m_completer->popup()->setObjectName(u"composerNames"_s);
    m_name->setCompleter(m_completer);
    for (QCompleter *each : {m_completer, m_when->completer()})
        each->popup()->installEventFilter(this); // before that of the completer
    for (QLineEdit *field : {m_name, m_id, m_user})
        field->installEventFilter(this);
    connectFields();
    showTarget();
}

void DraftTarget::connectFields()
{
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            [this](const QString &name) { Q_EMIT nameChosen(name.toUtf8()); });
    connect(m_name, &QLineEdit::editingFinished, this,
            [this] { Q_EMIT nameChosen(m_name->text().trimmed().toUtf8()); });
    connect(m_name, &QLineEdit::textChanged, this, &DraftTarget::edited);
    connect(m_id, &QLineEdit::textChanged, this, &DraftTarget::edited);
    connect(m_when, &QLineEdit::textChanged, this, &DraftTarget::edited);
    connect(m_user, &QLineEdit::textChanged, this, &DraftTarget::edited);
    connect(m_target, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (isOn)
            showTarget();
    });
    // From everywhere in the composer; the editor would take the keys as text.
    for (const Draft::Target target : {Draft::Target::Event, Draft::Target::Invoke}) {
        const QKeySequence keys(Qt::ALT | (target == Draft::Target::Event ? Qt::Key_1 : Qt::Key_2));
        auto *shortcut = new QShortcut(keys, parentWidget());
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, target] { choose(target); });
    }
    connect(m_last, &QToolButton::clicked, this, &DraftTarget::lastWanted);
    connect(m_new, &QToolButton::clicked, this, &DraftTarget::newDraftWanted);
    connect(&m_context.catalog, &Catalog::changed, this, [this] {
        fillNames();
        Q_EMIT edited(); // who listens may be others now
    });
}

QToolButton *DraftTarget::makeButton(const QString &name, const QString &icon, const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setIcon(m_context.icons.icon(icon));
    button->setFocusPolicy(Qt::TabFocus);
    button->setAutoRaise(true);
    return button;
}

void DraftTarget::makeRows()
{
    m_rows->setContentsMargins(12, 6, 8, 6);
    m_rows->setSpacing(8);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    const auto radio = [&](Draft::Target target, const QString &name, const QString &text,
                           const QString &tip) {
        auto *button = new QRadioButton(text, this);
        button->setObjectName(name);
        button->setToolTip(tip);
        m_target->addButton(button, static_cast<int>(target));
        first->addWidget(button);
        return button;
    };
    radio(Draft::Target::Event, u"composerTargetEvent"_s, tr("Event"), tr("Alt+1"))
        ->setChecked(true);
    radio(Draft::Target::Invoke, u"composerTargetInvoke"_s, tr("Invoke"), tr("Alt+2"));
    m_name->setObjectName(u"composerName"_s);
    m_name->setMinimumWidth(leastName);
    QAction *arrow = m_name->addAction(m_context.icons.icon(u"chevron-down"_s, Token::TextDim),
                                       QLineEdit::TrailingPosition);
    arrow->setToolTip(tr("Names that are known, Down"));
    connect(arrow, &QAction::triggered, this, &DraftTarget::openNames);
    first->addWidget(m_name, 1);
    m_rows->addLayout(first, 1);
    m_rows->addLayout(makeDetails());
}

QSize DraftTarget::minimumSizeHint() const
{
    return {std::max(widthOfTarget(), width() - roomForDetails() + widthOfDetails(tightForm)),
            m_rows->minimumSize().height()}; // the rows wrap
}

void DraftTarget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showDetails();
}

/// An open list has the keyboard, and would keep what is meant for the composer: Ctrl+Enter, and
/// Enter that goes on to the data with the name that was chosen.
bool DraftTarget::takeListKey(QCompleter &completer, QKeyEvent *key)
{
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool isSending = isEnter && key->modifiers().testFlag(Qt::ControlModifier);
    if (!isEnter || (!isSending && &completer != m_completer))
        return false;
    const QModelIndex chosen = completer.popup()->currentIndex();
    if (!isSending && chosen.isValid())
        m_name->setText(chosen.data(completer.completionRole()).toString());
    completer.popup()->hide();
    QCoreApplication::sendEvent(completer.widget(), key);
    return true;
}

bool DraftTarget::eventFilter(QObject *watched, QEvent *event)
{
    for (QCompleter *each : {m_completer, m_when->completer()}) {
        if (event->type() == QEvent::KeyPress && watched == each->popup())
            return takeListKey(*each, static_cast<QKeyEvent *>(event));
    }
    if (event->type() == QEvent::FocusIn && watched == m_name)
        loadNames(); // others have come meanwhile
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEscape = key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier;
    if (event->type() == QEvent::ShortcutOverride) {
        if (isEscape)
            event->accept(); // it does not leave the composer from here
        return isEscape || QWidget::eventFilter(watched, event);
    }
    if (isEscape) {
        Q_EMIT entered();
        return true;
    }
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const Qt::KeyboardModifiers plain = key->modifiers() & ~Qt::KeypadModifier;
    if (isEnter && plain == Qt::NoModifier && watched == m_name && !m_name->text().isEmpty()) {
        Q_EMIT nameChosen(m_name->text().trimmed().toUtf8());
        Q_EMIT entered();
        return true;
    }
    if (key->key() != Qt::Key_Down || key->modifiers() != Qt::NoModifier)
        return QWidget::eventFilter(watched, event);
    if (watched == m_name && !m_completer->popup()->isVisible())
        openNames();
    else if (watched == m_when && !m_when->completer()->popup()->isVisible())
        openTimes();
    else
        return QWidget::eventFilter(watched, event);
    return true;
}

void DraftTarget::openNames()
{
    m_name->setFocus();
    fillNames(); // how long ago it is now
    loadNames(); // and what came since, in its place
    // A whole name is no search: all are shown, as in a list to choose from.
    const bool isWhole = m_context.catalog.functionBySlug(draft().name) != nullptr
                         || m_context.catalog.triggerNames().contains(draft().name)
                         || std::ranges::any_of(m_seen, [name = draft().name](const auto &each) {
                                return each.name == name;
                            });
    m_completer->setCompletionPrefix(isWhole ? QString() : m_name->text().trimmed());
    m_completer->complete();
}

void DraftTarget::setDraft(const Draft &draft)
{
    m_target->button(static_cast<int>(draft.target))->setChecked(true);
    m_name->setText(QString::fromUtf8(draft.name));
    m_name->setCursorPosition(0);
    m_id->setText(QString::fromUtf8(draft.id));
    m_when->setText(QString::fromUtf8(draft.when));
    m_user->setText(QString::fromUtf8(draft.user));
    m_user->setCursorPosition(0);
    showUser();
    showDetails();
}

Draft DraftTarget::draft() const
{
    Draft draft;
    draft.target = static_cast<Draft::Target>(m_target->checkedId());
    draft.name = m_name->text().trimmed().toUtf8();
    if (draft.target != Draft::Target::Event)
        return draft;
    draft.id = m_id->text().trimmed().toUtf8();
    const QByteArray when = m_when->text().trimmed().toUtf8();
    draft.when = when == "now" ? QByteArray() : when;
    draft.user = m_user->text().trimmed().toUtf8();
    return draft;
}

void DraftTarget::setName(const QByteArray &name)
{
    m_name->setText(QString::fromUtf8(name));
    Q_EMIT nameChosen(name);
}

void DraftTarget::choose(Draft::Target target)
{
    m_target->button(static_cast<int>(target))->setChecked(true);
    focusName();
}

void DraftTarget::offerLast(bool isThere)
{
    m_last->setEnabled(isThere);
    m_last->setToolTip(isThere ? tr("Take over the data of the last one with this name")
                               : tr("No data with this name are known yet"));
}

void DraftTarget::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

QString DraftTarget::problem() const
{
    const Draft now = draft();
    if (now.target == Draft::Target::Invoke && !now.name.isEmpty()
        && m_context.catalog.functionBySlug(now.name) == nullptr)
        return tr("No function %1 is registered").arg(m_name->text());
    return writtenProblem();
}

QString DraftTarget::writtenProblem() const
{
    constexpr qsizetype longestName = 512;
    const Draft now = draft();
    const bool isEvent = now.target == Draft::Target::Event;
    if (now.name.isEmpty())
        return isEvent ? tr("Write the name of an event") : tr("Choose a function");
    if (isEvent && now.name.toLower().startsWith("inngest/"))
        return tr("Names that begin with inngest/ are the server's own");
    if (m_name->text().size() > longestName)
        return tr("A name has at most 512 characters");
    if (!dueAt(now.when, m_context.backend.now()))
        return tr("When is not understood: write in 5 min, or 2026-12-24 18:00");
    return userProblem(now.user);
}

QString DraftTarget::userProblem(const QByteArray &user)
{
    if (user.isEmpty())
        return {};
    if (!user.startsWith('{'))
        return tr("The user is a JSON object");
    const std::optional<DraftProblem> problem = checkDraft(user, DraftShape::Value);
    return problem ? tr("User: %1").arg(problem->message) : QString();
}

void DraftTarget::showTarget()
{
    const bool isEvent = draft().target == Draft::Target::Event;
    showUser();
    showDetails();
    m_name->setAccessibleName(isEvent ? tr("Name of the event") : tr("Function"));
    // Nearly always it has the focus while it is empty: the caret stands before the words.
    m_name->setPlaceholderText(
        u'\u2009'
        + (isEvent ? tr("Name, such as order/created") : tr("Function, such as shop-charge")));
    fillNames();
    Q_EMIT edited();
}

void DraftTarget::loadNames()
{
    if (m_request)
        m_request->cancel();
    m_request = m_context.backend.ask(devserver::api::EventNamesQuery{});
    devserver::api::then<EventNames>(
        m_request, this,
        [this](const EventNames &names) {
            m_seen = names.names;
            fillNames();
        },
        [](const devserver::Error &) {}); // names are a help only
}

/// Of events: those that somebody listens to, and those that were received.
std::vector<DraftTarget::KnownName> DraftTarget::eventNames() const
{
    const std::vector<devserver::Function> functions = m_context.catalog.functions();
    std::map<QByteArray, std::optional<devserver::TimePoint>> names; // seen last
    for (const QByteArray &name : m_context.catalog.triggerNames())
        names[name];
    for (const EventName &each : m_seen) {
        if (names.size() < mostNames || names.contains(each.name))
            names[each.name] = each.lastSeen;
    }
    std::vector<KnownName> known;
    for (const auto &[name, lastSeen] : names) {
        if (name.startsWith("inngest/"))
            continue;
        const int count = listenerCount(name, functions);
        QString what = count == 0 ? tr("nobody listens") : tr("%n function(s)", nullptr, count);
        if (lastSeen)
            what += u" · "_s
                    + tr("seen %1").arg(formatTime(*lastSeen, m_context.backend.now(),
                                                   m_context.settings.timeStyle()));
        known.push_back({QString::fromUtf8(name), what});
    }
    return known;
}

std::vector<DraftTarget::KnownName> DraftTarget::functionNames() const
{
    std::vector<KnownName> known;
    for (const devserver::Function &function : m_context.catalog.functions()) {
        const devserver::FunctionConfig &config = function.config;
        known.push_back({QString::fromUtf8(config.slug),
                         config.name == config.slug ? QString() : QString::fromUtf8(config.name)});
    }
    return known;
}

/// Rows that stay are said anew in their place: somebody may be looking at them.
void DraftTarget::fillNames()
{
    const std::vector<KnownName> known =
        draft().target == Draft::Target::Invoke ? functionNames() : eventNames();
    const auto stays = [this](int row, const KnownName &each) {
        return row < m_names->rowCount()
               && m_names->item(row)->data(Qt::UserRole).toString() == each.name;
    };
    for (int row = 0; row < static_cast<int>(known.size()); ++row) {
        const KnownName &each = known[static_cast<std::size_t>(row)];
        if (!stays(row, each)) {
            auto *item = new QStandardItem;
            item->setData(each.name, Qt::UserRole);
            m_names->insertRow(row, item); // owns it
            // What is not known any more goes, as in two sorted lists.
            while (row + 1 < m_names->rowCount()
                   && m_names->item(row + 1)->data(Qt::UserRole).toString() <= each.name)
                m_names->removeRow(row + 1);
        }
        const QString text = each.what.isEmpty() ? each.name : each.name + u"   "_s + each.what;
        if (m_names->item(row)->text() != text)
            m_names->item(row)->setText(text);
    }
    m_names->setRowCount(static_cast<int>(known.size()));
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/actionregistry.h"

#include "ui/widgets/stallwatch.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QStatusTipEvent>
#include <QTimer>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

bool holds(const QWidget *widget, const QWidget *inner)
{
    return inner != nullptr && (widget == inner || widget->isAncestorOf(inner));
}

/// A letter, digit or sign; Space acts on what is chosen, in every program.
bool isSingleKey(const QKeySequence &keys)
{
    const Qt::KeyboardModifiers modifiers = keys[0].keyboardModifiers();
    const Qt::Key key = keys[0].key();
    const bool isSign = key > Qt::Key_Space && key < Qt::Key_Escape;
    return keys.count() == 1 && isSign
           && (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier);
}

QList<QKeySequence> keysOf(const ActionSpec &spec)
{
    return QKeySequence::listFromString(QString::fromLatin1(spec.keys), QKeySequence::PortableText);
}

/// Two keys of a keyboard are called Enter; both do it, and the first one is what is read.
QList<QKeySequence> withBothEnters(const QList<QKeySequence> &keys)
{
    QList<QKeySequence> all;
    for (const QKeySequence &sequence : keys) {
        const Qt::Key key = sequence[0].key();
        if (sequence.count() != 1 || (key != Qt::Key_Return && key != Qt::Key_Enter)) {
            all.append(sequence);
            continue;
        }
        for (const Qt::Key each : {Qt::Key_Enter, Qt::Key_Return}) {
            const QKeySequence enter(QKeyCombination(sequence[0].keyboardModifiers(), each));
            if (!all.contains(enter))
                all.append(enter);
        }
    }
    return all;
}

} // namespace

QString actionSentence(const ActionSpec &spec)
{
    struct Sentence {
        const char *id;
        const char *text;
    };

    static constexpr std::array<Sentence, 9> sentences = {{
        {"view.rail", QT_TRANSLATE_NOOP("Actions", "Show navigation labels")},
        {"view.inspector", QT_TRANSLATE_NOOP("Actions", "Show inspector")},
        {"view.composer", QT_TRANSLATE_NOOP("Actions", "Show composer")},
        {"view.theme", QT_TRANSLATE_NOOP("Actions", "Use dark theme")},
        {"view.fullScreen", QT_TRANSLATE_NOOP("Actions", "Show in full screen")},
        {"go.back", QT_TRANSLATE_NOOP("Actions", "Go back")},
        {"go.forward", QT_TRANSLATE_NOOP("Actions", "Go forward")},
        {"go.nextPane", QT_TRANSLATE_NOOP("Actions", "Go to next pane")},
        {"go.previousPane", QT_TRANSLATE_NOOP("Actions", "Go to previous pane")},
    }};
    static const QByteArrayList views = {"go.runs"_ba,    "go.events"_ba,    "go.dead"_ba,
                                         "go.waiting"_ba, "go.functions"_ba, "go.apps"_ba,
                                         "go.activity"_ba};
    for (const Sentence &sentence : sentences) {
        if (spec.id == sentence.id)
            return QApplication::translate("Actions", sentence.text);
    }
    const QString text = QApplication::translate("Actions", spec.text);
    return views.contains(spec.id) ? QApplication::translate("Actions", "Go to %1").arg(text)
                                   : text;
}

ActionRegistry::ActionRegistry(QObject *parent)
    : QObject(parent)
{
    for (const ActionSpec &spec : actionTable()) {
        Entry entry{.spec = &spec,
                    .action = new QAction(this),
                    .bindings = {},
                    .keys = keysOf(spec),
                    .reason = {},
                    .icon = QString::fromLatin1(spec.icon)};
        entry.action->setObjectName(QString::fromLatin1(spec.id));
        entry.action->setText(QApplication::translate("Actions", spec.text));
        entry.action->setShortcutContext(spec.scope == ActionScope::Window
                                             ? Qt::WindowShortcut
                                             : Qt::WidgetWithChildrenShortcut);
        connect(entry.action, &QAction::triggered, this, [this, id = spec.id] { trigger(id); });
        const auto [placed, isNew] = m_entries.insert_or_assign(spec.id, std::move(entry));
        Q_ASSERT(isNew);
        applyKeys(placed->second);
    }
    connect(qApp, &QApplication::focusChanged, this, &ActionRegistry::refresh);
    refresh();
}

void ActionRegistry::bind(const QByteArray &id, QWidget *widget, Run run, Check check)
{
    const auto found = m_entries.find(id);
    Q_ASSERT_X(found != m_entries.end(), "ActionRegistry::bind", id.constData());
    Entry &entry = found->second;
    std::erase_if(entry.bindings, [](const Binding &old) { return old.widget.isNull(); });
    entry.bindings.push_back({.widget = widget, .run = std::move(run), .check = std::move(check)});
    widget->addAction(entry.action);
    refresh();
}

void ActionRegistry::answerKeys(const QByteArray &id, QWidget *widget, Refuse refuse)
{
    Entry &entry = m_entries.at(id);
    const auto bound =
        std::find_if(entry.bindings.begin(), entry.bindings.end(),
                     [widget](const Binding &binding) { return binding.widget.data() == widget; });
    Q_ASSERT_X(bound != entry.bindings.end(), "ActionRegistry::answerKeys", id.constData());
    bound->refuse = std::move(refuse);
    if (entry.refusal == nullptr) {
        entry.refusal = new QAction(this); // of no menu: it is only there for the keys
        entry.refusal->setShortcutContext(entry.action->shortcutContext());
        entry.refusal->setShortcuts(entry.action->shortcuts());
        entry.refusal->setAutoRepeat(false);
        entry.refusal->setEnabled(false);
        connect(entry.refusal, &QAction::triggered, this, [this, id] { this->refuse(id); });
    }
    widget->addAction(entry.refusal);
    refresh();
}

QAction *ActionRegistry::action(const QByteArray &id) const
{
    const auto found = m_entries.find(id);
    Q_ASSERT_X(found != m_entries.end(), "ActionRegistry::action", id.constData());
    return found->second.action;
}

const ActionSpec *ActionRegistry::spec(const QByteArray &id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : found->second.spec;
}

const ActionRegistry::Binding *ActionRegistry::inForce(const Entry &entry) const
{
    QWidget *focus = QApplication::focusWidget();
    const Binding *best = nullptr;
    const Binding *shown = nullptr;
    const auto can = [](const Binding &binding) {
        return !binding.check || binding.check().isEnabled;
    };
    for (const Binding &binding : entry.bindings) {
        const QWidget *widget = binding.widget.data();
        if (widget == nullptr)
            continue;
        // The innermost one around the focus.
        if (holds(widget, focus) && (best == nullptr || best->widget->isAncestorOf(widget)))
            best = &binding;
        // Of those that are only seen, the last one that can: a list where nothing is chosen does
        // not keep the panel beside it from acting.
        if (best == nullptr && widget->isVisible()
            && (shown == nullptr || can(binding) || !can(*shown)))
            shown = &binding;
    }
    return best == nullptr ? shown : best;
}

bool ActionRegistry::isBound(const QByteArray &id) const
{
    const auto found = m_entries.find(id);
    return found != m_entries.end() && inForce(found->second) != nullptr;
}

QString ActionRegistry::icon(const QByteArray &id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? QString() : found->second.icon;
}

QString ActionRegistry::withKeys(const QString &words, const QByteArray &id) const
{
    const QString keys = action(id)->shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? words : u"%1 (%2)"_s.arg(words, keys);
}

QString ActionRegistry::reason(const QByteArray &id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? QString() : found->second.reason;
}

void ActionRegistry::trigger(const QByteArray &id)
{
    Entry &entry = m_entries.at(id);
    const Binding *binding = inForce(entry);
    if (binding == nullptr || (binding->check && !binding->check().isEnabled))
        return;
    GuiStallWatch::note(id);
    const Run run = binding->run; // the binding may die in it
    run();
    refresh();
}

void ActionRegistry::refuse(const QByteArray &id)
{
    const Entry &entry = m_entries.at(id);
    const Binding *binding = inForce(entry);
    const Availability now =
        binding != nullptr && binding->check ? binding->check() : Availability();
    if (now.isEnabled) // meanwhile
        return trigger(id);
    if (binding->refuse)
        binding->refuse(now.reason);
}

QMenu *ActionRegistry::contextMenu(QWidget *widget, const std::vector<QByteArray> &ids)
{
    refreshNow();
    auto *menu = new QMenu(widget);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const QByteArray &id : ids) {
        if (id.isEmpty())
            menu->addSeparator();
        else if (isBound(id))
            menu->addAction(action(id));
    }
    // A menu is a window: without this the hints of its entries would end there.
    connect(menu, &QMenu::hovered, widget,
            [widget](QAction *entry) { entry->showStatusText(widget); });
    connect(menu, &QMenu::aboutToHide, widget, [widget] {
        QStatusTipEvent nothing{QString()};
        QCoreApplication::sendEvent(widget, &nothing);
    });
    return menu;
}

void ActionRegistry::refresh()
{
    if (m_isRefreshing)
        return;
    m_isRefreshing = true;
    QMetaObject::invokeMethod(this, &ActionRegistry::refreshNow, Qt::QueuedConnection);
}

void ActionRegistry::refreshNow()
{
    m_isRefreshing = false;
    for (auto &[id, entry] : m_entries) {
        const Binding *binding = inForce(entry);
        Availability now{.isEnabled = binding != nullptr, .reason = {}, .text = {}};
        if (binding == nullptr)
            now.reason = QApplication::translate("Actions", "Nothing in view that this works on");
        if (binding != nullptr && binding->check)
            now = binding->check();
        show(entry, now);
    }
    Q_EMIT refreshed();
}

void ActionRegistry::show(Entry &entry, const Availability &now)
{
    const QString text =
        now.text.isEmpty() ? QApplication::translate("Actions", entry.spec->text) : now.text;
    const char *button = qstrlen(entry.spec->button) > 0 ? entry.spec->button : entry.spec->text;
    const QString buttonText =
        now.text.isEmpty() ? QApplication::translate("Actions", button) : now.text;
    if (entry.action->text() != text)
        entry.action->setText(text);
    if (entry.action->iconText() != buttonText)
        entry.action->setIconText(buttonText);
    entry.action->setEnabled(now.isEnabled);
    if (entry.refusal != nullptr)
        entry.refusal->setEnabled(!now.isEnabled);
    entry.action->setCheckable(now.isOn.has_value());
    entry.action->setChecked(now.isOn.value_or(false));
    entry.reason = now.isEnabled ? QString() : now.reason;
    entry.action->setToolTip(entry.reason.isEmpty() ? text : entry.reason);
    const QString keys = entry.action->shortcut().toString(QKeySequence::NativeText);
    entry.action->setStatusTip(!entry.reason.isEmpty() ? u"%1: %2"_s.arg(text, entry.reason)
                               : keys.isEmpty()        ? text
                                                       : u"%1 (%2)"_s.arg(text, keys));
    const QString icon = now.icon.isEmpty() ? QString::fromLatin1(entry.spec->icon) : now.icon;
    if (icon != std::exchange(entry.icon, icon))
        Q_EMIT iconChanged(entry.spec->id);
}

void ActionRegistry::setKeys(const QByteArray &id, const QList<QKeySequence> &keys)
{
    Entry &entry = m_entries.at(id);
    entry.keys = keys.isEmpty() ? keysOf(*entry.spec) : keys;
    applyKeys(entry);
}

void ActionRegistry::setSingleKeys(bool areOn)
{
    m_hasSingleKeys = areOn;
    for (auto &[id, entry] : m_entries)
        applyKeys(entry);
}

void ActionRegistry::applyKeys(Entry &entry)
{
    QList<QKeySequence> keys = entry.keys;
    if (!m_hasSingleKeys)
        keys.removeIf(isSingleKey);
    entry.action->setShortcuts(withBothEnters(keys));
    if (entry.refusal != nullptr)
        entry.refusal->setShortcuts(entry.action->shortcuts());
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QKeySequence>
#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace console {

/// Where the shortcut of an action works.
enum class ActionScope {
    Window, ///< everywhere in the window
    Pane,   ///< only while the focus is in a widget that the action is bound to; single letters
};

/// One thing that people can do; the single source of menus, buttons, context menus, palette and
/// shortcut sheet (ui.md §5). All of them stand in `actiontable.cpp`.
struct ActionSpec {
    QByteArray id;    ///< `run.retry`
    const char *text; ///< marked with QT_TRANSLATE_NOOP("Actions", …)
    const char *icon; ///< name in the icon set, or empty
    const char *keys; ///< portable text of the shortcuts, separated by `; `, or empty
    ActionScope scope = ActionScope::Window;
    const char *menu = ""; ///< `File`, `Run`, …; empty: in no menu of the menu bar
    /// For a button beside what it is about: `Retry`, where menus and palette say `Retry run`.
    const char *button = "";
};

/// What it does, where no title of a menu is read before it: `Go to Runs`, `Show inspector`.
[[nodiscard]] QString actionSentence(const ActionSpec &spec);

[[nodiscard]] const std::vector<ActionSpec> &actionTable();

/// Whether an action can be done now; the reason why not is shown as its tooltip (ui.md §2/10).
struct Availability {
    bool isEnabled = true;
    QString reason;                ///< translated; why it is not enabled
    QString text;                  ///< replaces both texts: `Retry 3 of 5`; empty: as in the table
    QString icon = {};             ///< likewise for its icon
    std::optional<bool> isOn = {}; ///< of what is switched on and off: whether it is on
};

/// Owns the QAction of each row of the table. Widgets bind what they can do; the binding whose
/// widget has the focus (or is its ancestor), else the last shown one, is in force. GUI thread.
class ActionRegistry final : public QObject
{
    Q_OBJECT

public:
    using Run = std::function<void()>;
    using Check = std::function<Availability()>;
    using Refuse = std::function<void(const QString &reason)>;

    explicit ActionRegistry(QObject *parent = nullptr);

    /// The action works for \a widget and its children until that is destroyed.
    void bind(const QByteArray &id, QWidget *widget, Run run, Check check = {});
    /// Its keys are not silent there while it cannot be done: \a refuse says why not, with the
    /// reason of the check. After `bind`.
    void answerKeys(const QByteArray &id, QWidget *widget, Refuse refuse);

    [[nodiscard]] QAction *action(const QByteArray &id) const;
    [[nodiscard]] const ActionSpec *spec(const QByteArray &id) const;
    /// Someone can do it in the window as it is shown now.
    [[nodiscard]] bool isBound(const QByteArray &id) const;
    /// Name of the icon that it has now; empty: none.
    [[nodiscard]] QString icon(const QByteArray &id) const;
    /// For the hint of a button: `Next difference (F8)`, with the keys that it has now.
    [[nodiscard]] QString withKeys(const QString &words, const QByteArray &id) const;
    /// Why it is not enabled; empty if it is.
    [[nodiscard]] QString reason(const QByteArray &id) const;

    /// A menu of these actions (empty id: a separator), with those that are bound for \a widget.
    [[nodiscard]] QMenu *contextMenu(QWidget *widget, const std::vector<QByteArray> &ids);

    /// Checks again what is enabled; call it when a selection or the state of what is selected
    /// changed. Cheap: done once, before the next events.
    void refresh();

    /// Other keys for an action (settings); empty: those of the table.
    void setKeys(const QByteArray &id, const QList<QKeySequence> &keys);
    /// Single letters and signs work in lists, or do not (settings).
    void setSingleKeys(bool areOn);

Q_SIGNALS:
    void refreshed();
    void iconChanged(const QByteArray &id);

private:
    struct Binding {
        QPointer<QWidget> widget;
        Run run;
        Check check;
        Refuse refuse = {};
    };

    struct Entry {
        const ActionSpec *spec = nullptr;
        QAction *action = nullptr;
        QAction *refusal = nullptr; ///< has its keys while it is not enabled; null: nobody answers
        std::vector<Binding> bindings;
        QList<QKeySequence> keys;
        QString reason;
        QString icon;
    };

    [[nodiscard]] const Binding *inForce(const Entry &entry) const;
    void trigger(const QByteArray &id);
    void refuse(const QByteArray &id);
    void refreshNow();
    void show(Entry &entry, const Availability &now);
    void applyKeys(Entry &entry);

    std::map<QByteArray, Entry> m_entries;
    bool m_hasSingleKeys = true;
    bool m_isRefreshing = false;
};

} // namespace console

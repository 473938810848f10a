// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/shortcutmodel.h"

#include "ui/widgets/context.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QApplication>
#include <QFont>
#include <QFontDatabase>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QByteArray kindOf(const QByteArray &id)
{
    return id.left(id.indexOf('.'));
}

bool canMeet(const ActionSpec &one, const ActionSpec &other)
{
    if (one.scope == ActionScope::Window || other.scope == ActionScope::Window)
        return true;
    const QByteArray kind = kindOf(one.id);
    const QByteArray otherKind = kindOf(other.id);
    const auto arePair = [&](const QByteArray &outer, const QByteArray &inner) {
        return (kind == outer && otherKind == inner) || (kind == inner && otherKind == outer);
    };
    return kind == otherKind || kind == "list" || otherKind == "list" // works in every list
           || arePair("run"_ba, "timeline"_ba);                       // inside the panel of a run
}

/// Where it stands among the areas of a sheet.
int rankOfArea(const ActionSpec &spec)
{
    static const QByteArrayList kinds{"run"_ba,  "timeline"_ba, "event"_ba,
                                      "dead"_ba, "function"_ba, "app"_ba};
    if (spec.scope == ActionScope::Window)
        return 0;
    return 2 + static_cast<int>(kinds.indexOf(kindOf(spec.id))); // 1: the lists
}

QString menuWord(const ActionSpec &spec)
{
    if (spec.scope == ActionScope::Window)
        return ShortcutModel::tr("Window");
    const QByteArray kind = kindOf(spec.id);
    if (kind == "run")
        return ShortcutModel::tr("Runs");
    if (kind == "timeline")
        return ShortcutModel::tr("Timeline");
    if (kind == "event")
        return ShortcutModel::tr("Events");
    if (kind == "dead")
        return ShortcutModel::tr("Dead letters");
    if (kind == "function")
        return ShortcutModel::tr("Functions");
    if (kind == "app")
        return ShortcutModel::tr("Apps");
    return ShortcutModel::tr("Lists");
}

} // namespace

QByteArray conflictingAction(const ActionRegistry &actions, const QByteArray &id,
                             const QList<QKeySequence> &keys)
{
    const ActionSpec *own = actions.spec(id);
    for (const ActionSpec &other : actionTable()) {
        if (other.id == id || !canMeet(*own, other))
            continue;
        const QList<QKeySequence> others = actions.action(other.id)->shortcuts();
        const bool isShared =
            std::any_of(keys.begin(), keys.end(), [&others](const QKeySequence &key) {
                return !key.isEmpty() && others.contains(key);
            });
        if (isShared)
            return other.id;
    }
    return {};
}

ShortcutModel::ShortcutModel(Context &context, bool canEdit, QObject *parent)
    : QAbstractTableModel(parent)
    , m_context(context)
    , m_canEdit(canEdit)
{}

int ShortcutModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(actionTable().size());
}

int ShortcutModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString ShortcutModel::keysOf(const ActionSpec &spec) const
{
    QList<QKeySequence> keys = m_context.actions.action(spec.id)->shortcuts();
    keys.removeIf([](const QKeySequence &each) { // stands there as Enter
        return each.count() == 1 && each[0].key() == Qt::Key_Return;
    });
    return QKeySequence::listToString(keys, QKeySequence::NativeText);
}

QString ShortcutModel::conflictOf(const ActionSpec &spec) const
{
    const QByteArray other = conflictingAction(m_context.actions, spec.id,
                                               m_context.actions.action(spec.id)->shortcuts());
    return other.isEmpty() ? QString()
                           : tr("Also: %1").arg(m_context.actions.action(other)->text());
}

QVariant ShortcutModel::data(const QModelIndex &index, int role) const
{
    const ActionSpec &spec = actionTable()[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::EditRole) {
        switch (index.column()) {
        case What:
            return QApplication::translate("Actions", spec.text);
        case Keys:
            return keysOf(spec);
        case Where:
            return m_canEdit && !conflictOf(spec).isEmpty() ? conflictOf(spec) : menuWord(spec);
        default:
            return {};
        }
    }
    if (role == SheetOrderRole) {
        constexpr int mostActions = 1000;
        const int area = (keysOf(spec).isEmpty() ? mostActions : 0) + rankOfArea(spec);
        return area * mostActions + index.row();
    }
    if (role == Qt::FontRole && index.column() == Keys)
        return QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (role == Qt::ForegroundRole && index.column() == Where)
        return m_context.theme.color(m_canEdit && !conflictOf(spec).isEmpty() ? Token::StateFailed
                                                                              : Token::TextDim);
    return {};
}

QVariant ShortcutModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What:
        return tr("Action");
    case Keys:
        return tr("Keys");
    case Where:
        return tr("Works in");
    default:
        return {};
    }
}

Qt::ItemFlags ShortcutModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    flags.setFlag(Qt::ItemIsEditable, m_canEdit && index.column() == Keys);
    return flags;
}

bool ShortcutModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || index.column() != Keys || !m_canEdit)
        return false;
    const ActionSpec &spec = actionTable()[static_cast<std::size_t>(index.row())];
    const QString typed = value.toString().trimmed(); // nothing: as in the table
    const QList<QKeySequence> keys =
        typed.isEmpty() ? QList<QKeySequence>()
                        : QKeySequence::listFromString(typed, QKeySequence::NativeText);
    const QString text = QKeySequence::listToString(keys, QKeySequence::PortableText);
    const bool isUsual = text == QString::fromLatin1(spec.keys);
    m_context.settings.setValue(u"keys/actions/"_s + QString::fromLatin1(spec.id),
                                isUsual ? QString() : text);
    m_context.actions.setKeys(spec.id, keys);
    // Any other row may be in conflict now, or no more.
    Q_EMIT dataChanged(this->index(0, 0), this->index(rowCount() - 1, columns - 1));
    return true;
}

} // namespace console

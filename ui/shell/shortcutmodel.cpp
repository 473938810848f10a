// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/shortcutmodel.h"

#include "ui/shell/fixedkeys.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QApplication>
#include <QFont>

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

constexpr int mostRows = 1000; ///< of an area of the sheet

/// Where they stand among the areas of a sheet; the lists come first.
int rankOfKind(const QByteArray &kind)
{
    static const QByteArrayList kinds{"run"_ba,      "timeline"_ba, "attempts"_ba, "calls"_ba,
                                      "payload"_ba,  "event"_ba,    "composer"_ba, "dead"_ba,
                                      "function"_ba, "app"_ba,      "activity"_ba};
    // What one does with a draft is done in the composer.
    return 2 + static_cast<int>(kinds.indexOf(kind == "draft" ? "composer"_ba : kind));
}

int rankOfArea(const ActionSpec &spec)
{
    return spec.scope == ActionScope::Window ? 0 : rankOfKind(kindOf(spec.id));
}

QString wordOfKind(const QByteArray &kind)
{
    if (kind == "attempts")
        return ShortcutModel::tr("Attempts");
    if (kind == "payload")
        return ShortcutModel::tr("Payloads");
    if (kind == "calls")
        return ShortcutModel::tr("Calls");
    if (kind == "composer" || kind == "draft")
        return ShortcutModel::tr("Composer");
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
    if (kind == "activity")
        return ShortcutModel::tr("Activity");
    return ShortcutModel::tr("Lists");
}

} // namespace

QString areaWord(const ActionSpec &spec)
{
    return spec.scope == ActionScope::Window ? ShortcutModel::tr("Window")
                                             : wordOfKind(kindOf(spec.id));
}

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
    const std::size_t fixed = m_canEdit ? 0 : fixedKeys().size(); // nothing to be set there
    return parent.isValid() ? 0 : static_cast<int>(actionTable().size() + fixed);
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
                           : tr("Also: %1").arg(actionSentence(*m_context.actions.spec(other)));
}

QVariant ShortcutModel::fixedData(int row, int column, int role) const
{
    const FixedKeys &fixed = fixedKeys()[static_cast<std::size_t>(row) - actionTable().size()];
    if (role == Qt::DisplayRole) {
        switch (column) {
        case What:
            return QApplication::translate("FixedKeys", fixed.text);
        case Keys:
            return QKeySequence::listToString(
                QKeySequence::listFromString(QString::fromLatin1(fixed.keys),
                                             QKeySequence::PortableText),
                QKeySequence::NativeText);
        case Where:
            return wordOfKind(fixed.area);
        default:
            return {};
        }
    }
    if (role == SheetOrderRole)
        return rankOfKind(fixed.area) * mostRows + row;
    return {};
}

QVariant ShortcutModel::data(const QModelIndex &index, int role) const
{
    const bool isLook = role == Qt::FontRole || role == Qt::ForegroundRole;
    if (index.row() >= static_cast<int>(actionTable().size()) && isLook)
        return lookOf(index.column(), role, false);
    if (index.row() >= static_cast<int>(actionTable().size()))
        return fixedData(index.row(), index.column(), role);
    const ActionSpec &spec = actionTable()[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::EditRole) {
        switch (index.column()) {
        case What:
            return actionSentence(spec);
        case Keys:
            return keysOf(spec);
        case Where:
            return m_canEdit && !conflictOf(spec).isEmpty() ? conflictOf(spec) : areaWord(spec);
        default:
            return {};
        }
    }
    if (role == SheetOrderRole) {
        const int area = (keysOf(spec).isEmpty() ? mostRows : 0) + rankOfArea(spec);
        return area * mostRows + index.row();
    }
    return lookOf(index.column(), role, m_canEdit && !conflictOf(spec).isEmpty());
}

QVariant ShortcutModel::lookOf(int column, int role, bool isInConflict) const
{
    if (role == Qt::FontRole && column == Keys)
        return codeFont(QApplication::font());
    if (role == Qt::ForegroundRole && column == Where)
        return m_context.theme.color(isInConflict ? Token::StateFailed : Token::TextDim);
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

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/favouritetree.h"

#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <algorithm>
#include <tuple>

namespace console {

using namespace Qt::StringLiterals;

struct FavouriteTree::Node {
    QString name; ///< of the folder or file, without those above
    bool isFolder = true;
    Node *above = nullptr; ///< null: the root
    std::vector<std::unique_ptr<Node>> below;

    /// Of a favourite its whole name.
    [[nodiscard]] QString path() const
    {
        return above == nullptr || above->above == nullptr ? name
                                                           : QString(above->path() + u'/' + name);
    }
};

FavouriteTree::FavouriteTree(Context &context, Favourites *favourites, QObject *parent)
    : QAbstractItemModel(parent)
    , m_context(context)
    , m_favourites(favourites)
    , m_root(std::make_unique<Node>())
{
    for (const Favourites::Entry &entry : favourites->all())
        add(entry.name);
    connect(favourites, &Favourites::added, this, &FavouriteTree::add);
    connect(favourites, &Favourites::removed, this, &FavouriteTree::remove);
    connect(favourites, &Favourites::changed, this, [this](const QString &name) {
        if (const Node *node = find(name))
            Q_EMIT dataChanged(indexOf(*node), indexOf(*node));
    });
}

FavouriteTree::~FavouriteTree() = default;

FavouriteTree::Node &FavouriteTree::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<Node *>(index.internalPointer()) : *m_root;
}

QModelIndex FavouriteTree::indexOf(const Node &node) const
{
    if (node.above == nullptr)
        return {};
    const auto &beside = node.above->below;
    const auto at = std::find_if(beside.begin(), beside.end(),
                                 [&node](const auto &each) { return each.get() == &node; });
    return createIndex(static_cast<int>(at - beside.begin()), 0, at->get());
}

FavouriteTree::Node *FavouriteTree::child(const Node &node, const QString &name,
                                          bool isFolder) const
{
    const auto found = std::find_if(node.below.begin(), node.below.end(), [&](const auto &each) {
        return each->isFolder == isFolder && each->name == name;
    });
    return found == node.below.end() ? nullptr : found->get();
}

FavouriteTree::Node &FavouriteTree::addChild(Node &node, const QString &name, bool isFolder)
{
    auto fresh = std::make_unique<Node>();
    fresh->name = name;
    fresh->isFolder = isFolder;
    fresh->above = &node;
    const auto place = std::upper_bound(
        node.below.begin(), node.below.end(), fresh, [](const auto &a, const auto &b) {
            return std::tie(b->isFolder, a->name) < std::tie(a->isFolder, b->name);
        });
    const auto row = static_cast<int>(place - node.below.begin());
    beginInsertRows(indexOf(node), row, row);
    Node &added = **node.below.insert(place, std::move(fresh));
    endInsertRows();
    return added;
}

FavouriteTree::Node *FavouriteTree::find(const QString &favourite) const
{
    Node *node = m_root.get();
    const QStringList names = favourite.split(u'/');
    for (qsizetype i = 0; node != nullptr && i < names.size(); ++i)
        node = child(*node, names[i], i + 1 < names.size());
    return node;
}

void FavouriteTree::add(const QString &favourite)
{
    Node *node = m_root.get();
    const QStringList names = favourite.split(u'/');
    for (qsizetype i = 0; i < names.size(); ++i) {
        const bool isFolder = i + 1 < names.size();
        Node *there = child(*node, names[i], isFolder);
        node = there == nullptr ? &addChild(*node, names[i], isFolder) : there;
    }
}

/// Folders go with their last favourite.
void FavouriteTree::remove(const QString &favourite)
{
    Node *node = find(favourite);
    while (node != nullptr && node->above != nullptr && node->below.empty()) {
        Node *above = node->above;
        const int row = indexOf(*node).row();
        beginRemoveRows(indexOf(*above), row, row);
        above->below.erase(above->below.begin() + row);
        endRemoveRows();
        node = above;
    }
}

const Favourites::Entry *FavouriteTree::favourite(const QModelIndex &index) const
{
    if (!index.isValid() || nodeOf(index).isFolder)
        return nullptr;
    return m_favourites->find(nodeOf(index).path());
}

QModelIndex FavouriteTree::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent).below[static_cast<std::size_t>(row)].get());
}

QModelIndex FavouriteTree::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(*nodeOf(child).above) : QModelIndex();
}

int FavouriteTree::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent).below.size());
}

int FavouriteTree::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant FavouriteTree::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = nodeOf(index);
    if (role == Qt::DisplayRole)
        return node.name;
    if (node.isFolder) {
        if (role == Qt::DecorationRole)
            return m_context.icons.icon(u"folder"_s, Token::TextDim);
        return role == Qt::AccessibleTextRole ? tr("%1, folder").arg(node.name) : QVariant();
    }
    const Favourites::Entry *entry = favourite(index);
    // Also so that what is in a folder begins behind the beginning of its name.
    if (role == Qt::DecorationRole && entry != nullptr)
        return m_context.icons.icon(
            entry->draft.target == Draft::Target::Invoke ? u"nav-functions"_s : u"nav-events"_s,
            Token::TextDim);
    if (role == Qt::ToolTipRole && entry != nullptr)
        return QString(QString::fromUtf8(entry->draft.name) + u'\n'
                       + QString::fromUtf8(entry->draft.text.left(600)));
    return {};
}

} // namespace console

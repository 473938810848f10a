// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/functiontreemodel.h"

#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/runwords.h"
#include "ui/core/sortedmerge.h"

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

// In front of keys: functions of the app itself come before its folders.
constexpr char functionsFirst = '0';
constexpr char foldersThen = '1';

} // namespace

FunctionTreeModel::FunctionTreeModel(Catalog &catalog, Feed &feed, QObject *parent)
    : QAbstractItemModel(parent)
    , m_catalog(catalog)
{
    connect(&catalog, &Catalog::changed, this, &FunctionTreeModel::takeCatalog);
    connect(&feed, &Feed::runsChanged, this, &FunctionTreeModel::takeRuns);
    takeCatalog();
}

FunctionTreeModel::Wanted FunctionTreeModel::wantedApp(const devserver::App &app) const
{
    Wanted wanted{
        .key = app.name + '\n' + app.url, .title = appTitle(app), .slug = {}, .children = {}};
    std::map<QByteArray, Wanted> folders;
    for (const devserver::Function &function : m_catalog.functions(app.id)) {
        const QByteArray &slug = function.config.slug;
        const QByteArray prefix = app.name + '-';
        const QByteArray id = slug.startsWith(prefix) ? slug.mid(prefix.size()) : slug;
        const qsizetype cut = std::max(id.lastIndexOf('/'), id.lastIndexOf('.'));
        // A name of its own is shown whole.
        const bool isNamed = function.config.name != id && function.config.name != slug;
        Wanted node{.key = slug,
                    .title = QString::fromUtf8(function.config.name),
                    .slug = slug,
                    .children = {}};
        if (cut <= 0) {
            node.key.prepend(functionsFirst);
            wanted.children.push_back(std::move(node));
            continue;
        }
        if (!isNamed)
            node.title = QString::fromUtf8(id.mid(cut + 1));
        Wanted &folder = folders[id.first(cut)];
        folder.children.push_back(std::move(node));
    }
    for (auto &[name, folder] : folders) {
        folder.key = foldersThen + name;
        folder.title = QString::fromUtf8(name);
        wanted.children.push_back(std::move(folder));
    }
    return wanted;
}

void FunctionTreeModel::takeCatalog()
{
    std::vector<Wanted> apps;
    for (const devserver::App &app : m_catalog.apps()) {
        if (Wanted node = wantedApp(app); !node.children.empty())
            apps.push_back(std::move(node));
    }
    merge(m_root, apps);
}

std::unique_ptr<FunctionTreeModel::Node> FunctionTreeModel::made(const Wanted &wanted, Node *parent)
{
    auto node = std::make_unique<Node>();
    node->parent = parent;
    node->key = wanted.key;
    node->title = wanted.title;
    node->slug = wanted.slug;
    for (const Wanted &child : wanted.children)
        node->children.push_back(made(child, node.get()));
    return node;
}

/// Both sorted by key here, as siblings have to be.
void FunctionTreeModel::merge(Node &node, const std::vector<Wanted> &wanted)
{
    std::vector<Wanted> sorted = wanted;
    std::sort(sorted.begin(), sorted.end(),
              [](const Wanted &a, const Wanted &b) { return a.key < b.key; });
    const QModelIndex parent = indexOf(node);
    mergeSorted(
        node.children, sorted, [](const std::unique_ptr<Node> &child) { return child->key; },
        [](const Wanted &child) { return child.key; },
        [&](int row) {
            beginRemoveRows(parent, row, row);
            node.children.erase(node.children.begin() + row);
            endRemoveRows();
        },
        [&](int row, const Wanted &child) {
            beginInsertRows(parent, row, row);
            node.children.insert(node.children.begin() + row, made(child, &node));
            endInsertRows();
        },
        [&](int row, const Wanted &child) {
            Node &known = *node.children[static_cast<std::size_t>(row)];
            merge(known, child.children);
            if (known.title == child.title)
                return;
            known.title = child.title;
            const QModelIndex changed = index(row, 0, parent);
            Q_EMIT dataChanged(changed, changed);
        });
}

void FunctionTreeModel::takeRuns(const std::vector<devserver::api::RunSummary> &runs)
{
    for (const devserver::api::RunSummary &run : runs) {
        const auto known = m_last.find(run.slug);
        if (known != m_last.end() && run.id < known->second.id)
            continue;
        m_last.insert_or_assign(run.slug, run);
        if (const QModelIndex changed = indexOf(run.slug); changed.isValid())
            Q_EMIT dataChanged(changed, changed);
    }
}

void FunctionTreeModel::forgetRuns()
{
    for (const auto &[slug, run] : std::exchange(m_last, {})) {
        if (const QModelIndex changed = indexOf(slug); changed.isValid())
            Q_EMIT dataChanged(changed, changed);
    }
}

const FunctionTreeModel::Node *FunctionTreeModel::find(const Node &node, const QByteArray &slug)
{
    if (!node.slug.isEmpty() && node.slug == slug)
        return &node;
    for (const std::unique_ptr<Node> &child : node.children) {
        if (const Node *found = find(*child, slug))
            return found;
    }
    return nullptr;
}

QModelIndex FunctionTreeModel::indexOf(const QByteArray &slug) const
{
    const Node *found = find(m_root, slug);
    return found == nullptr ? QModelIndex() : indexOf(*found);
}

QModelIndex FunctionTreeModel::indexOf(const Node &node) const
{
    if (node.parent == nullptr)
        return {};
    const auto &siblings = node.parent->children;
    const auto at = std::find_if(siblings.begin(), siblings.end(),
                                 [&node](const auto &each) { return each.get() == &node; });
    return createIndex(static_cast<int>(at - siblings.begin()), 0, &node);
}

const FunctionTreeModel::Node &FunctionTreeModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<const Node *>(index.constInternalPointer()) : m_root;
}

QModelIndex FunctionTreeModel::firstFunction() const
{
    const Node *node = &m_root;
    while (!node->children.empty())
        node = node->children.front().get();
    return indexOf(*node);
}

int FunctionTreeModel::functionsBelow(const Node &node)
{
    int functions = 0;
    for (const std::unique_ptr<Node> &child : node.children)
        functions += child->slug.isEmpty() ? functionsBelow(*child) : 1;
    return functions;
}

QModelIndex FunctionTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeAt(parent).children[static_cast<std::size_t>(row)].get());
}

QModelIndex FunctionTreeModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(*nodeAt(child).parent) : QModelIndex();
}

int FunctionTreeModel::rowCount(const QModelIndex &parent) const
{
    return static_cast<int>(nodeAt(parent).children.size());
}

int FunctionTreeModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return 1;
}

QVariant FunctionTreeModel::functionData(const Node &node, int role) const
{
    const auto last = m_last.find(node.slug);
    const bool hasRun = last != m_last.end();
    switch (role) {
    case Qt::ToolTipRole:
        return QString::fromUtf8(node.slug);
    case StateRole:
        return hasRun ? QVariant(static_cast<int>(displayState(last->second))) : QVariant();
    case ReasonRole:
        return hasRun ? QVariant(static_cast<int>(waitReason(last->second))) : QVariant();
    case Qt::AccessibleTextRole:
        return hasRun ? tr("%1, last run %2").arg(node.title, stateWords(last->second))
                      : tr("%1, never ran").arg(node.title);
    default:
        return {};
    }
}

QVariant FunctionTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = nodeAt(index);
    const bool isApp = node.parent == &m_root;
    switch (role) {
    case Qt::DisplayRole:
        return node.title;
    case SlugRole:
        return node.slug;
    case IsAppRole:
        return isApp;
    default:
        break;
    }
    if (!node.slug.isEmpty())
        return functionData(node, role);
    if (role != Qt::AccessibleTextRole)
        return {};
    const int functions = functionsBelow(node);
    return isApp ? tr("App %1, %n function(s)", nullptr, functions).arg(node.title)
                 : tr("Folder %1, %n function(s)", nullptr, functions).arg(node.title);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/functiontreemodel.h"

#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/runwords.h"
#include "ui/core/sortedmerge.h"

namespace console {

using namespace Qt::StringLiterals;

FunctionTreeModel::FunctionTreeModel(Catalog &catalog, Feed &feed, QObject *parent)
    : QAbstractItemModel(parent)
    , m_catalog(catalog)
{
    connect(&catalog, &Catalog::changed, this, &FunctionTreeModel::takeCatalog);
    connect(&feed, &Feed::runsChanged, this, &FunctionTreeModel::takeRuns);
    takeCatalog();
}

void FunctionTreeModel::takeCatalog()
{
    struct Wanted {
        QByteArray key;
        QString title;
        std::vector<FunctionNode> functions;
    };

    std::vector<Wanted> wanted;
    for (const devserver::App &app : m_catalog.apps()) {
        Wanted node{.key = app.name + '\n' + app.url, .title = appTitle(app), .functions = {}};
        for (const devserver::Function &function : m_catalog.functions(app.id)) {
            node.functions.push_back(
                {.slug = function.config.slug, .name = QString::fromUtf8(function.config.name)});
        }
        if (!node.functions.empty())
            wanted.push_back(std::move(node));
    }
    std::sort(wanted.begin(), wanted.end(),
              [](const Wanted &a, const Wanted &b) { return a.key < b.key; });
    mergeSorted(
        m_apps, wanted, [](const AppNode &node) { return node.key; },
        [](const Wanted &node) { return node.key; },
        [this](int row) {
            beginRemoveRows({}, row, row);
            m_apps.erase(m_apps.begin() + row);
            endRemoveRows();
        },
        [this](int row, const Wanted &node) {
            beginInsertRows({}, row, row);
            m_apps.insert(m_apps.begin() + row, {.number = m_nextNumber++,
                                                 .key = node.key,
                                                 .title = node.title,
                                                 .functions = node.functions});
            endInsertRows();
        },
        [this](int row, const Wanted &node) { takeFunctions(row, node.functions); });
}

void FunctionTreeModel::takeFunctions(int appRow, const std::vector<FunctionNode> &wanted)
{
    std::vector<FunctionNode> &functions = m_apps[static_cast<std::size_t>(appRow)].functions;
    const QModelIndex app = index(appRow, 0, {});
    const auto key = [](const FunctionNode &node) { return node.slug; };
    mergeSorted(
        functions, wanted, key, key,
        [&](int row) {
            beginRemoveRows(app, row, row);
            functions.erase(functions.begin() + row);
            endRemoveRows();
        },
        [&](int row, const FunctionNode &node) {
            beginInsertRows(app, row, row);
            functions.insert(functions.begin() + row, node);
            endInsertRows();
        },
        [&](int row, const FunctionNode &node) {
            FunctionNode &known = functions[static_cast<std::size_t>(row)];
            if (known.name == node.name)
                return;
            known.name = node.name;
            const QModelIndex changed = index(row, 0, app);
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

QModelIndex FunctionTreeModel::indexOf(const QByteArray &slug) const
{
    for (std::size_t app = 0; app < m_apps.size(); ++app) {
        const std::vector<FunctionNode> &functions = m_apps[app].functions;
        for (std::size_t row = 0; row < functions.size(); ++row) {
            if (functions[row].slug == slug)
                return index(static_cast<int>(row), 0, index(static_cast<int>(app), 0, {}));
        }
    }
    return {};
}

QModelIndex FunctionTreeModel::firstFunction() const
{
    return m_apps.empty() ? QModelIndex() : index(0, 0, index(0, 0, {}));
}

int FunctionTreeModel::rowOfApp(int number) const
{
    for (std::size_t row = 0; row < m_apps.size(); ++row) {
        if (m_apps[row].number == number)
            return static_cast<int>(row);
    }
    return -1;
}

QModelIndex FunctionTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    // Top level: 0; below: the number of the app, which stays when rows above go.
    const int number = parent.isValid() ? m_apps[static_cast<std::size_t>(parent.row())].number : 0;
    return createIndex(row, column, static_cast<quintptr>(number));
}

QModelIndex FunctionTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    const int row = rowOfApp(static_cast<int>(child.internalId()));
    return row < 0 ? QModelIndex() : createIndex(row, 0, quintptr(0));
}

int FunctionTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_apps.size());
    if (parent.internalId() != 0)
        return 0;
    return static_cast<int>(m_apps[static_cast<std::size_t>(parent.row())].functions.size());
}

int FunctionTreeModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return 1;
}

QVariant FunctionTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == 0) {
        const AppNode &app = m_apps[static_cast<std::size_t>(index.row())];
        if (role == Qt::DisplayRole)
            return app.title;
        if (role == Qt::AccessibleTextRole)
            return tr("App %1, %n functions", nullptr, static_cast<int>(app.functions.size()))
                .arg(app.title);
        return {};
    }
    const int appRow = rowOfApp(static_cast<int>(index.internalId()));
    const FunctionNode &function =
        m_apps[static_cast<std::size_t>(appRow)].functions[static_cast<std::size_t>(index.row())];
    const auto last = m_last.find(function.slug);
    const bool hasRun = last != m_last.end();
    switch (role) {
    case Qt::DisplayRole:
        return function.name;
    case Qt::ToolTipRole:
        return QString::fromUtf8(function.slug);
    case SlugRole:
        return function.slug;
    case StateRole:
        return hasRun ? QVariant(static_cast<int>(displayState(last->second))) : QVariant();
    case ReasonRole:
        return hasRun ? QVariant(static_cast<int>(waitReason(last->second))) : QVariant();
    case Qt::AccessibleTextRole:
        return hasRun ? tr("%1, last run %2").arg(function.name, stateWords(last->second))
                      : tr("%1, never ran").arg(function.name);
    default:
        return {};
    }
}

} // namespace console

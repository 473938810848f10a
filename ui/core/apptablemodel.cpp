// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/apptablemodel.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/sortedmerge.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::App;

namespace {

Cell cellOf(AppState state)
{
    Cell cell{.text = appStateWord(state)};
    cell.icon = appStateIcon(state);
    cell.iconToken = cell.token = appStateToken(state);
    return cell;
}

} // namespace

AppTableModel::AppTableModel(Catalog &catalog, devserver::api::ConsoleBackend &backend,
                             QObject *parent)
    : QAbstractTableModel(parent)
    , m_catalog(catalog)
    , m_backend(backend)
{
    connect(&catalog, &Catalog::changed, this, &AppTableModel::takeCatalog);
    takeCatalog();
}

void AppTableModel::takeCatalog()
{
    std::vector<Row> wanted;
    for (const App &app : m_catalog.apps()) {
        // An app that has a name stays in its row wherever it is called.
        const QByteArray place = app.name.isEmpty() ? app.url : QByteArray();
        wanted.push_back({.key = app.name + '\n' + place + '\n' + app.id.toBytes(),
                          .app = app,
                          .functions = static_cast<int>(m_catalog.functions(app.id).size())});
    }
    std::sort(wanted.begin(), wanted.end(),
              [](const Row &a, const Row &b) { return a.key < b.key; });
    const auto key = [](const Row &row) { return row.key; };
    mergeSorted(
        m_rows, wanted, key, key,
        [this](int row) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        },
        [this](int row, const Row &value) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, value);
            endInsertRows();
        },
        [this](int row, const Row &value) {
            Row &known = m_rows[static_cast<std::size_t>(row)];
            if (known == value)
                return;
            known = value;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        });
}

const App *AppTableModel::appAt(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)].app;
}

int AppTableModel::functionsAt(int row) const
{
    return row < 0 || row >= rowCount() ? 0 : m_rows[static_cast<std::size_t>(row)].functions;
}

int AppTableModel::rowOf(devserver::AppId app) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].app.id == app)
            return static_cast<int>(row);
    }
    return -1;
}

int AppTableModel::rowAt(const QByteArray &url) const
{
    int found = -1;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].app.url == url && (found < 0 || !m_rows[row].app.name.isEmpty()))
            found = static_cast<int>(row);
    }
    return found;
}

void AppTableModel::setTimeStyle(TimeStyle style)
{
    m_timeStyle = style;
    refreshTimes();
}

std::optional<std::chrono::milliseconds> AppTableModel::refreshTimes()
{
    std::optional<std::chrono::milliseconds> soonest;
    for (const Row &row : m_rows) {
        if (m_timeStyle != TimeStyle::Relative || devserver::toMs(row.app.syncedAt) == 0)
            continue;
        if (const auto change = timeUntilTextChanges(row.app.syncedAt, m_backend.now()))
            soonest = soonest ? std::min(*soonest, *change) : *change;
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, LastSync), index(rowCount() - 1, LastSync));
    return soonest;
}

int AppTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AppTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString AppTableModel::text(const Row &row, int column) const
{
    switch (column) {
    case State:
        return appStateWord(appState(row.app, row.functions));
    case Name:
        return appTitle(row.app);
    case Address:
        return row.app.kind == devserver::AppKind::InProcess ? tr("in this process")
                                                             : appAddress(row.app);
    case Sdk:
        return sdkWords(row.app.sdk);
    case Framework:
        return QString::fromUtf8(row.app.framework);
    case Functions:
        return formatCount(row.functions);
    case LastSync:
        return devserver::toMs(row.app.syncedAt) == 0
                   ? tr("never")
                   : formatTime(row.app.syncedAt, m_backend.now(), m_timeStyle);
    case Method:
        return appMethod(row.app);
    default:
        return {};
    }
}

/// For the tooltip: what the cell leaves out.
QString AppTableModel::whole(const Row &row, int column) const
{
    if (column == Address && !row.app.url.isEmpty())
        return QString::fromUtf8(row.app.url);
    if (column == LastSync && devserver::toMs(row.app.syncedAt) != 0)
        return formatTimeExactly(row.app.syncedAt, m_timeStyle == TimeStyle::Relative
                                                       ? TimeStyle::Absolute
                                                       : m_timeStyle);
    if (column != Method)
        return text(row, column);
    QString words = appMethodWords(row.app);
    words.front() = words.front().toUpper();
    return words;
}

Cell AppTableModel::cell(const Row &row, int column) const
{
    if (column == State)
        return cellOf(appState(row.app, row.functions));
    Cell cell{.text = text(row, column)};
    if (column > Address)
        cell.token = Token::TextDim;
    if (column == Address && row.app.kind != devserver::AppKind::InProcess) {
        cell.elide = Qt::ElideLeft; // of the path: its end tells apps of one port from each other
        cell.keptStart = static_cast<int>(std::max<qsizetype>(cell.text.indexOf(u'/'), 0));
    }
    cell.isRight = column == Functions;
    return cell;
}

QVariant AppTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == CellDataRole)
        return QVariant::fromValue(cell(row, index.column()));
    if (role == Qt::ToolTipRole) {
        const QString fix = appFix(row.app, row.functions);
        return fix.isEmpty() ? whole(row, index.column()) : fix;
    }
    if (role == Qt::AccessibleTextRole) {
        const QString words =
            index.column() == Method ? appMethodWords(row.app) : text(row, index.column());
        return QString(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString()
                       + u": "_s + words);
    }
    return {};
}

QVariant AppTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::vector<ColumnSpec> specs = columns();
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    return specs[static_cast<std::size_t>(section)].title;
}

/// The address is the longest and gets what is left; others wait for room before it is cut. All
/// grow with their texts; the state has room for each of its words, or others would move when an
/// app stops for a moment.
std::vector<ColumnSpec> AppTableModel::columns()
{
    const auto whole = [](const char *id, const QString &title, int chars, int rank) {
        return ColumnSpec{.id = id,
                          .title = title,
                          .chars = chars,
                          .isSortable = false,
                          .leastChars = chars,
                          .mostChars = 30,
                          .rank = rank,
                          .whyUnsorted = tr("%1. Listed by name").arg(title),
                          .growsLive = true};
    };
    ColumnSpec functions = whole("functions", tr("Functions"), 7, 0);
    functions.isRight = true;
    ColumnSpec state = whole("state", tr("State"), 12, 3);
    state.growsLive = false;
    for (const AppState each :
         {AppState::Synced, AppState::Unreachable, AppState::Refused, AppState::NoFunctions,
          AppState::SdkTooOld, AppState::WrongAnswer, AppState::Waiting})
        state.usualCells.push_back(cellOf(each));
    state.leastCells = state.usualCells;
    return {
        state,
        whole("app", tr("App"), 7, 4),
        whole("address", tr("Address"), 20, 5),
        whole("sdk", tr("SDK"), 10, -1),
        whole("framework", tr("Framework"), 8, -3),
        functions,
        whole("synced", tr("Last sync"), 8, 1),
        whole("method", tr("Method"), 8, -2),
    };
}

} // namespace console

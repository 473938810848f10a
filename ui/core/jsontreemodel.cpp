// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/jsontreemodel.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"

#include <QDateTime>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonKey;
using devserver::JsonValue;

namespace {

constexpr qsizetype shownString = 300;                      ///< characters of a value
constexpr qsizetype countedBytes = JsonOutline::largeBytes; ///< containers whose parts are counted

} // namespace

struct JsonTreeModel::Node {
    Node *parent = nullptr;
    int row = 0;
    qsizetype keyBegin = -1; ///< -1: an element
    qsizetype keyEnd = -1;
    qsizetype begin = 0;
    qsizetype end = 0;
    qsizetype next = -1; ///< where the next child begins; -1: all are read
    std::vector<std::unique_ptr<Node>> children;
};

JsonTreeModel::JsonTreeModel(QByteArray json, JsonOutline outline, QObject *parent)
    : QAbstractItemModel(parent)
    , m_json(std::move(json))
    , m_outline(std::move(outline))
    , m_root(std::make_unique<Node>())
{
    Node &root = *m_root;
    root.begin = skipJsonSpace(m_json, 0);
    root.end = m_outline.endOfValue(m_json, root.begin);
    if (isContainer(root)) {
        root.next = root.begin + 1;
        root.children = read(root, pageRows);
    } else {
        auto only = std::make_unique<Node>();
        only->parent = &root;
        only->begin = root.begin;
        only->end = root.end;
        root.children.push_back(std::move(only));
    }
}

JsonTreeModel::~JsonTreeModel() = default;

JsonTreeModel::Node *JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QByteArrayView JsonTreeModel::bytesOf(const Node &node) const
{
    return QByteArrayView(m_json).sliced(node.begin, node.end - node.begin);
}

bool JsonTreeModel::isContainer(const Node &node) const
{
    return node.begin < m_json.size() && (m_json[node.begin] == '{' || m_json[node.begin] == '[');
}

std::vector<std::unique_ptr<JsonTreeModel::Node>> JsonTreeModel::read(Node &parent, int most)
{
    std::vector<std::unique_ptr<Node>> made;
    const bool isObject = m_json[parent.begin] == '{';
    auto row = static_cast<int>(parent.children.size());
    while (parent.next >= 0 && static_cast<int>(made.size()) < most) {
        qsizetype at = skipJsonSpace(m_json, parent.next);
        if (at < m_json.size() && m_json[at] == ',')
            at = skipJsonSpace(m_json, at + 1);
        if (at >= parent.end - 1) {
            parent.next = -1;
            break;
        }
        auto node = std::make_unique<Node>();
        node->parent = &parent;
        node->row = row++;
        if (isObject) {
            node->keyBegin = at;
            node->keyEnd = endOfJsonString(m_json, at);
            at = skipJsonSpace(m_json, skipJsonSpace(m_json, node->keyEnd) + 1);
        }
        node->begin = at;
        node->end = m_outline.endOfValue(m_json, at);
        if (isContainer(*node))
            node->next = node->begin + 1;
        parent.next = node->end;
        made.push_back(std::move(node));
    }
    return made;
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node &node = *nodeOf(parent);
    if (row < 0 || row >= static_cast<int>(node.children.size()) || column < 0
        || column >= ColumnCount || parent.column() > 0)
        return {};
    return createIndex(row, column, node.children[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    Node *parent = nodeOf(index)->parent;
    if (parent == nullptr || parent == m_root.get())
        return {};
    return createIndex(parent->row, 0, parent);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return false;
    const Node &node = *nodeOf(parent);
    if (!node.children.empty())
        return true;
    if (node.next < 0)
        return false;
    return skipJsonSpace(m_json, node.next) < node.end - 1;
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    return !m_isFetching && parent.column() <= 0 && nodeOf(parent)->next >= 0;
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    if (m_isFetching)
        return; // a view asks again while rows are being inserted
    Node &node = *nodeOf(parent);
    std::vector<std::unique_ptr<Node>> made = read(node, pageRows);
    if (made.empty())
        return;
    m_isFetching = true;
    const auto first = static_cast<int>(node.children.size());
    beginInsertRows(parent, first, first + static_cast<int>(made.size()) - 1);
    std::move(made.begin(), made.end(), std::back_inserter(node.children));
    endInsertRows();
    m_isFetching = false;
}

QString JsonTreeModel::keyText(const Node &node) const
{
    if (node.keyBegin >= 0) {
        return JsonKey(QByteArrayView(m_json).sliced(node.keyBegin, node.keyEnd - node.keyBegin))
            .toString();
    }
    return node.parent == m_root.get() && !isContainer(*m_root) ? QString()
                                                                : QString::number(node.row);
}

QString JsonTreeModel::valueText(const Node &node) const
{
    const QByteArrayView bytes = bytesOf(node);
    if (isContainer(node)) {
        const bool isObject = bytes.front() == '{';
        const QString inside = bytes.size() <= countedBytes ? formatCount(JsonValue(bytes).size())
                                                            : formatSize(bytes.size());
        return (isObject ? u"{ %1 }"_s : u"[ %1 ]"_s).arg(inside);
    }
    if (bytes.size() <= shownString)
        return QString::fromUtf8(bytes);
    return QString::fromUtf8(bytes.first(shownString)).chopped(1) + u'…';
}

QString JsonTreeModel::hint(const Node &node) const
{
    const QByteArrayView bytes = bytesOf(node);
    if (isContainer(node) || bytes.size() > countedBytes || bytes.front() != '"')
        return {};
    const QString text = JsonValue(bytes).toString();
    static const QString isoShape = u"0000-00-00T"_s;
    const bool looksLikeTime =
        text.size() >= isoShape.size() && text.at(4) == u'-' && text.at(10) == u'T';
    if (looksLikeTime) {
        const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
        if (time.isValid())
            return tr("Time: %1")
                .arg(formatTimeExactly(devserver::fromMs(time.toMSecsSinceEpoch()),
                                       TimeStyle::Absolute));
    }
    const auto decoded =
        QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    const bool looksLikeBase64 = text.size() >= 16 && text.size() % 4 == 0 && decoded;
    if (looksLikeBase64)
        return tr("Base64 of %1").arg(formatSize(decoded.decoded.size()));
    return {};
}

QString JsonTreeModel::path(const Node &node) const
{
    if (node.parent == nullptr)
        return {};
    const QString above = path(*node.parent);
    if (node.keyBegin >= 0)
        return jsonPathStep(above, keyText(node));
    return isContainer(*node.parent) ? QString(above + u'[' + QString::number(node.row) + u']')
                                     : above;
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Key ? keyText(node) : valueText(node);
    case Qt::AccessibleTextRole:
        return index.column() == Key ? keyText(node)
                                     : QString(keyText(node) + u": "_s + valueText(node));
    case Qt::ToolTipRole:
        return index.column() == Value ? hint(node) : QString();
    case PathRole:
        return path(node);
    case BytesRole:
        return bytesOf(node).toByteArray();
    case TokenRole: {
        if (index.column() == Key)
            return static_cast<int>(node.keyBegin >= 0 ? Token::JsonKey : Token::TextDim);
        const char first = m_json[node.begin];
        if (isContainer(node))
            return static_cast<int>(Token::TextDim);
        if (first == '"')
            return static_cast<int>(Token::JsonString);
        const bool isWord = first == 't' || first == 'f' || first == 'n';
        return static_cast<int>(isWord ? Token::JsonLiteral : Token::JsonNumber);
    }
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Key ? tr("Name") : tr("Value");
}

} // namespace console

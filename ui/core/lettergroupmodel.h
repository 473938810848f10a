// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"

#include <QAbstractItemModel>
#include <QPointer>
#include <QTimer>

#include <map>
#include <vector>

namespace console {

class Feed;

/// Dead letters by function and error signature (ui.md 11): one row for all of them, then a row per
/// function with one per error below it. Asks again, at most 4 times a second, when letters change;
/// rows keep their place while counts change and are never reset. GUI thread.
class LetterGroupModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Group, Number, Last, Trend, ColumnCount };

    enum Role {
        SlugRole = Qt::UserRole + 1, ///< QByteArray; empty: all
        FingerprintRole,             ///< QByteArray; empty: all of the function
        CountRole,                   ///< int
        MessageRole,                 ///< QString: newest message of an error
        TrendRole,                   ///< std::vector<int>, oldest first
        NameRole,                    ///< QString, for sentences: `TimeoutError`
    };

    LetterGroupModel(devserver::api::ConsoleBackend &backend, Feed &feed,
                     QObject *parent = nullptr);
    ~LetterGroupModel() override;
    Q_DISABLE_COPY_MOVE(LetterGroupModel)

    void setFilter(const devserver::api::Filter &filter);
    /// Asks now.
    void load();
    void setTimeStyle(TimeStyle style);
    /// Texts of times change by themselves only while somebody sees them.
    void setShown(bool isShown);

    /// The row of this selection; invalid if it is not there.
    [[nodiscard]] QModelIndex indexOf(const QByteArray &slug, const QByteArray &fingerprint) const;

    [[nodiscard]] int total() const { return m_total.count; }

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    void loaded();
    void failed(const devserver::Error &error);

private:
    using Row = devserver::api::LetterGroupRow;

    struct ErrorNode {
        int rank = 0;
        Row group;
    };

    struct FunctionNode {
        int rank = 0; ///< internal id of the indexes below it
        Row sum;      ///< of its groups
        std::vector<ErrorNode> errors;
    };

    void take(const std::vector<Row> &groups);
    void takeErrors(int functionRow, const std::vector<ErrorNode> &wanted);
    void takeFunctions(const std::vector<FunctionNode> &wanted);
    [[nodiscard]] int rankOf(const QByteArray &key);
    [[nodiscard]] int rowOfRank(int rank) const;
    [[nodiscard]] const Row &rowAt(const QModelIndex &index) const;

    [[nodiscard]] bool isError(const QModelIndex &index) const { return index.internalId() != 0; }

    [[nodiscard]] QString title(const QModelIndex &index) const;
    void tick();

    devserver::api::ConsoleBackend &m_backend;
    devserver::api::Filter m_filter;
    QPointer<devserver::api::Reply> m_request;
    QTimer m_again;
    QTimer m_texts;
    Row m_total;
    std::vector<FunctionNode> m_functions;
    std::map<QByteArray, int> m_ranks;
    TimeStyle m_timeStyle = TimeStyle::Relative;
    bool m_isShown = false;
};

} // namespace console

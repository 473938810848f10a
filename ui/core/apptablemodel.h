// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

class Catalog;

/// Apps and where they are (ui.md §13.2). GUI thread.
class AppTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { State, Name, Address, Sdk, Framework, Functions, LastSync, Method, ColumnCount };

    AppTableModel(Catalog &catalog, devserver::api::ConsoleBackend &backend,
                  QObject *parent = nullptr);

    [[nodiscard]] static std::vector<ColumnSpec> columns();

    void setTimeStyle(TimeStyle style);
    /// Texts of times are made anew. \returns in how long they have to be again; nothing: never.
    std::optional<std::chrono::milliseconds> refreshTimes();

    [[nodiscard]] const devserver::App *appAt(int row) const;
    [[nodiscard]] int functionsAt(int row) const;
    /// -1 if it is not there.
    [[nodiscard]] int rowOf(devserver::AppId app) const;
    /// Of an app at the address, one that registered before one that did not; -1: there is none.
    [[nodiscard]] int rowAt(const QByteArray &url) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row {
        QByteArray key;
        devserver::App app;
        int functions = 0;

        bool operator==(const Row &) const = default;
    };

    void takeCatalog();
    [[nodiscard]] Cell cell(const Row &row, int column) const;
    [[nodiscard]] QString text(const Row &row, int column) const;
    [[nodiscard]] QString whole(const Row &row, int column) const;

    Catalog &m_catalog;
    devserver::api::ConsoleBackend &m_backend;
    TimeStyle m_timeStyle = TimeStyle::Relative;
    std::vector<Row> m_rows;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"

#include <QStackedWidget>

namespace console {

class EmptyState;
class FilterMiss;
class ListPage;
class ListTable;
class Pill;
class WelcomePage;
struct Context;

/// The table of runs, or what stands there instead: the welcome page as long as there never was a
/// run, else why the filter finds none and what to do (ui.md §6.4).
class RunsStack final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit RunsStack(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] ListTable *table() const { return m_table; }

    [[nodiscard]] Pill *pill() const;

    /// Call it when rows came or went.
    void showRows(int count, const devserver::api::Filter &filter);

    /// The welcome page stands where the runs would be.
    [[nodiscard]] bool isWelcoming() const;

    /// A row and the strip below it.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    /// Another filter was chosen here.
    void filterChosen(const devserver::api::Filter &filter);

private:
    ListTable *m_table;
    ListPage *m_page;
    EmptyState *m_empty;
    FilterMiss *m_miss;
    WelcomePage *m_welcome;
};

} // namespace console

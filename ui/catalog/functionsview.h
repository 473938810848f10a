// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/view.h"

class QSplitter;
class QStackedWidget;

namespace console {

class FunctionPage;
class FunctionTree;
class FunctionTreeModel;

/// Functions by app on the left, one function's page on the right (ui.md §13.1).
class FunctionsView final : public View
{
    Q_OBJECT

public:
    explicit FunctionsView(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Place place() const override;
    void showPlace(const Place &place) override;
    [[nodiscard]] QWidget *mainWidget() const override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void tellSelection();
    void bindActions();
    void askLastRuns();
    void followPage();
    void showMenu(QPoint at);
    /// Of the app that the current row belongs to; empty if there is no row.
    [[nodiscard]] QByteArray currentApp() const;
    void showCurrent();
    void keepUp();
    [[nodiscard]] QByteArray currentSlug() const;
    /// Name of the first plain event trigger; empty if it has none.
    [[nodiscard]] QByteArray sampleEvent() const;

    FunctionTreeModel *m_model;
    QSplitter *m_splitter;
    FunctionTree *m_tree;
    QStackedWidget *m_pages;
    FunctionPage *m_page;
    QByteArray m_shown;  ///< the page is about it
    QByteArray m_wanted; ///< to be selected as soon as it is there
};

} // namespace console

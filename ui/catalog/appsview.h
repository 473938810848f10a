// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/widgets/view.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace devserver {
struct App;
}

namespace console {

class AppTableModel;
class PlainTable;

/// Apps, their state, and what to do when one cannot be synced (ui.md §13.2).
class AppsView final : public View
{
    Q_OBJECT

public:
    explicit AppsView(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QWidget *mainWidget() const override;

protected:
    void showEvent(QShowEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildAddRow();
    void buildTable();
    void buildDetail();
    void bindActions();
    void checkAddress();
    void add();
    void sync();
    void remove();
    void showCurrent();
    void tellSelection();
    [[nodiscard]] const devserver::App *currentApp() const;

    AppTableModel *m_model;
    QLineEdit *m_address = nullptr;
    QPushButton *m_add = nullptr;
    QLabel *m_addressNote = nullptr;
    PlainTable *m_table = nullptr;
    QWidget *m_rule = nullptr;
    QLabel *m_detailTitle = nullptr;
    QLabel *m_fix = nullptr;
    QLabel *m_facts = nullptr;
    QWidget *m_detail = nullptr;
};

} // namespace console

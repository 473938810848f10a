// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/widgets/view.h"

#include <QTimer>

#include <map>

class QLabel;
class QLineEdit;
class QPushButton;

namespace devserver {
struct App;
}

namespace devserver::api {
struct AppSynced;
}

namespace console {

class AppDetail;
class AppTableModel;
class EmptyState;
class ColumnTable;

/// Apps, their state, and what to do when one cannot be synced (ui.md §13.2).
class AppsView final : public View
{
    Q_OBJECT

public:
    explicit AppsView(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Place place() const override;
    void showPlace(const Place &place) override;
    [[nodiscard]] QWidget *mainWidget() const override;
    bool stepBack() override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildAddRow();
    void buildTable();
    void bindActions();
    void checkAddress();
    void add();
    void askFor(const QByteArray &url);
    void beginEdit();
    void endEdit();
    void move(const devserver::AppId &id, const QByteArray &url);
    [[nodiscard]] bool isSameAddress() const;
    [[nodiscard]] static QString sameAddressWords(const devserver::App &app, const QString &typed);
    void sync();
    void tellSynced(const devserver::App &asked, const devserver::api::AppSynced &synced);
    void takeBackOldTries();
    void remove();
    void selectWanted();
    void refreshTimes();
    void showCurrent();
    void showDetail();
    void selectSubject();
    void tellSelection();
    [[nodiscard]] const devserver::App *currentApp() const;

    AppTableModel *m_model;
    bool m_isFirstLoad = false; ///< nobody knows yet which apps there are
    devserver::AppId m_subject; ///< to be selected as soon as it is there
    QLineEdit *m_address = nullptr;
    QPushButton *m_add = nullptr;
    QLabel *m_addressNote = nullptr;
    ColumnTable *m_table = nullptr;
    EmptyState *m_empty = nullptr; ///< in the place of a table without rows
    QWidget *m_rule = nullptr;
    AppDetail *m_detail = nullptr;
    QTimer m_timeTimer;
    /// Whose last sync by hand is said to have failed, and whether the list says so, too.
    std::map<devserver::AppId, bool> m_notSynced;
    QByteArray m_wanted;       ///< address to be selected as soon as its app is there
    devserver::AppId m_moving; ///< whose address is being edited; null: none
    QByteArray m_sameAddress;  ///< what was typed for it, and is no other one
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "ui/shell/paletteitem.h"

#include <QFrame>
#include <QPointer>
#include <QTimer>

#include <vector>

class QLabel;
class QLineEdit;
class QListView;

namespace devserver::api {
class Reply;
}

namespace console {

class PaletteModel;
struct Context;

/// Everything that can be done or gone to, by typing some of its letters (ui.md §18). Lies over the
/// window; closes when the focus goes elsewhere.
class PalettePopup final : public QFrame
{
    Q_OBJECT

public:
    PalettePopup(Context &context, QWidget *window);

    void open(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Way { Run, Window, Keep };

    void keepSides();
    void place();
    void close();
    void textChanged();
    void askBackend();
    void askById(const QByteArray &id);
    void show(std::vector<PaletteItem> found);
    /// What is likely to be wanted before anything is typed.
    [[nodiscard]] std::vector<PaletteItem> suggestions(std::vector<PaletteItem> items) const;
    void refill();
    void moveBy(int rows);
    void run(Way way);
    void sayWhyNot(const PaletteItem &item);

    Context &m_context;
    QHBoxLayout *m_field;
    QLineEdit *m_edit;
    QListView *m_list;
    QLabel *m_empty;
    QWidget *m_scrim; ///< over the window, behind this
    PaletteModel *m_model;
    QPointer<QWidget> m_focusBefore;
    QTimer m_askTimer;
    std::vector<QPointer<devserver::api::Reply>> m_replies;
    devserver::api::EventNames m_names;
    std::vector<PaletteItem> m_answers; ///< runs and events for what is typed now
    QByteArrayList m_recent;            ///< keys, newest first
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>

#include <vector>

namespace console {

class InfoBarStack;
class MainWindow;

/// Tips appear once, where they are of use, at most one at a time (ui.md §19): as an info bar below
/// the view that they are about, with a button that ends them all. In a low view they give way.
/// What was seen is kept in the settings. GUI thread.
class Tips final : public QObject
{
    Q_OBJECT

public:
    explicit Tips(MainWindow &window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Tip {
        QByteArray id;
        QString text;
    };

    /// Of use now, the most useful one first.
    [[nodiscard]] std::vector<Tip> fitting() const;
    [[nodiscard]] bool areOff() const;
    void look();
    void show(const Tip &tip, InfoBarStack &bars);

    MainWindow &m_window;
    QPointer<InfoBarStack> m_where; ///< of the last one
};

} // namespace console

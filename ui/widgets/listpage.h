// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>

class QLabel;

namespace console {

class ListTable;
class PagedTableModel;
class Pill;
struct Context;

/// A list above a thin strip with how many rows it has, or how many are chosen, and the pill. The
/// strip is always there: when the pill comes, it covers no row, and none moves. The focus is the
/// list's.
class ListPage final : public QWidget
{
    Q_OBJECT

public:
    /// Takes \a list in. \a words  `43 runs`, of how many
    ListPage(Context &context, ListTable *list, std::function<QString(int)> words,
             QWidget *parent = nullptr);
    ~ListPage() override;

    [[nodiscard]] Pill *pill() const { return m_pill; }

    [[nodiscard]] int stripHeight() const;

protected:
    bool event(QEvent *event) override;
    /// Not by a proxy: Tab would never get out of the list.
    void focusInEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void follow();
    void showCount();
    /// Beside the pill, or not at all: a part of a number is another number.
    void fitCount();

    Context &m_context;
    ListTable *m_list;
    std::function<QString(int)> m_words;
    QPointer<PagedTableModel> m_followed;
    QString m_countText;
    QLabel *m_count;
    Pill *m_pill = nullptr;
};

} // namespace console

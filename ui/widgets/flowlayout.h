// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLayout>
#include <QList>

namespace console {

/// Items in lines, as many in each as fit: rows of buttons in places that may be narrow.
class FlowLayout final : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(int spacing, QWidget *parent = nullptr);
    ~FlowLayout() override;

    /// What comes last stands at the end of its line, as buttons beside a title do.
    void setLastAtEnd() { m_isLastAtEnd = true; }

    /// Where not all have room in one line, another begins with this one: what belongs together
    /// stays so, and none is left alone by chance.
    void breakBefore(const QWidget *first) { m_break = first; }

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override;
    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// \returns the height; \a isApplied: the items are moved there.
    int place(const QRect &rect, bool isApplied) const;
    [[nodiscard]] int wholeWidth() const;

    QList<QLayoutItem *> m_items;
    const QWidget *m_break = nullptr;
    bool m_isLastAtEnd = false;
};

} // namespace console

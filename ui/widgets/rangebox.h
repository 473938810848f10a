// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"

#include <QComboBox>

namespace console {

/// The time range of a list: what `since:` says in its filter line, and usual values to choose from
/// (ui.md §6.2, §9). It only shows what the line says and asks for another one.
class RangeBox final : public QComboBox
{
    Q_OBJECT

public:
    explicit RangeBox(QWidget *parent = nullptr);

    void showFilter(const devserver::api::Filter &filter);

    /// Has the width of its longest choice, so that nothing beside it moves; by default. Else that
    /// of the one it shows.
    void setRoomy(bool isRoomy);

    [[nodiscard]] int roomyWidth() const { return QComboBox::sizeHint().width(); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Value of `since`; empty: all.
    void rangeChosen(const QByteArray &since);
    /// The range is to be written by hand.
    void customChosen();

private:
    bool m_isRoomy = true;
};

} // namespace console

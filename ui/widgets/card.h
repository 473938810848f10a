// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLabel;

namespace console {

class Theme;

/// Words on a card that are not read first; as many lines as they need.
[[nodiscard]] QLabel *makeDimText(const QString &text, QWidget *parent);

/// A raised box with a thin line around it. The layout and the content are the owner's.
class Card : public QWidget
{
    Q_OBJECT

public:
    explicit Card(Theme &theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
};

} // namespace console

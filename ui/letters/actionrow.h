// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QPointer>
#include <QWidget>

#include <utility>
#include <vector>

class QToolButton;

namespace console {

struct Context;

/// Buttons of actions below a list, which all look alike. Where it is narrow they lose their icons;
/// where it is narrower still the first one says what it does, and the others are icons with a
/// tooltip.
class ActionRow final : public QWidget
{
    Q_OBJECT

public:
    /// \param actions  id of the action, object name of the button
    ActionRow(Context &context, const std::vector<std::pair<const char *, const char *>> &actions,
              QWidget *parent = nullptr);

    /// On the same line: both have icons, or none has. What is short of room decides for both.
    void standBeside(ActionRow &other);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void fit();
    void showStyle();
    [[nodiscard]] Qt::ToolButtonStyle styleOf(const QToolButton *button,
                                              Qt::ToolButtonStyle style) const;
    [[nodiscard]] int widthOf(QToolButton *button, Qt::ToolButtonStyle style);

    std::vector<QToolButton *> m_buttons;
    QHash<QString, int> m_widths; ///< by style and text
    int m_least = 0;              ///< wide; there all but the first are icons
    Qt::ToolButtonStyle m_style = Qt::ToolButtonTextBesideIcon; ///< that this one has room for
    QPointer<ActionRow> m_beside;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QWidget>

#include <utility>
#include <vector>

class QToolButton;

namespace console {

struct Context;

/// Buttons of actions below a list. Where it is narrow those at the end lose their icons, then
/// their words and keep icon and tooltip; the first one always says what it does.
class ActionRow final : public QWidget
{
    Q_OBJECT

public:
    /// \param actions  id of the action, object name of the button
    ActionRow(Context &context, const std::vector<std::pair<const char *, const char *>> &actions,
              QWidget *parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void fit();
    [[nodiscard]] int widthOf(QToolButton *button, Qt::ToolButtonStyle style);

    std::vector<QToolButton *> m_buttons;
    QHash<QString, int> m_widths; ///< by style and text
};

} // namespace console

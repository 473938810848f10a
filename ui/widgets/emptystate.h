// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSize>
#include <QString>
#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;
class QSpacerItem;

namespace console {

struct Context;

/// What stands where rows would be: why there are none and what to do (ui.md §21). One sentence,
/// at most one line below it, and buttons, the first one being the main action. In a pane that
/// fills the window its sign stands at the same height in every view.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(Context &context, QWidget *parent = nullptr);

    /// \a icon of the icon set, drawn large and dim; empty: none.
    /// \a code  the part of \a text that is in code font, such as a filter
    void setMessage(const QString &icon, const QString &text, const QString &detail = {},
                    const QString &code = {});
    void clearButtons();
    void addButton(const QString &text, std::function<void()> run);
    /// A quieter way on: help, a manual page.
    void addLink(const QString &name, const QString &text, std::function<void()> run);

    /// The passage of the manual about what is empty here (ui.md §21).
    /// \a text  what it explains; empty: the usual words
    void addManualLink(const QByteArray &section, const QString &text = {});

    [[nodiscard]] QString text() const;

    /// Without the room above the sign: that may go, also while this is hidden.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateIcon();
    void place();

    Context &m_context;
    QString m_iconName;
    QString m_words; ///< of m_text, which may be rich
    QSpacerItem *m_above;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QHBoxLayout *m_buttons;
};

} // namespace console

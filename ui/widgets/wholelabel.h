// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>
#include <QString>

namespace console {

struct Context;

/// An id or an address, which has no blanks to wrap it at: where it has no room it goes on in the
/// next line, and all of it is read. Copied as it is. In code font.
class WholeLabel final : public QLabel
{
    Q_OBJECT

public:
    /// \a isLink  it can be followed: `linkActivated`.
    WholeLabel(Context &context, bool isLink, QWidget *parent);

    void setWhole(const QString &whole);

    /// Shown instead of further lines, where something changes beside it: not whole again with
    /// every character less there.
    void setShort(const QString &text);

    [[nodiscard]] const QString &whole() const { return m_whole; }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void wrap();
    void copy();
    [[nodiscard]] QStringList linesIn(int width) const;
    [[nodiscard]] int spare() const;
    [[nodiscard]] bool isShortIn(int width) const;
    [[nodiscard]] int heightOf(qsizetype lines) const;

    Context &m_context;
    bool m_isLink;
    QString m_whole;
    QString m_shown; ///< the same to be looked at
    QString m_short;
    bool m_isShort = false;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

#include <QAbstractButton>

namespace console {

struct Context;

/// A button of the navigation rail: icon, label and a badge; without labels the badge sits on the
/// icon.
class RailButton final : public QAbstractButton
{
    Q_OBJECT

public:
    RailButton(Context &context, const QString &iconName, const QString &title,
               QWidget *parent = nullptr);

    void setLabelShown(bool isShown);
    /// A saved view below the entry of its view: only its name, smaller.
    void setNested();
    /// Empty: none. \a spoken follows the title in the accessible name: `4 open`.
    void setBadge(const QString &badge, const QString &spoken, Token tint);

    [[nodiscard]] QString badge() const { return m_badge; }

    /// A ring around the icon, 0..1 of it filled: something of this entry is under way. Negative:
    /// none. \a spoken as for a badge.
    void setProgress(double fraction, const QString &spoken);

    [[nodiscard]] bool hasRing() const { return m_progress >= 0; }

    /// In pixels: the label is read whole beside a badge of four digits.
    [[nodiscard]] int wholeWidth() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QFont badgeFont() const;
    [[nodiscard]] QSize badgeSize(const QString &badge) const;
    [[nodiscard]] QFont labelFont() const;
    /// What is not there for the label.
    [[nodiscard]] int aroundLabel(const QString &badge) const;
    void paintBadge(QPainter &painter, const QRect &icon) const;
    void paintRing(QPainter &painter, const QRect &icon) const;

    Context &m_context;
    QString m_iconName;
    QString m_badge;
    Token m_badgeTint = Token::TextDim;
    double m_progress = -1;
    bool m_isLabelShown = true;
    bool m_isNested = false;
};

} // namespace console

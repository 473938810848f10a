// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

#include <QIcon>
#include <QPixmap>
#include <QSize>
#include <QString>

namespace console {

/// The icon set: one-colour SVGs of `resources/icons`, tinted with tokens of the theme. Cached by
/// name, colour, size and pixel ratio; the cache is emptied when the theme changes. GUI thread.
class Icons final : public QObject
{
    Q_OBJECT

public:
    explicit Icons(Theme &theme, QObject *parent = nullptr);

    /// Follows the theme by itself: normal, disabled and selected colours.
    [[nodiscard]] QIcon icon(const QString &name, Token tint = Token::Text) const;
    [[nodiscard]] QPixmap pixmap(const QString &name, Token tint, int size,
                                 qreal pixelRatio = 1) const;
    /// The same picture sharp on a screen of this ratio, if \a pixmap  was made above; else \a
    /// pixmap  itself.
    [[nodiscard]] static QPixmap forRatio(const QPixmap &pixmap, qreal pixelRatio);
    [[nodiscard]] static bool exists(const QString &name);

private:
    Theme &m_theme;
};

} // namespace console

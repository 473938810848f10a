// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QImage>
#include <QPainter>
#include <QPixmapCache>
#include <QPointer>
#include <QSvgRenderer>

#include <utility>

// Outside of any namespace, as the macro wants it; a static library is not initialised by itself.
static void initIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr auto nameKey = "icon"_L1;
constexpr auto colorKey = "color"_L1;
constexpr auto widthKey = "width"_L1;

QString pathOf(const QString &name)
{
    static const bool isReady = (initIconResources(), true);
    Q_UNUSED(isReady)
    return u":/icons/"_s + name + u".svg"_s;
}

/// The colour is part of the key: a new theme finds its own pictures, old ones fall out in time.
QPixmap tinted(const QString &name, const QColor &color, QSize pixels, qreal pixelRatio)
{
    const QString key = u"icon/%1/%2/%3x%4/%5"_s.arg(name)
                            .arg(color.rgba())
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(pixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(pathOf(name));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(QPointF(), pixels));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    image.setDevicePixelRatio(pixelRatio);
    image.setText(nameKey, name); // what it was made of, for the next screen
    image.setText(colorKey, color.name(QColor::HexArgb));
    image.setText(widthKey, QString::number(pixels.width()));
    pixmap = QPixmap::fromImage(std::move(image));
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Asks the theme for the colour whenever it is painted.
class TintedEngine final : public QIconEngine
{
public:
    TintedEngine(Theme *theme, QString name, Token tint)
        : m_theme(theme)
        , m_name(std::move(name))
        , m_tint(tint)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override
    {
        Q_UNUSED(state)
        return tinted(m_name, color(mode), size, scale);
    }

    [[nodiscard]] QIconEngine *clone() const override
    {
        return new TintedEngine(m_theme, m_name, m_tint); // owned by the QIcon
    }

    [[nodiscard]] QString key() const override { return u"redrive"_s; }

    bool isNull() override { return false; }

private:
    [[nodiscard]] QColor color(QIcon::Mode mode) const
    {
        if (m_theme.isNull())
            return Qt::gray;
        switch (mode) {
        case QIcon::Disabled:
            return m_theme->blend(Token::Text, 0.5);
        case QIcon::Selected:
            return m_theme->color(Token::SelectionText);
        case QIcon::Normal:
        case QIcon::Active:
            break;
        }
        return m_theme->color(m_tint);
    }

    QPointer<Theme> m_theme;
    QString m_name;
    Token m_tint;
};

} // namespace

Icons::Icons(Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
{}

QIcon Icons::icon(const QString &name, Token tint) const
{
    if (!exists(name))
        return {};
    return QIcon(new TintedEngine(&m_theme, name, tint)); // the icon owns it
}

QPixmap Icons::pixmap(const QString &name, Token tint, int size, qreal pixelRatio) const
{
    const QSize pixels = QSizeF(size * pixelRatio, size * pixelRatio).toSize();
    return tinted(name, m_theme.color(tint), pixels, pixelRatio);
}

QPixmap Icons::forRatio(const QPixmap &pixmap, qreal pixelRatio)
{
    const QImage image = pixmap.toImage();
    const QString name = image.text(nameKey);
    const QSize pixels = (pixmap.deviceIndependentSize() * pixelRatio).toSize();
    // Labels scale what they show by themselves, after the ratio it is of the wrong size.
    const bool isMadeForThis = image.text(widthKey).toInt() == pixels.width()
                               && qFuzzyCompare(pixmap.devicePixelRatio(), pixelRatio);
    if (name.isEmpty() || isMadeForThis)
        return pixmap;
    return tinted(name, QColor(image.text(colorKey)), pixels, pixelRatio);
}

bool Icons::exists(const QString &name)
{
    return !name.isEmpty() && QFile::exists(pathOf(name));
}

} // namespace console

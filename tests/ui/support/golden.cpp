// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/golden.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QWidget>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int channelTolerance = 12;
constexpr double shareOfPixels = 0.001;
constexpr int blockSize = 16;
constexpr double shareOfBlock = 0.2;

bool differs(QRgb a, QRgb b)
{
    return std::abs(qRed(a) - qRed(b)) > channelTolerance
           || std::abs(qGreen(a) - qGreen(b)) > channelTolerance
           || std::abs(qBlue(a) - qBlue(b)) > channelTolerance;
}

struct Difference {
    QImage picture;
    int pixels = 0;
    double worstBlock = 0;
};

Difference difference(const QImage &actual, const QImage &golden)
{
    Difference result;
    result.picture =
        actual.convertToFormat(QImage::Format_Grayscale8).convertToFormat(QImage::Format_RGB32);
    const int columns = (actual.width() + blockSize - 1) / blockSize;
    std::vector<int> blocks(
        static_cast<std::size_t>(columns * ((actual.height() + blockSize - 1) / blockSize)));
    for (int y = 0; y < actual.height(); ++y) {
        for (int x = 0; x < actual.width(); ++x) {
            if (!differs(actual.pixel(x, y), golden.pixel(x, y)))
                continue;
            ++result.pixels;
            result.picture.setPixel(x, y, qRgb(255, 0, 0));
            ++blocks[static_cast<std::size_t>(y / blockSize * columns + x / blockSize)];
        }
    }
    result.worstBlock = static_cast<double>(*std::max_element(blocks.begin(), blocks.end()))
                        / (blockSize * blockSize);
    return result;
}

/// With the lists that are open over it, which are windows of their own.
QImage pictureOf(QWidget *widget)
{
    QPixmap picture = widget->grab();
    QPainter painter(&picture);
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (window->isVisible() && window->windowType() == Qt::Popup && window != widget)
            painter.drawPixmap(widget->mapFromGlobal(window->mapToGlobal(QPoint())),
                               window->grab());
    }
    painter.end();
    return picture.toImage().convertToFormat(QImage::Format_RGB32);
}

bool save(const QImage &picture, const QString &path)
{
    return QDir().mkpath(QFileInfo(path).path()) && picture.save(path);
}

} // namespace

QString goldenFolder()
{
    return u"%1/%2.%3"_s.arg(QStringLiteral(REDRIVE_GOLDEN_FOLDER))
        .arg(QT_VERSION_MAJOR)
        .arg(QT_VERSION_MINOR);
}

QStringList goldenPictures(const QString &subfolder)
{
    QStringList names;
    for (const QFileInfo &file :
         QDir(goldenFolder() + u'/' + subfolder).entryInfoList({u"*.png"_s}, QDir::Files))
        names.append(file.completeBaseName());
    names.sort();
    return names;
}

QString compareGolden(QWidget *widget, const QString &name)
{
    const QImage actual = pictureOf(widget);
    const QString path = goldenFolder() + u'/' + name + u".png"_s;
    if (const QString shots = qEnvironmentVariable("REDRIVE_SHOTS"); !shots.isEmpty())
        (void)save(actual, shots + u'/' + name + u".png"_s);
    if (qEnvironmentVariableIsSet("REDRIVE_UPDATE_GOLDEN"))
        return save(actual, path) ? QString() : QString(u"cannot write "_s + path);
    const QImage golden = QImage(path).convertToFormat(QImage::Format_RGB32);
    const QString actualPath = QDir(u"golden"_s).absoluteFilePath(name + u"_actual.png"_s);
    if (golden.isNull()) {
        (void)save(actual, actualPath);
        return u"there is no golden picture %1; the actual one is %2"_s.arg(path, actualPath);
    }
    if (golden.size() != actual.size()) {
        (void)save(actual, actualPath);
        return u"%1: %2x%3 instead of %4x%5, see %6"_s.arg(name)
            .arg(actual.width())
            .arg(actual.height())
            .arg(golden.width())
            .arg(golden.height())
            .arg(actualPath);
    }
    const Difference found = difference(actual, golden);
    const double share =
        static_cast<double>(found.pixels) / (actual.width() * static_cast<double>(actual.height()));
    if (share <= shareOfPixels && found.worstBlock <= shareOfBlock)
        return {};
    (void)save(actual, actualPath);
    const QString differencePath = QDir(u"golden"_s).absoluteFilePath(name + u"_difference.png"_s);
    (void)save(found.picture, differencePath);
    return u"%1: %2 pixels differ (%3 %), worst block %4 %; see %5 and %6"_s.arg(name)
        .arg(found.pixels)
        .arg(share * 100, 0, 'f', 2)
        .arg(found.worstBlock * 100, 0, 'f', 0)
        .arg(actualPath, differencePath);
}

} // namespace console::test

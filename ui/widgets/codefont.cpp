// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/codefont.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QWidget>

namespace console {

namespace {

class FontKeeper final : public QObject
{
public:
    explicit FontKeeper(QWidget *widget)
        : QObject(widget)
        , m_widget(widget)
    {
        widget->setFont(codeFont(QApplication::font()));
        widget->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ApplicationFontChange)
            m_widget->setFont(codeFont(QApplication::font()));
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget *m_widget;
};

} // namespace

QFont codeFont(const QFont &like)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (like.pointSizeF() > 0)
        font.setPointSizeF(like.pointSizeF() * 0.95);
    else
        font.setPixelSize(like.pixelSize());
    return font;
}

void useCodeFont(QWidget *widget)
{
    new FontKeeper(widget);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/elidedlabel.h"

#include "ui/core/format.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace console {

namespace {

constexpr int fewest = 4; // characters

} // namespace

ElidedLabel::ElidedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize ElidedLabel::minimumSizeHint() const
{
    const int least = std::min(fontMetrics().averageCharWidth() * fewest,
                               fontMetrics().horizontalAdvance(text()));
    return {least, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QString whole = visibleText(text());
    const int room = contentsRect().width();
    // Elision does not round as widths do.
    const bool fits = fontMetrics().horizontalAdvance(whole) <= room;
    painter.drawText(contentsRect(), Qt::AlignVCenter | Qt::AlignLeading,
                     fits ? whole : fontMetrics().elidedText(whole, Qt::ElideRight, room));
}

bool ElidedLabel::event(QEvent *event)
{
    const QString whole = visibleText(text());
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()
        && fontMetrics().horizontalAdvance(whole) > contentsRect().width()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), whole, this);
        return true;
    }
    return QLabel::event(event);
}

} // namespace console

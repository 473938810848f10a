// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/rule.h"

#include <QEvent>
#include <QWidget>

namespace console {

namespace {

class Rule final : public QWidget
{
public:
    explicit Rule(QWidget *parent)
        : QWidget(parent)
    {
        setObjectName(QStringLiteral("rule"));
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        setBackgroundRole(QPalette::Midlight);
        setAutoFillBackground(true);
    }

    [[nodiscard]] QSize sizeHint() const override { return {0, lineWidth(palette())}; }

    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void changeEvent(QEvent *event) override
    {
        QWidget::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            updateGeometry();
    }
};

} // namespace

int lineWidth(const QPalette &palette)
{
    // Not of the current group: what is disabled has another text, but the same lines.
    const QColor line = palette.color(QPalette::Active, QPalette::Mid);
    return line == palette.color(QPalette::Active, QPalette::Text) ? 2 : 1;
}

QWidget *makeRule(QWidget *parent)
{
    return new Rule(parent);
}

} // namespace console

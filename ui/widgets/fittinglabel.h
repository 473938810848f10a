// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QEvent>
#include <QLabel>

namespace console {

/// A label whose text is made for the room that it has; where that is not all, the tooltip has it.
/// GUI thread.
class FittingLabel : public QLabel
{
public:
    using QLabel::QLabel;

protected:
    [[nodiscard]] virtual QString whole() const = 0;
    /// What is shown of it in \a width pixels, margins included.
    [[nodiscard]] virtual QString textFor(int width) const = 0;

    /// To be called when there is something else to say.
    void fit()
    {
        const QString shown = textFor(width());
        if (shown != text())
            setText(shown);
        setToolTip(shown == whole() ? QString() : whole());
    }

    void resizeEvent(QResizeEvent *event) override
    {
        QLabel::resizeEvent(event);
        fit();
    }

    void changeEvent(QEvent *event) override
    {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::FontChange)
            fit();
    }
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QEvent>
#include <QLabel>

namespace console {

/// What the payload is: where it has no room the size is left, not a part of a word.
/// GUI thread.
class FactsLabel final : public QLabel
{
public:
    using QLabel::QLabel;

    void setFacts(const QString &whole, const QString &size)
    {
        m_whole = whole;
        m_size = size;
        setToolTip(whole);
        fit();
    }

protected:
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

private:
    void fit()
    {
        const QFontMetrics metrics = fontMetrics();
        const QString words = metrics.horizontalAdvance(m_whole) <= width()
                                  ? m_whole
                                  : metrics.elidedText(m_size, Qt::ElideRight, width());
        if (words != text())
            setText(words);
    }

    QString m_whole;
    QString m_size;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QEvent>
#include <QLabel>

namespace console {

/// What the payload is: where it has no room less is said, not a part of a word.
/// GUI thread.
class FactsLabel final : public QLabel
{
public:
    using QLabel::QLabel;

    /// \a forms  from the longest to the shortest
    void setFacts(const QStringList &forms)
    {
        m_forms = forms;
        setToolTip(forms.value(0));
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
        QString words;
        for (const QString &form : m_forms) {
            words = metrics.elidedText(form, Qt::ElideRight, width());
            if (words == form)
                break;
        }
        if (words != text())
            setText(words);
    }

    QStringList m_forms;
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/fittinglabel.h"

namespace console {

/// What the payload is: where it has no room less is said, not a part of a word.
/// GUI thread.
class FactsLabel final : public FittingLabel
{
public:
    using FittingLabel::FittingLabel;

    /// \a forms  from the longest to the shortest
    void setFacts(const QStringList &forms)
    {
        m_forms = forms;
        fit();
    }

protected:
    [[nodiscard]] QString whole() const override { return m_forms.value(0); }

    [[nodiscard]] QString textFor(int width) const override
    {
        QString words;
        for (const QString &form : m_forms) {
            words = fontMetrics().elidedText(form, Qt::ElideRight, width);
            if (words == form)
                break;
        }
        return words;
    }

private:
    QStringList m_forms;
};

} // namespace console

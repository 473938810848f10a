// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QJsonObject>
#include <QResizeEvent>
#include <QSplitter>

#include <optional>

namespace console {

/// One above the other; the border between them stays where it is in the window. What comes above
/// them, like a bar, takes its room from the upper one, and what comes below from the lower one:
/// the buttons between them stay under the mouse. Where there is too little room for that the
/// border is pushed up, and comes back with the room.
class SteadySplitter final : public QSplitter
{
public:
    explicit SteadySplitter(QWidget *parent)
        : QSplitter(Qt::Vertical, parent)
    {
        connect(this, &QSplitter::splitterMoved, this, [this] { keepBorder(); });
    }

    void share(int upper, int lower)
    {
        setSizes({upper, lower});
        keepBorder();
    }

    /// With the wanted place of the border: it may be pushed up now.
    void save(QJsonObject &state) const
    {
        state.insert(QLatin1String("down"), QString::fromLatin1(saveState().toBase64()));
        if (m_border)
            state.insert(QLatin1String("border"), *m_border);
    }

    void restore(const QJsonObject &state)
    {
        const QString sizes = state[QLatin1String("down")].toString();
        restoreState(QByteArray::fromBase64(sizes.toLatin1()));
        m_border.reset();
        if (const int border = state[QLatin1String("border")].toInt(); border > 0)
            m_border = border;
        if (isVisible())
            showBorder();
    }

protected:
    /// What is in it may need more room for a while: the border comes back afterwards.
    bool event(QEvent *event) override
    {
        const bool isHandled = QSplitter::event(event);
        if (event->type() == QEvent::LayoutRequest && isVisible())
            showBorder();
        return isHandled;
    }

    void resizeEvent(QResizeEvent *event) override
    {
        QSplitter::resizeEvent(event);
        showBorder();
    }

    void showEvent(QShowEvent *event) override
    {
        QSplitter::showEvent(event);
        if (!m_border)
            keepBorder();
    }

private:
    [[nodiscard]] int top() const { return mapTo(window(), QPoint()).y(); }

    void keepBorder() { m_border = top() + sizes().value(0); }

    void showBorder()
    {
        const int upper = m_border.value_or(0) - top();
        if (upper > 0)
            setSizes({upper, height() - handleWidth() - upper});
    }

    std::optional<int> m_border; ///< wanted, in the window
};

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/wrappedtext.h"

#include "ui/widgets/exacttext.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextDocument>
#include <QTextOption>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace console {

namespace {

constexpr int usualCharacters = 80; // of a line, where nobody says how wide it gets; as a label

} // namespace

WrappedText::WrappedText(const QString &name, const QString &text, QWidget *parent)
    : QTextEdit(parent)
{
    setAccessibleName(name);
    setFrameShape(NoFrame);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::ClickFocus); // as a label
    setTabChangesFocus(true);
    setAcceptDrops(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setWords(text);
}

void WrappedText::setWords(const QString &text)
{
    if (text == m_words)
        return;
    m_words = text;
    m_measuredWidth = -1;
    setPlainText(text);
    updateGeometry();
}

void WrappedText::setColor(const QColor &color)
{
    QPalette colors = palette();
    colors.setColor(QPalette::Text, color);
    setPalette(colors);
}

/// In a document of its own: the one that is seen has the width that is seen.
int WrappedText::heightForWidth(int width) const
{
    if (width != m_measuredWidth) {
        QTextDocument measured;
        measured.setDocumentMargin(0);
        measured.setDefaultFont(font());
        measured.setDefaultTextOption(document()->defaultTextOption());
        measured.setPlainText(m_words);
        measured.setTextWidth(std::max(1, width));
        m_measuredWidth = width;
        m_measuredHeight = static_cast<int>(std::ceil(measured.size().height()));
    }
    return m_measuredHeight;
}

QSize WrappedText::sizeHint() const
{
    const int width = usualCharacters * fontMetrics().averageCharWidth();
    return {width, heightForWidth(width)};
}

QSize WrappedText::minimumSizeHint() const
{
    return {0, fontMetrics().height()};
}

void WrappedText::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    m_measuredWidth = -1;
    updateGeometry();
}

/// It has nothing to scroll, and with Ctrl it would grow, which nothing takes back.
void WrappedText::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

/// Nothing is scrolled here; the page that it stands in is.
void WrappedText::keyPressEvent(QKeyEvent *event)
{
    constexpr std::array scrolling{Qt::Key_Space, Qt::Key_Home, Qt::Key_End, Qt::Key_PageUp,
                                   Qt::Key_PageDown};
    const bool isPlain = event->modifiers() == Qt::NoModifier;
    if (isPlain && std::ranges::find(scrolling, event->key()) != scrolling.end())
        event->ignore();
    else
        QTextEdit::keyPressEvent(event);
}

QMimeData *WrappedText::createMimeDataFromSelection() const
{
    auto *selected = new QMimeData; // of the clipboard
    selected->setText(exactText(textCursor()));
    return selected;
}

} // namespace console

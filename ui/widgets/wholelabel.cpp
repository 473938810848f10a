// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/wholelabel.h"

#include "ui/core/format.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/linklabel.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int fewestCharacters = 8; ///< in a line
constexpr int spareCharacters = 4;  ///< by which what stands beside it may change

/// Behind the last sign of the second half that an address has between its parts.
qsizetype breakIn(QStringView line)
{
    for (qsizetype at = line.size(); at > line.size() / 2; --at) {
        if (u"/?&"_s.contains(line[at - 1]))
            return at;
    }
    return line.size();
}

} // namespace

WholeLabel::WholeLabel(Context &context, bool isLink, QWidget *parent)
    : QLabel(parent)
    , m_context(context)
    , m_isLink(isLink)
{
    if (!isLink) {
        setTextFormat(Qt::PlainText);
        setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setWordWrap(true); // by itself only between words
    useCodeFont(this);
}

void WholeLabel::setWhole(const QString &whole)
{
    if (whole == m_whole)
        return;
    m_whole = whole;
    m_shown = visibleText(whole);
    wrap();
    updateGeometry();
}

void WholeLabel::setShort(const QString &text)
{
    m_short = text;
    wrap();
}

int WholeLabel::spare() const
{
    return m_short.isEmpty() ? 0 : spareCharacters * fontMetrics().averageCharWidth();
}

bool WholeLabel::isShortIn(int width) const
{
    const int spare = m_isShort ? this->spare() : 0;
    return !m_short.isEmpty() && fontMetrics().horizontalAdvance(m_shown) + spare > width;
}

QStringList WholeLabel::linesIn(int width) const
{
    if (isShortIn(width))
        return {m_short};
    const int inside = width - contentsMargins().left() - contentsMargins().right();
    const double letter = std::max(1.0, QFontMetricsF(font()).horizontalAdvance(u'0'));
    const qsizetype fitting = std::max(fewestCharacters, static_cast<int>(inside / letter));
    QStringList lines;
    for (QStringView rest = m_shown; !rest.isEmpty() || lines.isEmpty();) {
        const QStringView line = rest.left(fitting);
        const qsizetype end = line.size() < rest.size() ? breakIn(line) : line.size();
        lines.append(rest.left(end).toString());
        rest = rest.mid(end);
    }
    return lines;
}

int WholeLabel::heightOf(qsizetype lines) const
{
    return static_cast<int>(lines) * fontMetrics().lineSpacing() + contentsMargins().top()
           + contentsMargins().bottom();
}

int WholeLabel::heightForWidth(int width) const
{
    return heightOf(linesIn(width).size());
}

QSize WholeLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_shown), heightOf(1)};
}

QSize WholeLabel::minimumSizeHint() const
{
    return {0, heightOf(1)};
}

void WholeLabel::wrap()
{
    // What follows stands beside it.
    setMaximumWidth(fontMetrics().horizontalAdvance(m_shown) + 4 + spare());
    QStringList lines = linesIn(width());
    m_isShort = isShortIn(width());
    if (!m_isLink) {
        setText(lines.join(u'\n'));
        return;
    }
    for (QString &line : lines)
        line = line.toHtmlEscaped();
    setLoneLink(this, lines.join(u"<br>"_s));
}

void WholeLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    wrap();
}

void WholeLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        wrap();
}

/// What is selected, else all of it; the ends of the lines are no part of it.
void WholeLabel::copy()
{
    QString text = selectedText();
    for (const QChar end : {QChar(QChar::ParagraphSeparator), QChar(QChar::LineSeparator)})
        text.remove(end);
    m_context.desktop.copy(text.isEmpty() || text == m_shown ? m_whole : text);
}

void WholeLabel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QLabel::keyPressEvent(event);
}

void WholeLabel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, &WholeLabel::copy);
    menu->popup(event->globalPos());
}

} // namespace console

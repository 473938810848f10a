// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/numberededit.h"

#include "ui/core/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPaintEvent>
#include <QTextBlock>

#include <algorithm>

namespace console {

namespace {

constexpr int gutterPadding = 10;

class Gutter final : public QWidget
{
public:
    explicit Gutter(NumberedEdit *edit)
        : QWidget(edit)
        , m_edit(edit)
    {}

    void paintEvent(QPaintEvent *event) override { m_edit->paintGutter(event); }

private:
    NumberedEdit *m_edit;
};

} // namespace

void NumberedEdit::showNumbers(Theme &theme)
{
    m_theme = &theme;
    m_gutter = new Gutter(this);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &NumberedEdit::fitGutter);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &NumberedEdit::updateNumbers);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    connect(&theme, &Theme::changed, this, &NumberedEdit::updateNumbers);
    fitGutter();
}

int NumberedEdit::gutterWidth() const
{
    if (m_gutter == nullptr)
        return 0;
    const auto digits = static_cast<int>(QString::number(std::max(10, blockCount())).size());
    return digits * fontMetrics().horizontalAdvance(u'9') + 2 * gutterPadding;
}

bool NumberedEdit::isWrong(int) const
{
    return false;
}

void NumberedEdit::updateNumbers()
{
    if (m_gutter != nullptr)
        m_gutter->update();
}

void NumberedEdit::fitGutter()
{
    if (m_gutter == nullptr)
        return;
    setViewportMargins(gutterWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), gutterWidth(), inside.height());
}

void NumberedEdit::changeEvent(QEvent *event)
{
    ExactTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitGutter();
}

void NumberedEdit::resizeEvent(QResizeEvent *event)
{
    ExactTextEdit::resizeEvent(event);
    fitGutter();
}

void NumberedEdit::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), m_theme->color(Token::Window));
    painter.setPen(m_theme->color(Token::Line));
    painter.drawLine(m_gutter->width() - 1, event->rect().top(), m_gutter->width() - 1,
                     event->rect().bottom());
    painter.setFont(font());
    const int current = isReadOnly() ? -1 : textCursor().blockNumber();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        const int line = block.blockNumber();
        painter.setPen(m_theme->color(isWrong(line)     ? Token::StateFailed
                                      : line == current ? Token::Text
                                                        : Token::TextDim));
        painter.drawText(
            QRectF(0, place.top(), m_gutter->width() - gutterPadding, fontMetrics().height()),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(line + 1));
    }
}

} // namespace console

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

using namespace Qt::StringLiterals;

namespace {

constexpr int gutterPadding = 10;
constexpr int signChars = 2;
constexpr std::size_t mostMarked = 2000; // each costs time at each move of the caret

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
    connect(&theme, &Theme::changed, this, [this] {
        updateNumbers();
        if (m_side)
            showMarks();
    });
    fitGutter();
}

void NumberedEdit::setSide(Side side)
{
    m_side = side;
    fitGutter();
}

void NumberedEdit::setDifferences(std::vector<Difference> differences)
{
    m_differences = std::move(differences);
    showMarks();
    viewport()->update();
    updateNumbers();
}

bool NumberedEdit::isDifferent(int line) const
{
    return std::ranges::binary_search(m_differences, line, {}, &Difference::line);
}

QColor NumberedEdit::ground() const
{
    return m_theme->color(m_side == Side::After ? Token::DiffAdded : Token::DiffRemoved);
}

void NumberedEdit::showMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    markDifferences(marks);
    setExtraSelections(marks);
}

/// All of it in the colour of words: those of JSON are too weak on these grounds.
void NumberedEdit::markDifferences(QList<QTextEdit::ExtraSelection> &marks) const
{
    const Token strong = m_side == Side::After ? Token::StateCompleted : Token::StateFailed;
    const std::size_t count = std::min(m_differences.size(), mostMarked);
    for (std::size_t i = 0; i < count; ++i) {
        const Difference &difference = m_differences[i];
        const QTextBlock block = document()->findBlockByNumber(difference.line);
        const int length = std::max(0, block.length() - 1);
        const auto add = [&](const QColor &back, int from, int to) {
            QTextEdit::ExtraSelection mark;
            mark.format.setBackground(back);
            mark.format.setForeground(m_theme->color(Token::Text));
            mark.cursor = QTextCursor(block);
            mark.cursor.setPosition(block.position() + std::min(from, length));
            mark.cursor.setPosition(block.position() + std::min(to, length),
                                    QTextCursor::KeepAnchor);
            marks.append(mark);
        };
        add(ground(), 0, length);
        marks.last().format.setProperty(QTextFormat::FullWidthSelection, true);
        if (difference.length > 0)
            add(m_theme->blend(strong, 0.32), difference.from, difference.from + difference.length);
    }
}

int NumberedEdit::gutterWidth() const
{
    if (m_gutter == nullptr)
        return 0;
    const auto digits = static_cast<int>(QString::number(std::max(10, blockCount())).size());
    return (digits + (m_side ? signChars : 0)) * fontMetrics().horizontalAdvance(u'9')
           + 2 * gutterPadding;
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

/// The ground of a line goes from edge to edge, margins of the document included.
void NumberedEdit::paintEvent(QPaintEvent *event)
{
    if (!m_differences.empty()) {
        QPainter painter(viewport());
        for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
            const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
            if (place.top() > event->rect().bottom())
                break;
            if (isDifferent(block.blockNumber()))
                painter.fillRect(QRectF(0, place.top(), viewport()->width(), place.height()),
                                 ground());
        }
    }
    ExactTextEdit::paintEvent(event);
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
        const auto write = [&](int right, const QString &words) {
            painter.drawText(QRectF(0, place.top(), right, fontMetrics().height()),
                             Qt::AlignRight | Qt::AlignVCenter, words);
        };
        const int right = m_gutter->width() - gutterPadding;
        const int signs = m_side ? signChars * fontMetrics().horizontalAdvance(u'9') : 0;
        write(right - signs, QString::number(line + 1));
        if (!isDifferent(line))
            continue;
        painter.setPen(m_theme->color(Token::Text));
        write(right, m_side == Side::After ? u"+"_s : u"\u2212"_s);
    }
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/bigtextview.h"

#include "ui/core/jsonhighlighting.h"
#include "ui/core/theme.h"
#include "ui/widgets/codefont.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 12;             // as in CodeEdit, which shows the smaller ones
constexpr int keptMatchBytes = 40;     ///< seen left of a match
constexpr qsizetype fewestBytes = 8;   ///< in a row that is wrapped
constexpr qsizetype readBefore = 1024; ///< of a line, to colour a row that goes on with it

qsizetype charactersBefore(QByteArrayView row, qsizetype bytes)
{
    return QString::fromUtf8(row.first(std::clamp<qsizetype>(bytes, 0, row.size()))).size();
}

QTextLayout::FormatRange rangeOf(qsizetype from, qsizetype to)
{
    QTextLayout::FormatRange range;
    range.start = static_cast<int>(from);
    range.length = static_cast<int>(to - from);
    return range;
}

bool isWordPart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
           || static_cast<uchar>(c) >= 0x80;
}

} // namespace

BigTextView::BigTextView(Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_whole(LineIndex::of({}))
    , m_text(m_whole)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(NoFrame);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    useCodeFont(this);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void BigTextView::setText(const LineIndexPtr &text, bool isJson)
{
    const QByteArray &before = m_text->text();
    const qsizetype common = std::min<qsizetype>({before.size(), text->text().size(), 4096});
    const bool goesOn = common > 0 && before.first(common) == text->text().first(common);
    m_whole = text;
    m_text = text;
    m_rowBytes = 0;
    m_isJson = isJson;
    m_found = {};
    m_search.cancel();
    m_wrapping.cancel();
    m_anchor = goesOn ? std::min(m_anchor, text->text().size()) : 0;
    m_caret = goesOn ? std::min(m_caret, text->text().size()) : 0;
    updateScrollBars();
    if (!goesOn) {
        verticalScrollBar()->setValue(0);
        horizontalScrollBar()->setValue(0);
    }
    wrap();
    viewport()->update();
}

void BigTextView::setWraps(bool wraps)
{
    if (wraps == m_wraps)
        return;
    m_wraps = wraps;
    wrap();
}

void BigTextView::wrap()
{
    if (!m_wraps) {
        m_wrapping.cancel();
        m_rowBytes = 0;
        if (m_text != m_whole)
            showWrapped(m_whole);
        return;
    }
    // Of other characters more fit than there are bytes for them.
    const qsizetype fitting =
        (viewport()->width() - 2 * margin) / std::max(1, fontMetrics().horizontalAdvance(u'0'));
    const qsizetype rowBytes = std::clamp(fitting, fewestBytes, LineIndex::longestRow);
    if (rowBytes == m_rowBytes)
        return;
    m_rowBytes = rowBytes;
    m_wrapping.start(
        [text = m_whole->text(), rowBytes](const CancelFlag &isCancelled) {
            return LineIndex::of(text, &isCancelled, rowBytes);
        },
        [this](const LineIndexPtr &text) { showWrapped(text); });
}

/// What was on top stays there.
void BigTextView::showWrapped(const LineIndexPtr &text)
{
    const qsizetype top = m_text->start(std::min(firstRow(), m_text->rowCount() - 1));
    m_text = text;
    updateScrollBars();
    verticalScrollBar()->setValue(m_text->rowAt(top));
    viewport()->update();
}

void BigTextView::find(const QString &words)
{
    const QByteArray bytes = words.toUtf8();
    m_search.start(
        [text = m_text, bytes](const CancelFlag &isCancelled) {
            return findAll(text->text(), bytes, FoundPlaces::most, &isCancelled);
        },
        [this, length = bytes.size()](std::vector<qsizetype> places) {
            m_found.places = std::move(places);
            m_found.length = length;
            m_found.choose(std::min(m_anchor, m_caret));
            Q_EMIT found(step(0));
        });
}

const FoundPlaces &BigTextView::step(int direction)
{
    m_found.step(direction);
    if (m_found.current >= 0) {
        m_anchor = m_found.place();
        m_caret = m_found.place() + m_found.length;
        scrollTo(m_found.place());
    }
    viewport()->update();
    return m_found;
}

QByteArray BigTextView::selectedBytes() const
{
    const qsizetype from = std::min(m_anchor, m_caret);
    return m_text->text().mid(from, std::max(m_anchor, m_caret) - from);
}

void BigTextView::selectAll()
{
    m_anchor = 0;
    m_caret = m_text->text().size();
    viewport()->update();
}

int BigTextView::firstRow() const
{
    return verticalScrollBar()->value();
}

QString BigTextView::rowText(int row) const
{
    return row < m_text->rowCount() ? QString::fromUtf8(m_text->row(row)) : QString();
}

int BigTextView::rowHeight() const
{
    return fontMetrics().lineSpacing();
}

int BigTextView::visibleRows() const
{
    return std::max(1, (viewport()->height() - 2 * margin) / rowHeight());
}

/// A row that goes on with a line is read from the start of that; far from it rows have no colours.
std::vector<JsonSpan> BigTextView::spansOf(int row, const QString &text) const
{
    int first = row;
    while (m_text->isContinued(first) && m_text->start(row) - m_text->start(first) < readBefore)
        --first;
    if (m_text->isContinued(first))
        return {};
    const qsizetype from = m_text->start(first);
    const QString before =
        QString::fromUtf8(QByteArrayView(m_text->text()).sliced(from, m_text->start(row) - from));
    const QString line = before + text;
    std::vector<JsonSpan> spans;
    for (JsonSpan span : highlightJson(line)) {
        const auto start = std::max<qsizetype>(span.start - before.size(), 0);
        const auto end = span.start + span.length - before.size();
        if (end <= start)
            continue;
        span.start = static_cast<int>(start);
        span.length = static_cast<int>(end - start);
        spans.push_back(span);
    }
    return spans;
}

void BigTextView::layOut(QTextLayout &layout, int row) const
{
    const QByteArrayView bytes = m_text->row(row);
    const QString text = QString::fromUtf8(bytes);
    layout.setText(text);
    layout.setFont(font());
    QList<QTextLayout::FormatRange> ranges;
    if (m_isJson) {
        for (const JsonSpan &span : spansOf(row, text)) {
            QTextLayout::FormatRange range = rangeOf(span.start, span.start + span.length);
            range.format.setForeground(m_theme.color(span.token));
            ranges.append(range);
        }
    }
    const qsizetype start = m_text->start(row);
    const auto mark = [&](qsizetype from, qsizetype to, const QColor &back, const QColor &front) {
        if (to <= start || from >= start + bytes.size() + 1 || from == to)
            return;
        QTextLayout::FormatRange range =
            rangeOf(charactersBefore(bytes, from - start), charactersBefore(bytes, to - start));
        range.format.setBackground(back);
        if (front.isValid())
            range.format.setForeground(front);
        ranges.append(range);
    };
    auto match =
        std::lower_bound(m_found.places.begin(), m_found.places.end(), start - m_found.length);
    for (; match != m_found.places.end() && *match < start + bytes.size(); ++match)
        mark(*match, *match + m_found.length, m_theme.blend(Token::StateBackoff, 0.28), {});
    mark(std::min(m_anchor, m_caret), std::max(m_anchor, m_caret), m_theme.color(Token::Selection),
         m_theme.color(Token::SelectionText));
    layout.setFormats(ranges);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid())
        line.setPosition({0, 0});
    layout.endLayout();
}

void BigTextView::paintRow(QPainter &painter, int row, QPointF at) const
{
    QTextLayout layout;
    layOut(layout, row);
    layout.draw(&painter, at);
}

void BigTextView::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(viewport());
    painter.setPen(m_theme.color(Token::Text));
    const int first = firstRow();
    const int last = std::min(m_text->rowCount() - 1, first + visibleRows() + 1);
    for (int row = first; row <= last; ++row) {
        paintRow(
            painter, row,
            QPointF(margin - horizontalScrollBar()->value(), margin + (row - first) * rowHeight()));
    }
}

void BigTextView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
    wrap();
}

void BigTextView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateScrollBars();
        wrap();
    }
}

qsizetype BigTextView::offsetAt(QPoint point) const
{
    const int line = (point.y() - margin) / rowHeight();
    const int row = std::clamp(firstRow() + line, 0, m_text->rowCount() - 1);
    QTextLayout layout;
    layOut(layout, row);
    if (layout.lineCount() == 0)
        return m_text->start(row);
    const int character =
        layout.lineAt(0).xToCursor(point.x() - margin + horizontalScrollBar()->value());
    return m_text->start(row) + layout.text().left(character).toUtf8().size();
}

void BigTextView::goTo(qsizetype byte)
{
    const QByteArray &text = m_text->text();
    moveCaret(std::min(byte, text.size()), false);
    qsizetype end = std::min(m_caret + 1, text.size());
    while (end < text.size() && (text[end] & 0xc0) == 0x80)
        ++end;
    moveCaret(end, true);
    scrollTo(m_anchor);
}

void BigTextView::moveCaret(qsizetype to, bool keepsAnchor)
{
    m_caret = to;
    if (!keepsAnchor)
        m_anchor = to;
    viewport()->update();
}

void BigTextView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        moveCaret(offsetAt(event->position().toPoint()),
                  event->modifiers().testFlag(Qt::ShiftModifier));
    else if (event->button() == Qt::RightButton && m_anchor == m_caret)
        moveCaret(offsetAt(event->position().toPoint()), false); // the menu is about this place
}

void BigTextView::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    const QPoint point = event->position().toPoint();
    if (point.y() < 0 || point.y() > viewport()->height())
        verticalScrollBar()->setValue(firstRow() + (point.y() < 0 ? -1 : 1));
    moveCaret(offsetAt(point), true);
}

void BigTextView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QByteArray &text = m_text->text();
    qsizetype from = offsetAt(event->position().toPoint());
    qsizetype to = from;
    while (from > 0 && isWordPart(text[from - 1]))
        --from;
    while (to < text.size() && isWordPart(text[to]))
        ++to;
    m_anchor = from;
    moveCaret(to, true);
}

void BigTextView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_Home) {
        verticalScrollBar()->setValue(0);
    } else if (event->key() == Qt::Key_End) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    } else {
        QAbstractScrollArea::keyPressEvent(event); // arrows and pages scroll
    }
}

void BigTextView::scrollTo(qsizetype offset)
{
    const int row = m_text->rowAt(offset);
    if (row < firstRow() || row >= firstRow() + visibleRows())
        verticalScrollBar()->setValue(std::max(0, row - visibleRows() / 3));
    const int width = fontMetrics().horizontalAdvance(u'0');
    const auto column = static_cast<int>(offset - m_text->start(row));
    const int left = horizontalScrollBar()->value();
    if (column * width < left || column * width > left + viewport()->width() * 3 / 4)
        horizontalScrollBar()->setValue((column - keptMatchBytes) * width);
}

void BigTextView::updateScrollBars()
{
    const int rows = visibleRows();
    verticalScrollBar()->setRange(0, std::max(0, m_text->rowCount() - rows));
    verticalScrollBar()->setPageStep(rows);
    const int width =
        static_cast<int>(m_text->widestRow()) * fontMetrics().horizontalAdvance(u'0') + 2 * margin;
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(20);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The column of names of a timeline.

#include "ui/core/format.h"
#include "ui/core/timelinetext.h"
#include "ui/runs/timelinepainter.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int indent = 14;
constexpr int padding = 8;
constexpr int iconGap = 6;
constexpr int leastName = 80; ///< before what is beside it gives way
constexpr QLatin1StringView usualDuration("00 m 00 s");
constexpr int mostMeasured = 200; // rows

/// How many attempts it took is a warning only as long as more may follow.
Token attemptsToken(BarState state)
{
    if (isError(state))
        return Token::StateFailed;
    return state == BarState::Succeeded ? Token::TextDim : Token::StateBackoff;
}

QString attemptsText(const TimelineRow &row)
{
    return u"%1/%2"_s.arg(row.attempts).arg(row.maxAttempts);
}

/// In the column.
int iconLeft(const ShownRow &row)
{
    return padding + 4 + row.depth * indent;
}

} // namespace

void TimelinePainter::paintName(QPainter &painter, int shown, const QRect &rect,
                                const RowLook &look) const
{
    const Theme &theme = *m_style.theme;
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    const QRect column(rect.left(), rect.top(), m_style.nameWidth - 1, rect.height());
    const auto box = [&](int from, int to) {
        return mirrored(rect, QRect(from, column.top(), to - from, column.height()));
    };
    const QString chevron = m_style.isMirrored ? u"chevron-left"_s : u"chevron-right"_s;
    int x = column.left() + iconLeft(at);
    const TimelineRow *row = at.isFold() ? nullptr : &m_layout.rowOf(at);
    if (at.isFold())
        paintIcon(painter, at.isOpen ? u"chevron-down"_s : chevron, Token::TextDim,
                  box(x - iconSize - 1, x - 1));
    const bool isRun = row != nullptr && row->kind == RowKind::Run;
    const BarState state = row == nullptr ? m_layout.fold(at.fold).worst : row->state;
    const QString icon = row == nullptr ? barIcon(state) : rowIcon(m_layout, *row);
    const Token token = row == nullptr ? barIconToken(state) : rowToken(m_layout, *row);
    if (!at.isCall()) {
        paintIcon(painter, icon, token, box(x, x + iconSize));
        x += iconSize + iconGap;
    } else {
        x += iconSize / 2; // where the name of the step begins
    }

    const int right = paintFacts(painter, shown, rect, x);
    const QString name = visibleText(rowName(m_layout, shown));
    QFont font = at.isCall() ? m_style.smallFont : m_style.font;
    font.setBold(isRun);
    // Nobody's name for a step, and not counted among them.
    const bool isBody = row != nullptr && row->kind == RowKind::Body;
    font.setItalic(isBody);
    painter.setFont(font);
    const bool isDim = state == BarState::NotReached || at.isCall() || isBody;
    painter.setPen(theme.color(isDim ? Token::TextDim : Token::Text));
    paintNameText(painter, name, box(x, right));
    if (row != nullptr && row->group >= 0 && at.fold < 0)
        paintBracket(painter, rect, look);
}

/// From the end of the column: how long it took, how often it was tried, and in which retry.
int TimelinePainter::paintFacts(QPainter &painter, int shown, const QRect &rect, int left) const
{
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    const TimelineRow *row = at.isFold() || at.isCall() ? nullptr : &m_layout.rowOf(at);
    const QFontMetrics small(m_style.smallFont);
    const int side = int(m_style.isMirrored ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter;
    int right = rect.left() + m_style.nameWidth - 2 - padding;
    const auto box = [&](int from) {
        return mirrored(rect, QRect(from, rect.top(), right - from, rect.height()));
    };
    painter.setFont(m_style.smallFont);
    const auto write = [&](const QString &text, Token token) {
        painter.setPen(m_style.theme->color(token));
        painter.drawText(box(rect.left()), side, text);
        right -= small.horizontalAdvance(text) + padding;
    };
    QString duration = rowDuration(m_layout, shown);
    if (at.isFold() && at.found <= 0) {
        const StepFold &fold = m_layout.fold(at.fold);
        const int name = QFontMetrics(m_style.font).horizontalAdvance(visibleText(fold.name));
        if (right - left - small.horizontalAdvance(duration) - padding < name)
            duration = foldDuration(fold, true);
    }
    write(duration, Token::TextDim);
    if (row == nullptr)
        return right;
    const int name = nameAdvance(*row);
    const int usual =
        rect.left() + m_style.nameWidth - 2 - 2 * padding - small.horizontalAdvance(usualDuration);
    if (usual - padding >= left + name) // what is beside the durations has a column of its own
        right = std::min(right, usual);
    // What has no room beside the name gives way; the bars say it, too.
    const auto writeBeside = [&](const QString &text, Token token) {
        const int room = right - left - small.horizontalAdvance(text) - padding;
        if (room >= std::min(name, leastName))
            write(text, token);
    };
    const bool isRun = row->kind == RowKind::Run;
    if (row->attempts > 1 && !isRun)
        writeBeside(attemptsText(*row), attemptsToken(row->state));
    // Its time and its attempts are not those of the run before the retry.
    if (row->isTriedAgain() && !isRun)
        writeBeside(QCoreApplication::translate("Timeline", "after retry"), Token::TextDim);
    if (row->isKept && right - left - iconSize - padding >= std::min(name, leastName)) {
        paintIcon(painter, u"redo"_s, Token::StateCompleted, box(right - iconSize));
        right -= iconSize + padding;
    }
    return right;
}

/// On one line, or on two if people want that and it is enough.
void TimelinePainter::paintNameText(QPainter &painter, const QString &name, const QRect &room) const
{
    const QFontMetrics metrics(painter.font());
    const int wanted = metrics.horizontalAdvance(name);
    const int side = int(m_style.isMirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
    if (m_style.wrapsNames && wanted > room.width() && wanted < 2 * room.width() - metrics.height())
        painter.drawText(room, side | Qt::TextWrapAnywhere, name);
    else
        painter.drawText(room, side, metrics.elidedText(name, Qt::ElideMiddle, room.width()));
}

/// Steps that were started together.
void TimelinePainter::paintBracket(QPainter &painter, const QRect &rect, const RowLook &look) const
{
    const QColor color = m_style.theme->color(Token::LineStrong);
    const int left = rect.left() + padding - 2;
    const int middle = rect.top() + rect.height() / 2;
    const int top = look.opensBracket ? middle : rect.top();
    const int bottom = look.closesBracket ? middle : rect.bottom() + 1;
    painter.fillRect(mirrored(rect, QRect(left, top, 2, bottom - top)), color);
    if (look.opensBracket || look.closesBracket)
        painter.fillRect(mirrored(rect, QRect(left, middle - 1, 6, 2)), color);
}

int TimelinePainter::nameAdvance(const TimelineRow &row) const
{
    QFont font = m_style.font;
    font.setItalic(row.kind == RowKind::Body);
    return QFontMetrics(font).horizontalAdvance(visibleText(row.name));
}

int TimelinePainter::neededNames(int most) const
{
    constexpr int end = 2 + padding;
    const QFontMetrics small(m_style.smallFont);
    int needed = 0;
    for (int shown = 0; shown < std::min(m_layout.rowCount(), mostMeasured); ++shown) {
        const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
        const QFontMetricsF metrics(at.isCall() ? m_style.smallFont : m_style.font);
        // With a fraction of a pixel too little it would be cut.
        const int name = static_cast<int>(
            std::ceil(metrics.horizontalAdvance(visibleText(rowName(m_layout, shown)))));
        const int duration = small.horizontalAdvance(rowDuration(m_layout, shown));
        const int least = iconLeft(at) + iconSize + iconGap + name + padding + duration + end;
        needed = std::max(needed, least);
        if (at.isFold() || at.isCall() || at.row == 0 || m_layout.rowOf(at).attempts < 2)
            continue;
        const int attempts = small.horizontalAdvance(attemptsText(m_layout.rowOf(at))) + padding;
        if (least + attempts <= most)
            needed = std::max(needed, least + attempts);
    }
    return std::min(needed, most);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/rowdelegate.h"

#include "ui/core/format.h"
#include "ui/core/readable.h"
#include "ui/widgets/controlpaint.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/listheader.h"

#include <QAbstractItemView>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int cachedTexts = 4000; // a few screens
constexpr int cachedLetters = 48 * cachedTexts;
constexpr int cachedTextCost = 16; // of each, in letters
constexpr int iconSize = 16;
constexpr int barWidth = 60;
constexpr int barHeight = 4;
constexpr int barGap = iconGap + 2;
constexpr int leastBarWidth = 16;
constexpr int underlineWidth = 2;
const QString barFigures = u"000/000"_s; ///< that all bars of a column leave room for
constexpr double barShare = 0.3;         ///< of a narrow column
constexpr QSize uprightBar(4, 12);       ///< in a column that has no room for one that lies
constexpr int uprightGap = 3;
/// So far the sign that a text goes on may reach out of its room, where a class stays whole by it.
constexpr int signReach = RowDelegate::padding - 2;
constexpr double hoverAmount = 0.05;
constexpr float currentCellAmount = 0.14F;

QFont monoFont(const QFont &like)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (like.pointSizeF() > 0)
        font.setPointSizeF(like.pointSizeF() * 0.95); // looks as large as the text around it
    else
        font.setPixelSize(like.pixelSize());
    return font;
}

/// The widths of texts in one font: most texts of a list stand in many rows, and to lay them out is
/// nearly all of the work of measuring rows that come. GUI thread.
class TextWidths final
{
public:
    int of(const QString &text, const QFont &font)
    {
        const QFontMetrics metrics(font);
        // Fonts are equal on a screen with other dots per inch, too.
        if (font != m_font || !qFuzzyCompare(metrics.fontDpi(), m_dpi)) {
            m_known.clear();
            m_font = font;
            m_dpi = metrics.fontDpi();
        }
        if (const int *known = m_known.object(text))
            return *known;
        const int width = metrics.horizontalAdvance(text);
        m_known.insert(text, new int(width), text.size() + cachedTextCost); // owns it
        return width;
    }

private:
    QFont m_font;
    qreal m_dpi = 0;
    QCache<QString, int> m_known{cachedLetters}; ///< a long text takes the room of many
};

/// What of the folder in front of a name has room beside it; the name says more.
QString folderIn(int room, const QString &folder, const QString &name, const QFontMetrics &metrics)
{
    const int left = room - metrics.horizontalAdvance(name) - 1;
    return left < metrics.horizontalAdvance(u"…m/"_s)
               ? QString()
               : metrics.elidedText(folder, Qt::ElideLeft, left);
}

/// Characters of the part behind what is never cut; with less nobody could make sense of it.
constexpr int leastEndChars = 5;

/// `TimeoutError` of `TimeoutError: `
QString bareStart(const QString &text, int keptStart)
{
    QString start = text.left(keptStart).trimmed();
    while (start.endsWith(u':'))
        start.chop(1);
    return start;
}

/// A class stays whole before its message, and a host before its path.
QString cutText(const QString &text, Qt::TextElideMode elide, int keptStart, int room,
                const QFontMetrics &metrics)
{
    if (keptStart == 0 || metrics.horizontalAdvance(text) <= room)
        return metrics.elidedText(text, elide, room);
    const QString kept = text.left(keptStart);
    const int rest = room - metrics.horizontalAdvance(kept) - 1;
    if (rest / std::max(metrics.averageCharWidth(), 1) >= leastEndChars)
        return kept + metrics.elidedText(text.mid(keptStart), elide, rest);
    const QString start = bareStart(text, keptStart);
    const QString cut = start + u'…';
    const bool goesOn = !start.isEmpty() && start.size() < text.size();
    return goesOn && metrics.horizontalAdvance(cut) <= room + signReach
               ? cut
               : metrics.elidedText(text, Qt::ElideRight, room);
}

/// Which words of a cell are painted with so much room for them.
struct Wording {
    QString text;
    int keptStart;
    bool isBrief;
};

Wording wordingIn(int room, const Cell &cell, const QFontMetrics &metrics)
{
    const auto fits = [&](const QString &text) { return metrics.horizontalAdvance(text) <= room; };
    if (cell.brief.isEmpty() || fits(cell.text))
        return {.text = cell.text, .keptStart = cell.keptStart, .isBrief = false};
    const bool isBriefer = !cell.briefer.isEmpty() && !fits(cell.brief);
    return {.text = isBriefer ? cell.briefer : cell.brief, .keptStart = 0, .isBrief = true};
}

/// Digits of this font are not equally wide.
int numberRoom(const Cell &cell, const QFontMetrics &metrics)
{
    const auto widest = [&metrics](QString number) {
        for (QChar &letter : number)
            letter = letter.isDigit() ? u'0' : letter;
        return metrics.horizontalAdvance(number);
    };
    return std::max(widest(cell.number), widest(cell.widestNumber)) + iconGap;
}

/// As it is painted: with signs for what nobody sees. The places in the text move with them.
Cell cellOf(const QModelIndex &index)
{
    const QVariant data = index.data(CellDataRole);
    Cell cell = data.value<Cell>();
    if (!data.isValid())
        cell.text = index.data().toString();
    cell.brief = visibleText(cell.brief);
    cell.second = visibleText(cell.second);
    const QString text = visibleText(cell.text);
    if (text.size() != cell.text.size()) {
        const auto moved = [&cell](int place) {
            return static_cast<int>(visibleText(cell.text.left(place)).size());
        };
        const int underlineEnd = moved(cell.underlineFrom + cell.underlineSize);
        cell.underlineFrom = moved(cell.underlineFrom);
        cell.underlineSize = underlineEnd - cell.underlineFrom;
        cell.keptStart = moved(cell.keptStart);
        cell.quietStart = moved(cell.quietStart);
    }
    cell.text = text;
    return cell;
}

/// \returns the room that it takes
int paintNumber(QPainter &painter, const QRect &space, const Cell &cell, const QFont &font,
                const QColor &color)
{
    if (cell.number.isEmpty())
        return 0;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(space, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, cell.number);
    return numberRoom(cell, QFontMetrics(font));
}

} // namespace

RowDelegate::RowDelegate(Theme &theme, Icons &icons, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_icons(icons)
    , m_texts(cachedTexts)
{}

CellWidths RowDelegate::widthsOf(const QFont &font, const QModelIndex &index, int measured)
{
    return widthsOf(font, cellOf(index), measured);
}

CellWidths RowDelegate::widthsOf(const QFont &font, const Cell &cell, int measured)
{
    // One more for each text: with a fraction of a pixel too little it would be elided.
    static TextWidths plainWidths;
    static TextWidths monoWidths;
    const QFont used = cell.isMono ? monoFont(font) : font;
    const QFontMetrics metrics(used);
    const auto widthOf = [&](const QString &words) {
        return (cell.isMono ? monoWidths : plainWidths).of(words, used);
    };
    int around = 2 * padding + 1;
    if (!cell.number.isEmpty())
        around += numberRoom(cell, metrics);
    if (!cell.icon.isEmpty())
        around += iconSize + iconGap;
    if (cell.fraction >= 0)
        around += leastBarWidth + barGap;
    const QString start = cell.text.left(measured);
    const int text = std::max(widthOf(start), cell.fraction < 0 ? 0 : widthOf(barFigures));
    const QString kept = bareStart(start, cell.keptStart);
    int lead = text;
    if (cell.keptStart > 0)
        lead = widthOf(kept.size() < start.size() ? QString(kept + u'…') : kept);
    else if (!cell.brief.isEmpty())
        lead = std::min(text, widthOf(cell.brief.left(measured)));
    int second = cell.second.isEmpty() ? 0 : iconGap + plainWidths.of(cell.second, font) + 1;
    if (second > 0 && !cell.secondIcon.isEmpty())
        second += iconSize + iconGap;
    return {.lead = around + lead, .whole = around + text + second};
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isMono = index.data(CellDataRole).value<Cell>().isMono;
    return {widthsOf(option.font, index).whole,
            QFontMetrics(isMono ? monoFont(option.font) : option.font).height()};
}

bool RowDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                            const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const QString words = index.data(Qt::ToolTipRole).toString();
    const QString shown = visibleText(words, LineEnds::Kept);
    if (event->type() != QEvent::ToolTip || shown == words)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), shown, view->viewport(), option.rect);
    return true;
}

QString RowDelegate::wordsIn(int room, const Cell &cell, const QFontMetrics &metrics)
{
    const Wording wording = wordingIn(room, cell, metrics);
    return cutText(wording.text, cell.elide, wording.keptStart, room, metrics);
}

QString RowDelegate::secondIn(int room, const Cell &cell, const QFontMetrics &metrics)
{
    const auto fits = [&](const QString &text) { return metrics.horizontalAdvance(text) < room; };
    if (cell.secondBriefs.isEmpty() || fits(cell.second))
        return cell.second;
    const auto brief = std::find_if(cell.secondBriefs.begin(), cell.secondBriefs.end(), fits);
    return brief == cell.secondBriefs.end() ? QString() : *brief;
}

/// By the column alone, so that bars above each other end alike: with room for figures of three
/// digits, and short where these are longer. 0: this cell has none for one that lies.
int RowDelegate::barWidthIn(int room, const QString &text, const QFontMetrics &metrics)
{
    const int figures = metrics.horizontalAdvance(barFigures);
    const int share = std::min(static_cast<int>(room * barShare), room - barGap - figures);
    const int need = barGap + metrics.horizontalAdvance(text);
    for (const int width : {std::clamp(share, leastBarWidth, barWidth), leastBarWidth}) {
        if (width + need <= room)
            return width;
    }
    return 0;
}

const QStaticText *RowDelegate::textFor(const TextKey &key, const QFont &font) const
{
    if (const QStaticText *known = m_texts.object(key))
        return known;
    const QFont &used = key.isMono ? m_mono : font;
    auto *text =
        new QStaticText(cutText(key.text, key.elide, key.keptStart, key.width, QFontMetrics(used)));
    text->setTextFormat(Qt::PlainText);
    text->setPerformanceHint(QStaticText::AggressiveCaching);
    text->prepare({}, used);
    m_texts.insert(key, text); // owns it
    return text;
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    if (!m_hasFonts || option.font != m_font) {
        m_hasFonts = true;
        m_texts.clear();
        m_font = option.font;
        m_mono = monoFont(option.font);
    }
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool hasFocus = option.widget != nullptr && option.widget->hasFocus();
    const bool isStrong = isSelected && hasFocus;
    paintGround(painter, option, index, hasFocus);
    Cell cell = cellOf(index);
    if (!cell.second.isEmpty() && m_hasRoomForSeconds && !m_hasRoomForSeconds(index.column()))
        cell.second.clear();
    if (m_isDimmed || index.data(RowDimmedRole).toBool())
        cell.token = cell.iconToken = cell.secondToken = Token::TextDim;
    if (cell.isLink) {
        cell.underlineFrom = 0;
        cell.underlineSize = static_cast<int>(cell.text.size());
    }
    const int inset = ListHeader::insetIn(option.widget, index.column());
    paintContent(painter, option, option.rect.adjusted(padding, 0, -padding - inset, 0), cell,
                 isStrong);
}

/// The focus is the row's: a ring around it where it is not selected. A cell is only
/// marked for keys that are about cells (`=` and `-`).
void RowDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index, bool hasFocus) const
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected) {
        painter->fillRect(option.rect,
                          m_theme.color(hasFocus ? Token::Selection : Token::QuietSelection));
    } else if (index.row() == m_hoveredRow) {
        painter->fillRect(option.rect, m_theme.blend(Token::Text, hoverAmount));
    }
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (!hasFocus || view == nullptr || view->currentIndex().row() != index.row())
        return;
    if (isSelected && m_isCellShown && view->currentIndex() == index) {
        QColor veil = m_theme.color(Token::SelectionText);
        veil.setAlphaF(currentCellAmount);
        painter->fillRect(option.rect, veil);
    } else if (!isSelected) {
        drawRowRing(view, option.rect, m_theme.color(Token::Accent), painter);
    }
}

void RowDelegate::paintBar(QPainter *painter, const QRect &bar, const Cell &cell,
                           bool isStrong) const
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    QColor track = isStrong ? m_theme.color(Token::SelectionText) : m_theme.color(Token::Line);
    if (isStrong)
        track.setAlphaF(0.35F);
    painter->setBrush(track);
    const double radius = std::min(bar.width(), bar.height()) / 2.0;
    painter->drawRoundedRect(bar, radius, radius);
    QRect done = bar;
    const double fraction = std::clamp(cell.fraction, 0.0, 1.0);
    if (bar.width() < bar.height())
        done.setTop(bar.bottom() + 1 - static_cast<int>(bar.height() * fraction));
    else
        done.setWidth(static_cast<int>(bar.width() * fraction));
    if (!done.isEmpty()) {
        painter->setBrush(m_theme.color(isStrong ? Token::SelectionText : cell.iconToken));
        painter->drawRoundedRect(done, radius, radius);
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setBrush(Qt::NoBrush);
}

/// Below some characters of the text; it ends where the text is cut.
void RowDelegate::paintUnderline(QPainter *painter, const QRect &space, const Cell &cell,
                                 const QColor &color) const
{
    const QFontMetrics metrics(cell.isMono ? m_mono : m_font);
    const int start =
        cell.isRight ? space.right() + 1 - metrics.horizontalAdvance(cell.text) : space.left();
    const int from = std::max(space.left(), start)
                     + metrics.horizontalAdvance(cell.text.left(cell.underlineFrom));
    const int width =
        metrics.horizontalAdvance(cell.text.mid(cell.underlineFrom, cell.underlineSize));
    const int to = std::min(from + width, space.right());
    if (from >= to)
        return;
    const int y = space.top() + (space.height() + metrics.height()) / 2 - metrics.descent() / 2;
    QPen pen(color);
    if (!cell.isLink) {
        pen.setWidth(underlineWidth);
        pen.setStyle(Qt::DotLine); // whole lines are links'
    }
    painter->setPen(pen);
    painter->drawLine(from, y, to, y);
}

/// The bar before the figures; upright where these leave no room, to show how far it is. A full one
/// would only be a sliver there: the figures say that.
/// \returns  pixels that are taken
int RowDelegate::paintProgress(QPainter *painter, const QStyleOptionViewItem &option,
                               const QRect &space, const Cell &cell, bool isStrong) const
{
    if (cell.fraction < 0)
        return 0;
    const QFontMetrics &metrics = option.fontMetrics;
    const int width = barWidthIn(space.width(), cell.text, metrics);
    const bool isUpright = width <= 0;
    const QSize size = isUpright ? uprightBar : QSize(width, barHeight);
    const int gap = isUpright ? uprightGap : barGap;
    if (isUpright && cell.fraction >= 1)
        return 0;
    if (isUpright && size.width() + gap + metrics.horizontalAdvance(cell.text) > space.width())
        return 0;
    const int y = space.top() + (space.height() - size.height()) / 2;
    paintBar(painter, QRect({space.left(), y}, size), cell, isStrong);
    return size.width() + gap;
}

/// Both fonts stand on one line.
double RowDelegate::topOf(int height, bool isMono) const
{
    const QFontMetricsF metrics(m_font);
    const auto top = static_cast<int>((height - std::ceil(metrics.height())) / 2);
    if (!isMono)
        return top;
    return std::round(top + metrics.ascent()) - QFontMetricsF(m_mono).ascent();
}

void RowDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option, QRect space,
                               const Cell &cell, bool isStrong) const
{
    // On the ground of a quiet selection the colours of states are too faint for words.
    const bool isQuiet = !isStrong && option.state.testFlag(QStyle::State_Selected);
    const auto colorOf = [&](Token token) {
        return isQuiet ? readable(m_theme.color(token), m_theme.color(Token::QuietSelection))
                       : m_theme.color(isStrong ? Token::SelectionText : token);
    };
    const auto moved = [&](int width) { space.setLeft(space.left() + width); };
    const auto drawIcon = [&](const QString &name, Token token) {
        if (name.isEmpty() || space.width() <= 0)
            return;
        const QPixmap icon = m_icons.pixmap(name, isStrong ? Token::SelectionText : token, iconSize,
                                            painter->device()->devicePixelRatioF());
        painter->drawPixmap(space.left(), space.top() + (space.height() - iconSize) / 2, icon);
        moved(iconSize + iconGap);
    };
    drawIcon(cell.icon, cell.iconToken);
    moved(paintProgress(painter, option, space, cell, isStrong));
    const Wording wording =
        wordingIn(space.width(), cell, cell.isMono ? QFontMetrics(m_mono) : option.fontMetrics);
    if (cell.underlineSize > 0 && !wording.isBrief)
        paintUnderline(painter, space, cell, colorOf(cell.token));
    const auto draw = [&](const QString &text, Token token, bool isRight, bool isMono) {
        if (text.isEmpty() || space.width() <= 0)
            return;
        const QStaticText *laidOut = textFor({.text = text,
                                              .width = space.width(),
                                              .isMono = isMono,
                                              .elide = cell.elide,
                                              .keptStart = wording.keptStart},
                                             option.font);
        const QSizeF size = laidOut->size();
        const int width = static_cast<int>(size.width() + 0.999);
        const int x = isRight ? space.right() + 1 - width : space.left();
        painter->setFont(isMono ? m_mono : option.font);
        painter->setPen(colorOf(token));
        painter->drawStaticText(QPointF(x, space.top() + topOf(space.height(), isMono)), *laidOut);
        moved(width + iconGap);
    };
    moved(paintNumber(*painter, space, cell, option.font, colorOf(cell.token)));
    QString words = wording.text;
    if (cell.quietStart > 0 && !wording.isBrief) {
        const QString name = words.mid(cell.quietStart);
        const QString folder =
            folderIn(space.width(), words.left(cell.quietStart), name, option.fontMetrics);
        if (!folder.isEmpty()) {
            draw(folder, Token::TextDim, false, false);
            moved(-iconGap); // the name goes on where it ends
        }
        words = name;
    }
    draw(words, cell.token, cell.isRight, cell.isMono);
    if (!cell.second.isEmpty())
        drawIcon(cell.secondIcon, cell.secondToken);
    draw(secondIn(space.width(), cell, option.fontMetrics), cell.secondToken, false, false);
}

} // namespace console

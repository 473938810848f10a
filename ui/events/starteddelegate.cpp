// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/starteddelegate.h"

#include "ui/core/eventlistmodel.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/rowdelegate.h"

#include <QPainter>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int glyph = 14;
constexpr int gap = 5;
constexpr int between = 14;

} // namespace

StartedDelegate::StartedDelegate(Context &context, ListTable &table)
    : QStyledItemDelegate(&table)
    , m_context(context)
    , m_table(table)
{}

void StartedDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    m_table.itemDelegate()->paint(painter, option, index);
    const auto *model = qobject_cast<const EventListModel *>(index.model());
    if (model == nullptr)
        return;
    const devserver::api::EventSummary &event = model->at(index.row());
    const bool isStrong = option.state.testFlag(QStyle::State_Selected) && option.widget != nullptr
                          && option.widget->hasFocus();
    const auto colorOf = [&](Token token) {
        return m_context.theme.color(isStrong ? Token::SelectionText : token);
    };
    const std::vector<StartedChip> chips = startedChips(event);
    const QString refused = refusalWords(event);
    const QFontMetrics metrics(option.font);
    QRect space = option.rect.adjusted(RowDelegate::padding, 0, -RowDelegate::padding, 0);
    painter->setFont(option.font);
    std::size_t shown = 0;
    for (const StartedChip &chip : chips) {
        const int width = glyph + gap + metrics.horizontalAdvance(chip.text);
        const bool isLast = shown + 1 == chips.size();
        const int reserve = isLast ? 0 : between + metrics.horizontalAdvance(u"+99"_s);
        if (shown > 0 && width + reserve > space.width())
            break;
        painter->drawPixmap(space.left(), space.top() + (space.height() - glyph) / 2,
                            m_context.icons.pixmap(chip.icon,
                                                   isStrong ? Token::SelectionText : chip.token,
                                                   glyph, painter->device()->devicePixelRatioF()));
        painter->setPen(colorOf(Token::Text));
        const QRect text = space.adjusted(glyph + gap, 0, 0, 0);
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(chip.text, Qt::ElideRight, text.width()));
        space.setLeft(space.left() + width + between);
        ++shown;
    }
    QString rest;
    if (shown < chips.size())
        rest = u"+%1"_s.arg(chips.size() - shown);
    if (!refused.isEmpty())
        rest += (rest.isEmpty() ? QString() : u"  "_s) + refused;
    if (!rest.isEmpty() && space.width() > 0) {
        painter->setPen(colorOf(Token::TextDim));
        painter->drawText(space, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(rest, Qt::ElideRight, space.width()));
    }
}

QSize StartedDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    int width = 2 * RowDelegate::padding;
    if (const auto *model = qobject_cast<const EventListModel *>(index.model())) {
        const devserver::api::EventSummary &event = model->at(index.row());
        const auto part = [&](int room) { width += room + between; };
        for (const StartedChip &chip : startedChips(event))
            part(glyph + gap + option.fontMetrics.horizontalAdvance(chip.text));
        if (const QString refused = refusalWords(event); !refused.isEmpty())
            part(option.fontMetrics.horizontalAdvance(refused));
        width += 1 - between;
    }
    width = std::max(width, RowDelegate::widthsOf(option.font, index).whole); // `nothing`
    return {width, option.fontMetrics.height()};
}

} // namespace console

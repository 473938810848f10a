// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/palettedelegate.h"

#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/shell/palettemodel.h"
#include "ui/shell/shortcutmodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QPainter>

namespace console {

namespace {

constexpr int iconExtent = 18;
constexpr int margin = 8; ///< its icon stands below that of the field above
constexpr int gap = 10;
constexpr double radius = 4;

} // namespace

PaletteDelegate::PaletteDelegate(Context &context, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_context(context)
{}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(index)
    return QSize(100, qMax(30, option.fontMetrics.height() + 12));
}

/// Of the longest word that stands beside keys.
int PaletteDelegate::areaWidth(const QStyleOptionViewItem &option) const
{
    if (m_areaWidth == 0 || m_areaFont != option.font) {
        m_areaFont = option.font;
        m_areaWidth = 0;
        for (const ActionSpec &spec : actionTable()) {
            if (spec.scope == ActionScope::Pane)
                m_areaWidth =
                    qMax(m_areaWidth, option.fontMetrics.horizontalAdvance(areaWord(spec)));
        }
    }
    return m_areaWidth;
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = m_context.theme;
    const QString reason = index.data(PaletteModel::ReasonRole).toString();
    const bool isChosen = option.state.testFlag(QStyle::State_Selected);
    const bool isSelected = isChosen && reason.isEmpty(); // what cannot be done looks like it
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isChosen) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(isSelected ? Token::Selection : Token::QuietSelection));
        painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), radius, radius);
    }
    const auto colorOf = [&](Token token) {
        return theme.color(isSelected ? Token::SelectionText : token);
    };
    QRect line = option.rect.adjusted(margin, 0, -margin, 0);
    const QString iconName = index.data(PaletteModel::IconRole).toString();
    if (Icons::exists(iconName)) {
        const Token tint = isSelected ? Token::SelectionText
                           : !reason.isEmpty()
                               ? Token::TextDim
                               : static_cast<Token>(index.data(PaletteModel::TintRole).toInt());
        const QRect place(line.left(), line.center().y() - iconExtent / 2 + 1, iconExtent,
                          iconExtent);
        painter->drawPixmap(place, m_context.icons.pixmap(iconName, tint, iconExtent,
                                                          option.widget->devicePixelRatioF()));
    }
    line.setLeft(line.left() + iconExtent + gap);
    painter->setPen(colorOf(Token::TextDim));
    const auto drawAtRight = [&](const QString &words, int least) {
        const int width = qMin(option.fontMetrics.horizontalAdvance(words), line.width() / 2);
        painter->drawText(QRect(line.right() - width, line.top(), width + 1, line.height()),
                          static_cast<int>(Qt::AlignVCenter | Qt::AlignRight),
                          option.fontMetrics.elidedText(words, Qt::ElideRight, width + 1));
        line.setRight(line.right() - qMax(width, least) - gap);
    };
    const QString note = reason.isEmpty() ? index.data(PaletteModel::NoteRole).toString() : reason;
    const QString keys =
        reason.isEmpty() ? index.data(PaletteModel::KeysRole).toString() : QString();
    drawAtRight(note, keys.isEmpty() ? 0 : areaWidth(option)); // the keys of all rows end as one
    if (!keys.isEmpty())
        drawAtRight(keys, 0);
    painter->setPen(colorOf(reason.isEmpty() ? Token::Text : Token::TextDim));
    painter->drawText(line, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft),
                      option.fontMetrics.elidedText(visibleText(index.data().toString()),
                                                    Qt::ElideRight, line.width()));
    painter->restore();
}

} // namespace console

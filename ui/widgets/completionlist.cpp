// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/completionlist.h"

#include "ui/core/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace console {

namespace {

constexpr int mostRows = 10;
constexpr int side = 10;
constexpr int gap = 16; ///< at least, between a name and its note

class CompletionDelegate final : public QStyledItemDelegate
{
public:
    CompletionDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {}

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int words = option.fontMetrics.horizontalAdvance(nameOf(index))
                          + option.fontMetrics.horizontalAdvance(noteOf(index));
        return {words + gap + 2 * side, option.fontMetrics.height() + 8};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        if (isSelected)
            painter->fillRect(option.rect, m_theme.color(Token::Selection));
        const QFontMetrics &metrics = option.fontMetrics;
        QRect room = option.rect.adjusted(side, 0, -side, 0);
        const QString note = noteOf(index);
        painter->setFont(option.font);
        painter->setPen(m_theme.color(isSelected ? Token::SelectionText : Token::TextDim));
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, note);
        if (!note.isEmpty())
            room.setRight(room.right() - metrics.horizontalAdvance(note) - gap);
        painter->setPen(m_theme.color(isSelected ? Token::SelectionText : Token::Text));
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(nameOf(index), Qt::ElideRight, room.width()));
    }

private:
    static QString nameOf(const QModelIndex &index)
    {
        const QString name = index.data(CompletionNameRole).toString();
        return name.isEmpty() ? index.data().toString() : name;
    }

    static QString noteOf(const QModelIndex &index)
    {
        return index.data(CompletionNoteRole).toString();
    }

    const Theme &m_theme;
};

/// With a line below the rows that says what keys do.
class CompletionPopup final : public QListView
{
public:
    CompletionPopup(const Theme &theme, const QString &hint)
        : m_theme(theme)
        , m_hint(new QLabel(hint, this))
    {
        setEditTriggers(NoEditTriggers);
        setSelectionMode(SingleSelection);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_hint->setObjectName(QStringLiteral("completionHint"));
        m_hint->setForegroundRole(QPalette::PlaceholderText);
        m_hint->setBackgroundRole(QPalette::Base);
        m_hint->setAutoFillBackground(true);
        m_hint->setContentsMargins(side, 0, side, 0);
        m_hint->setVisible(!hint.isEmpty());
        connect(&theme, &Theme::changed, this, &CompletionPopup::colour);
        colour();
    }

    /// Above and below the rows.
    [[nodiscard]] int besideRows() const { return 2 * frameWidth() + hintHeight(); }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QListView::resizeEvent(event);
        setViewportMargins(0, 0, 0, hintHeight());
        const QRect inside = contentsRect();
        m_hint->setGeometry(inside.left(), inside.bottom() + 1 - hintHeight(), inside.width(),
                            hintHeight());
    }

private:
    [[nodiscard]] int hintHeight() const
    {
        return m_hint->text().isEmpty() ? 0 : fontMetrics().height() + 8;
    }

    /// It lies above what is below it, as menus do.
    void colour()
    {
        QPalette colors;
        colors.setColor(QPalette::Base, m_theme.color(Token::Raised));
        setPalette(colors);
    }

    const Theme &m_theme;
    QLabel *m_hint;
};

} // namespace

void dressCompletions(QCompleter &completer, const Theme &theme, const QString &hint)
{
    completer.setMaxVisibleItems(mostRows);
    auto *popup = new CompletionPopup(theme, hint);
    completer.setPopup(popup);
    // After that: QCompleter gives it a delegate of its own.
    popup->setItemDelegate(new CompletionDelegate(theme, popup));
}

void showCompletions(QCompleter &completer, const QRect &at)
{
    completer.complete(at);
    auto *popup = static_cast<CompletionPopup *>(completer.popup());
    const int rows = std::min(completer.completionModel()->rowCount(), mostRows);
    const int height = rows * popup->sizeHintForRow(0) + popup->besideRows();
    if (popup->height() == height)
        return;
    const int lower = popup->geometry().bottom();
    const bool isAbove = popup->y() < completer.widget()->mapToGlobal(at.topLeft()).y();
    popup->resize(popup->width(), height);
    if (isAbove)
        popup->move(popup->x(), lower - height + 1);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/shortcuttable.h"

#include "ui/core/theme.h"
#include "ui/shell/shortcutmodel.h"
#include "ui/widgets/context.h"
#include "ui/widgets/headercap.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/settings.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// Fonts and colours of the model, with the room at both sides that cells have everywhere.
class KeyDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return {size.width() + 2 * room, size.height()};
    }

    /// The words of both fonts stand on one line. Keys are read from left to right everywhere.
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString words = std::exchange(item.text, QString());
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, option.widget);
        const QRect inside = item.rect.adjusted(RowDelegate::padding, 0, -RowDelegate::padding, 0);
        const QFontMetrics usual(option.font);
        const int baseline = inside.top() + (inside.height() - usual.height()) / 2 + usual.ascent();
        const bool isSelected = item.state.testFlag(QStyle::State_Selected);
        const bool isActive =
            item.state.testFlag(QStyle::State_Active) && option.widget->hasFocus();
        const QFontMetrics metrics(item.font);
        const QString shown = metrics.elidedText(words, Qt::ElideRight, inside.width());
        const bool isMirrored = item.direction == Qt::RightToLeft;
        const int left =
            isMirrored ? inside.right() + 1 - metrics.horizontalAdvance(shown) : inside.left();
        painter->save();
        painter->setLayoutDirection(index.column() == ShortcutModel::Keys ? Qt::LeftToRight
                                                                          : item.direction);
        painter->setFont(item.font);
        painter->setPen(
            item.palette.color(isActive ? QPalette::Active : QPalette::Inactive,
                               isSelected ? QPalette::HighlightedText : QPalette::Text));
        painter->drawText(left, baseline, shown);
        painter->restore();
    }

private:
    static constexpr int room = 5; // what a style leaves free makes it RowDelegate::padding
};

} // namespace

ShortcutTable::ShortcutTable(Context &context, bool canEdit, QWidget *parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_table(new QTableView(this))
{
    auto *proxy = new QSortFilterProxyModel(this);
    proxy->setSourceModel(new ShortcutModel(context, canEdit, this));
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy->setFilterKeyColumn(-1);
    if (!canEdit) { // a row whose keys are edited stays where it is
        proxy->setSortRole(ShortcutModel::SheetOrderRole);
        proxy->sort(ShortcutModel::What);
    }
    m_search->setObjectName(u"shortcutSearch"_s);
    m_search->setAccessibleName(tr("Search in the shortcuts"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumHeight(m_search->fontMetrics().height() + 12);
    m_search->addAction(context.icons.icon(u"search"_s, Token::TextDim),
                        QLineEdit::LeadingPosition);
    m_table->setObjectName(u"shortcutTable"_s);
    m_table->setAccessibleName(tr("Shortcuts"));
    m_table->setModel(proxy);
    m_table->setHorizontalHeader(makePlainHeader(context.theme, m_table));
    capScrollBar(*m_table, context.theme);
    m_table->setItemDelegate(new KeyDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(canEdit ? QAbstractItemView::DoubleClicked
                                           | QAbstractItemView::EditKeyPressed
                                     : QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(context.settings.rowHeight());
    QHeaderView *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionResizeMode(ShortcutModel::What, QHeaderView::Stretch);
    header->setSectionResizeMode(ShortcutModel::Keys, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ShortcutModel::Where, QHeaderView::ResizeToContents);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(m_table, 1);
    connect(m_search, &QLineEdit::textChanged, proxy, &QSortFilterProxyModel::setFilterFixedString);
    setFocusProxy(m_search);
}

} // namespace console

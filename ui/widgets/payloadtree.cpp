// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/payloadtree.h"

#include "ui/core/jsontreemodel.h"
#include "ui/core/theme.h"
#include "ui/widgets/codefont.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace console {

namespace {

class Delegate final : public QStyledItemDelegate
{
public:
    Delegate(Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(option.fontMetrics.height() + 6);
        return size;
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto token = static_cast<Token>(index.data(JsonTreeModel::TokenRole).toInt());
        option->palette.setColor(QPalette::Text, m_theme.color(token));
    }

private:
    Theme &m_theme;
};

} // namespace

PayloadTree::PayloadTree(Theme &theme, QWidget *parent)
    : QTreeView(parent)
{
    setFrameShape(NoFrame);
    setUniformRowHeights(true);
    setItemDelegate(new Delegate(theme, this));
    setTabKeyNavigation(false);
    setAllColumnsShowFocus(true);
    setIndentation(18);
    header()->setStretchLastSection(true);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->hide();
    useCodeFont(this);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void PayloadTree::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        Q_EMIT copyRequested();
    else
        QTreeView::keyPressEvent(event);
}

} // namespace console

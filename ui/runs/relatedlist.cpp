// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/relatedlist.h"

#include "ui/core/runwords.h"
#include "ui/runs/relatedmodel.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"

#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSize = 16;

class RelatedDelegate final : public QStyledItemDelegate
{
public:
    RelatedDelegate(Context &context, const RelatedModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_context(context)
        , m_model(model)
    {}

    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const devserver::api::RunSummary &run = m_model.run(index.row());
        const DisplayState state = displayState(run);
        const WaitReason reason = waitReason(run);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = m_context.icons.icon(stateIcon(state, reason), stateToken(state, reason));
        option->decorationSize = {iconSize, iconSize};
    }

    /// The focus is the whole row's, as in the other lists.
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyleOptionViewItem row = option;
        row.state.setFlag(QStyle::State_HasFocus, false);
        QStyledItemDelegate::paint(painter, row, index);
        if (!option.state.testFlag(QStyle::State_HasFocus)
            || option.state.testFlag(QStyle::State_Selected))
            return;
        painter->setPen(m_context.theme.color(Token::Selection));
        painter->drawLine(option.rect.topLeft(), option.rect.topRight());
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return {size.width(), std::max(size.height(), option.fontMetrics.height() + 12)};
    }

private:
    Context &m_context;
    const RelatedModel &m_model;
};

} // namespace

RelatedList::RelatedList(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new RelatedModel(this))
    , m_empty(
          new QLabel(tr("No other run was started by this event, and it was never rerun."), this))
    , m_list(new QListView(this))
{
    m_list->setObjectName(u"relatedList"_s);
    m_list->setAccessibleName(tr("Related runs"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RelatedDelegate(context, *m_model, this));
    m_list->setUniformItemSizes(true);
    m_empty->setObjectName(u"relatedEmpty"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_list, 1);
    const auto open = [this](const QModelIndex &index) {
        if (index.isValid())
            m_context.navigator.openRun(m_model->run(index.row()).id);
    };
    connect(m_list, &QListView::activated, this, open);
    setFocusProxy(m_list);
    m_list->hide();
}

int RelatedList::count() const
{
    return m_model->rowCount();
}

void RelatedList::setRecord(const devserver::api::RunRecord &record)
{
    const devserver::EventId event =
        record.run.events.empty() ? devserver::EventId() : record.run.events.front();
    m_model->setRuns(record.run.id, record.run.originalRun, event, record.related);
    m_list->setVisible(count() > 0);
    m_empty->setVisible(count() == 0);
}

} // namespace console

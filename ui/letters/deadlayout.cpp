// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What stands where in DeadView.
#include "ui/core/letterfilter.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/letters/actionbuttons.h"
#include "ui/letters/bulksheet.h"
#include "ui/letters/deadview.h"
#include "ui/letters/discardsheet.h"
#include "ui/letters/groupdelegate.h"
#include "ui/letters/letteractions.h"
#include "ui/letters/letterdetail.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/filterline.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/settings.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// What the delegate paints goes on to the left edge.
class GroupTree final : public QTreeView
{
public:
    GroupTree(Context &context, QWidget *parent)
        : QTreeView(parent)
        , m_context(context)
    {}

protected:
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override
    {
        painter->fillRect(rect, GroupDelegate::background(
                                    m_context, selectionModel()->isSelected(index), hasFocus()));
        QTreeView::drawBranches(painter, rect, index);
    }

private:
    Context &m_context;
};

std::vector<ColumnSpec> groupColumns()
{
    const auto column = [](const char *id, const QString &title, int chars, bool isRight = false) {
        return ColumnSpec{.id = id,
                          .title = title,
                          .chars = chars,
                          .isShown = true,
                          .isSortable = false,
                          .isRight = isRight};
    };
    return {column("group", DeadView::tr("Group"), 20),
            column("count", DeadView::tr("Count"), 7, true),
            column("last", DeadView::tr("Last"), 11), column("trend", DeadView::tr("Trend"), 12)};
}

} // namespace

DeadView::DeadView(Context &shared, QWidget *parent)
    : View(shared, "dead"_ba, parent)
    , m_line(new FilterLine(shared, FilterSubject::Letters, "deadFilter"_ba, this))
    , m_filter(m_line->edit())
    , m_discarded(new QCheckBox(tr("Show discarded"), this))
    , m_pages(new QStackedWidget(this))
    , m_across(new QSplitter(Qt::Horizontal, this))
    , m_down(new QSplitter(Qt::Vertical, this))
    , m_groups(new LetterGroupModel(shared.backend, shared.feed, this))
    , m_tree(new GroupTree(shared, this))
    , m_lists(new QStackedWidget(this))
    , m_table(new ListTable(shared, this))
    , m_noMatch(new EmptyState(shared, this))
    , m_empty(new EmptyState(shared, this))
    , m_detail(new LetterDetail(shared, this))
{
    makeLayout();
    m_bulk = new BulkSheet(shared, m_lists);
    m_discard = new DiscardSheet(shared, m_lists);
    bindGroupActions(); // before those of the table, which count when neither has the focus
    m_actions = new LetterActions(shared, *this, *m_table);
    connectFilter();
    connectGroups();
    connectTable();
    connectSheets();
    connect(&shared.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        if (context().backend.server().phase == devserver::api::ServerPhase::Serving) {
            query();
            m_groups->load();
        }
    });
    m_groups->setTimeStyle(shared.settings.timeStyle());
    m_tree->setCurrentIndex(m_groups->index(0, 0));
    m_groups->setFilter(letterStates(m_filter->filter(), false));
    query();
}

QWidget *DeadView::makeGroups()
{
    m_tree->setObjectName(u"deadGroups"_s);
    m_tree->setAccessibleName(tr("Groups of dead letters"));
    m_tree->setModel(m_groups);
    m_tree->setItemDelegate(new GroupDelegate(context(), m_tree));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setTabKeyNavigation(false);
    m_tree->setIndentation(14);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *header = new ListHeader(context(), m_tree);
    m_tree->setHeader(header);
    header->setColumns(groupColumns());
    header->setStretchLastSection(false);
    header->setSectionResizeMode(LetterGroupModel::Group, QHeaderView::Stretch);
    header->setSectionsMovable(false);
    const int chars = fontMetrics().averageCharWidth();
    header->resizeSection(LetterGroupModel::Number, chars * 9);
    header->resizeSection(LetterGroupModel::Last, chars * 12);
    header->resizeSection(LetterGroupModel::Trend, 30 * 2 + 12);
    auto *pane = new QWidget(m_across);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(10, 6, 10, 8);
    buttons->setSpacing(8);
    buttons->addWidget(
        makeActionButton(context(), "dead.retryGroup"_ba, u"deadRetryGroup"_s, pane));
    buttons->addStretch();
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tree, 1);
    layout->addLayout(buttons);
    return pane;
}

QWidget *DeadView::makeLetters()
{
    m_table->setObjectName(u"deadTable"_s);
    m_table->setAccessibleName(tr("Dead letters"));
    m_noMatch->setObjectName(u"deadNoMatch"_s);
    m_lists->addWidget(m_table);
    m_lists->addWidget(m_noMatch);
    auto *pane = new QWidget(m_across);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(10, 6, 10, 8);
    buttons->setSpacing(8);
    const std::pair<const char *, const char *> shown[] = {{"dead.retry", "deadRetry"},
                                                           {"dead.edit", "deadEdit"},
                                                           {"dead.discard", "deadDiscard"},
                                                           {"dead.openRun", "deadOpenRun"}};
    for (const auto &[action, name] : shown)
        buttons->addWidget(makeActionButton(context(), action, QString::fromLatin1(name), pane));
    auto *restore = makeActionButton(context(), "dead.restore"_ba, u"deadRestore"_s, pane);
    restore->hide(); // only where there is something to restore
    connect(m_discarded, &QCheckBox::toggled, restore, &QWidget::setVisible);
    buttons->addWidget(restore);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_lists, 1);
    layout->addLayout(buttons);
    return pane;
}

void DeadView::makeLayout()
{
    m_filter->setPlaceholderText(tr("Filter: words, or fn:charge-* error:Timeout since:today"));
    m_discarded->setObjectName(u"deadShowDiscarded"_s);
    m_empty->setObjectName(u"deadEmpty"_s);
    m_empty->setMessage(u"success"_s, tr("No dead letters"),
                        tr("Failed work that used up its attempts will wait here."));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 10, 12, 8);
    line->setSpacing(12);
    line->addWidget(m_line, 1);
    line->addWidget(m_discarded, 0, Qt::AlignTop);
    m_discarded->setMinimumHeight(context().settings.rowHeight() + 6);
    m_across->addWidget(makeGroups());
    m_across->addWidget(makeLetters());
    m_across->setChildrenCollapsible(false);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({430, 770});
    m_down->addWidget(m_across);
    m_down->addWidget(m_detail);
    m_down->setChildrenCollapsible(false);
    m_down->setSizes({430, 300});
    m_pages->addWidget(m_down);
    m_pages->addWidget(m_empty);
    body().addLayout(line);
    body().addWidget(m_pages, 1);
}

} // namespace console

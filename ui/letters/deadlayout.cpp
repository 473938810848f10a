// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What stands where in DeadView.
#include "ui/core/errorwords.h"
#include "ui/core/feed.h"
#include "ui/core/letterfilter.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/letters/actionrow.h"
#include "ui/letters/bulkprogress.h"
#include "ui/letters/bulksheet.h"
#include "ui/letters/deadview.h"
#include "ui/letters/discardsheet.h"
#include "ui/letters/groupdelegate.h"
#include "ui/letters/letteractions.h"
#include "ui/letters/letterdetail.h"
#include "ui/letters/letterexport.h"
#include "ui/letters/retriedtip.h"
#include "ui/letters/sheetarea.h"
#include "ui/letters/steadysplitter.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/filterline.h"
#include "ui/widgets/filtermiss.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/livebutton.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/spot.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastGroups = 240;

/// What the delegate paints goes on to the left edge.
class GroupTree final : public QTreeView
{
public:
    GroupTree(Context &context, QWidget *parent)
        : QTreeView(parent)
        , m_context(context)
    {}

    /// Where the right arrow goes on from a row that has none below it (ui.md 11).
    void setNext(QWidget *next) { m_next = next; }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        // The keys of a letter, on a group: the buttons below the letters stay those of letters.
        if (takeKey(*event, "dead.retry"_ba, "dead.retryGroup"_ba)
            || takeKey(*event, "dead.discard"_ba, "dead.discardGroup"_ba) || takeOffered(*event))
            return;
        const bool goesOn = event->key() == Qt::Key_Right && event->modifiers() == Qt::NoModifier
                            && !model()->hasChildren(currentIndex());
        if (goesOn)
            m_next->setFocus(Qt::OtherFocusReason);
        else
            QTreeView::keyPressEvent(event);
    }

    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override
    {
        const bool isSelected = selectionModel()->isSelected(index);
        painter->fillRect(rect, GroupDelegate::background(m_context, isSelected, hasFocus()));
        const int mouse = viewport()->mapFromGlobal(QCursor::pos()).y();
        if (!isSelected && viewport()->underMouse() && mouse >= rect.top()
            && mouse <= rect.bottom())
            painter->fillRect(rect, m_context.theme.color(Token::RowHover));
        QTreeView::drawBranches(painter, rect, index);
    }

private:
    [[nodiscard]] bool takeKey(const QKeyEvent &event, const QByteArray &ofLetter,
                               const QByteArray &ofGroup) const
    {
        const QList<QKeySequence> keys = m_context.actions.action(ofLetter)->shortcuts();
        if (!keys.contains(QKeySequence(event.keyCombination())))
            return false;
        m_context.actions.action(ofGroup)->trigger();
        return true;
    }

    /// When nothing is chosen, the current row is offered only: a key that would leave it takes it.
    [[nodiscard]] bool takeOffered(const QKeyEvent &event)
    {
        constexpr std::array keys = {Qt::Key_Down,  Qt::Key_Up,    Qt::Key_Right,
                                     Qt::Key_Space, Qt::Key_Enter, Qt::Key_Return};
        const bool isPlain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (!currentIndex().isValid() || selectionModel()->hasSelection() || !isPlain
            || std::find(keys.begin(), keys.end(), event.key()) == keys.end())
            return false;
        selectionModel()->select(currentIndex(),
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        return true;
    }

    Context &m_context;
    QWidget *m_next = nullptr;
};

/// A row of buttons behind a word, which is given up where there is no room for it.
class GroupBar final : public QWidget
{
public:
    GroupBar(QLabel *word, QWidget *parent)
        : QWidget(parent)
        , m_word(word)
        , m_row(new QHBoxLayout(this))
    {
        m_row->setContentsMargins(12, 0, 4, 0);
        m_row->setSpacing(4);
        m_row->addWidget(m_word);
    }

    [[nodiscard]] QHBoxLayout *row() const { return m_row; }

protected:
    bool event(QEvent *event) override
    {
        const bool isHandled = QWidget::event(event);
        if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
            m_word->setVisible(width() >= wanted());
        return isHandled;
    }

private:
    [[nodiscard]] int wanted() const
    {
        const QMargins margins = m_row->contentsMargins();
        int width = margins.left() + margins.right() + m_word->sizeHint().width();
        for (int i = 1; i < m_row->count(); ++i)
            width += m_row->spacing() + m_row->itemAt(i)->sizeHint().width();
        return width;
    }

    QLabel *m_word;
    QHBoxLayout *m_row;
};

QString groupingWords(LetterGroupModel::Grouping grouping)
{
    switch (grouping) {
    case LetterGroupModel::Grouping::ByFunction:
        return DeadView::tr("Function, error");
    case LetterGroupModel::Grouping::ByError:
        return DeadView::tr("Error, function");
    case LetterGroupModel::Grouping::ByApp:
        return DeadView::tr("App");
    case LetterGroupModel::Grouping::ByHour:
        return DeadView::tr("Hour");
    }
    Q_UNREACHABLE();
}

} // namespace

DeadView::DeadView(Context &shared, QWidget *parent)
    : View(shared, "dead"_ba, parent)
    , m_line(new FilterLine(shared, FilterSubject::Letters, "deadFilter"_ba, this))
    , m_filter(m_line->edit())
    , m_discarded(new QCheckBox(tr("Show discarded"), this))
    , m_pages(new QStackedWidget(this))
    , m_across(new QSplitter(Qt::Horizontal, this))
    , m_down(new SteadySplitter(this))
    , m_groups(new LetterGroupModel(shared.backend, shared.feed, this))
    , m_tree(new GroupTree(shared, this))
    , m_groupBy(new QToolButton(this))
    , m_mute(new QToolButton(this))
    , m_muteMenu(new QMenu(this))
    , m_lists(new QStackedWidget(this))
    , m_table(new ListTable(shared, this))
    , m_noMatch(new EmptyState(shared, this))
    , m_miss(new FilterMiss(shared, *m_noMatch, devserver::api::CountQuery::Of::Letters))
    , m_empty(new EmptyState(shared, this))
    , m_detail(new LetterDetail(shared, this))
    , m_progress(new BulkProgress(shared, this))
    , m_export(new LetterExport(shared, *this))
{
    makeLayout();
    m_bulk = new BulkSheet(shared, m_letters);
    m_discard = new DiscardSheet(shared, m_letters);
    bindGroupActions(); // before those of the table, which count when neither has the focus
    m_actions = new LetterActions(shared, *this, *m_table, [this] { return isAsking(); });
    connectFilter();
    connectGroups();
    connectTable();
    connectSheets();
    connect(m_detail, &LetterDetail::problem, this, [this](const QString &text) {
        infoBars().show({.id = "dead.link"_ba,
                         .kind = InfoKind::Error,
                         .text = text,
                         .buttons = {},
                         .details = errorDetails(text, context().backend.now())});
    });
    connect(&shared.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        if (context().backend.server().phase == devserver::api::ServerPhase::Serving) {
            query();
            m_groups->load();
        }
    });
    m_groups->setTimeStyle(shared.settings.timeStyle());
    m_groups->setMuteWords(
        [this](const LetterGroupModel::Groups &groups) { return muteWords(context(), groups); });
    m_tree->setCurrentIndex(m_groups->index(0, 0));
    showMuted();
    m_groups->setFilter(letterStates(m_filter->filter(), false));
    query();
}

QWidget *DeadView::makeGroups()
{
    m_tree->setObjectName(u"deadGroups"_s);
    m_tree->setAccessibleName(tr("Groups of dead letters"));
    m_tree->setModel(m_groups);
    static_cast<GroupTree *>(m_tree)->setNext(m_table);
    m_tree->setItemDelegate(new GroupDelegate(context(), m_tree));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setTabKeyNavigation(false);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &DeadView::showGroupMenu);
    m_tree->setIndentation(16);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setMouseTracking(true);
    m_tree->setHeaderHidden(true);
    m_tree->header()->setMinimumSectionSize(1);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(LetterGroupModel::Group, QHeaderView::Stretch);
    for (const int painted : {LetterGroupModel::Number, LetterGroupModel::First,
                              LetterGroupModel::Last, LetterGroupModel::Trend})
        m_tree->setColumnHidden(painted, true);
    auto *pane = new QWidget(m_across);
    pane->setMinimumWidth(leastGroups);
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeGroupBar(pane));
    layout->addWidget(makeRule(pane));
    layout->addWidget(m_tree, 1);
    m_groupButtons = new ActionRow(context(),
                                   {{"dead.retryGroup", "deadRetryGroup"},
                                    {"dead.discardGroup", "deadDiscardGroup"},
                                    {"dead.export", "deadExport"}},
                                   pane);
    layout->addWidget(m_groupButtons);
    return pane;
}

/// As high as the header of the list beside it.
QWidget *DeadView::makeGroupBar(QWidget *pane)
{
    auto *word = new QLabel(tr("Group by"), pane);
    word->setForegroundRole(QPalette::PlaceholderText);
    auto *bar = new GroupBar(word, pane);
    m_groupBy->setObjectName(u"deadGroupBy"_s);
    m_groupBy->setAccessibleName(tr("Group by"));
    m_mute->setObjectName(u"deadMute"_s);
    m_muteMenu->setObjectName(u"deadMuteMenu"_s);
    m_muteMenu->setTitle(tr("Mute"));
    for (QToolButton *button : {m_groupBy, m_mute}) {
        button->setAutoRaise(true);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_mute->setMenu(m_muteMenu);
    makeGroupByMenu();
    bar->row()->addWidget(m_groupBy);
    bar->row()->addStretch();
    bar->row()->addWidget(m_mute);
    bar->setFixedHeight(m_table->header()->sizeHint().height() - 1);
    return bar;
}

void DeadView::makeGroupByMenu()
{
    auto *menu = new QMenu(m_groupBy);
    menu->setObjectName(u"deadGroupByMenu"_s);
    for (const auto grouping : LetterGroupModel::groupings) {
        QAction *action = menu->addAction(groupingWords(grouping));
        connect(action, &QAction::triggered, this, [this, grouping] { groupBy(grouping); });
    }
    m_groupBy->setMenu(menu);
    m_groupBy->setText(groupingWords(m_groups->grouping()));
}

QWidget *DeadView::makeLetters()
{
    m_table->setObjectName(u"deadTable"_s);
    m_table->setAccessibleName(tr("Dead letters"));
    new RetriedTip(context(), *m_table); // belongs to the table
    m_noMatch->setObjectName(u"deadNoMatch"_s);
    m_lists->addWidget(m_table);
    m_lists->addWidget(m_noMatch);
    auto *pane = new QWidget(m_across);
    m_letters = new SheetArea(pane);
    // The header, and a row of each: there are the detail and the composer below, too.
    const int row = context().settings.rowHeight();
    m_lists->setMinimumHeight(m_table->header()->sizeHint().height() + row);
    m_tree->setMinimumHeight(row);
    m_letters->setContent(m_lists);
    auto *buttons = new ActionRow(context(),
                                  {{"dead.retry", "deadRetry"},
                                   {"dead.edit", "deadEdit"},
                                   {"dead.discard", "deadDiscard"},
                                   {"dead.openRun", "deadOpenRun"},
                                   {"dead.restore", "deadRestore"}},
                                  pane);
    buttons->standBeside(*m_groupButtons);
    auto *restore = pane->findChild<QToolButton *>(u"deadRestore"_s);
    restore->hide(); // only where there is something to restore
    connect(m_discarded, &QCheckBox::toggled, restore, &QWidget::setVisible);
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_letters, 1);
    layout->addWidget(buttons);
    return pane;
}

void DeadView::makeLayout()
{
    m_filter->setPlaceholderText(tr("Filter: words, or fn:charge-* error:Timeout since:today"));
    m_discarded->setObjectName(u"deadShowDiscarded"_s);
    remember(m_discarded);
    m_empty->setObjectName(u"deadEmpty"_s);
    m_empty->setMessage(u"success"_s, tr("No dead letters"),
                        tr("Failed work that used up its attempts will wait here."));
    m_empty->addManualLink(name(), tr("How dead-lettering is decided"));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 10, 12, 8);
    line->setSpacing(12);
    line->addWidget(m_line, 1);
    auto *live = new LiveButton(
        context(), tr("Letters come and go as runs do; click to pause"),
        [](const FeedNews &news) { return news.letters; }, this);
    live->setObjectName(u"deadLive"_s);
    for (QWidget *beside : {static_cast<QWidget *>(m_discarded), static_cast<QWidget *>(live)}) {
        line->addWidget(beside, 0, Qt::AlignTop);
        beside->setMinimumHeight(context().settings.rowHeight() + 6);
    }
    m_across->addWidget(makeGroups());
    m_across->addWidget(makeLetters());
    m_across->setChildrenCollapsible(false);
    m_across->setStretchFactor(1, 1);
    m_down->addWidget(m_across);
    m_down->addWidget(m_detail);
    m_down->setChildrenCollapsible(false);
    for (const QSplitter *splitter : {m_across, static_cast<QSplitter *>(m_down)})
        connect(splitter, &QSplitter::splitterMoved, this, [this] { m_isRoomChosen = true; });
    m_pages->addWidget(m_down);
    m_pages->addWidget(m_empty);
    body().addLayout(line);
    body().addWidget(m_pages, 1);
    body().addWidget(bars());
    body().addWidget(m_progress); // comes and goes by itself: nothing above moves
}

void DeadView::groupBy(LetterGroupModel::Grouping grouping)
{
    m_isGrouping = true; // rows come and go, the choice stays
    m_groups->setGrouping(grouping);
    m_isGrouping = false;
    m_isGroupSeen = false;
    m_groupBy->setText(groupingWords(grouping));
    keepGroup();
}

void DeadView::resetLayout()
{
    m_isRoomChosen = false;
    m_shared = {};
    shareRoom();
}

/// As long as nobody moved a border: the words of a group, and not more. Once for a window of this
/// size: what comes and goes above, such as a bar, moves no border.
void DeadView::shareRoom()
{
    constexpr int mostGroups = 440;
    const QSize room(width(), mapTo(window(), QPoint(0, height())).y());
    if (m_isRoomChosen || room == m_shared)
        return;
    m_shared = m_down->isVisible() ? room : QSize(); // unseen it has no place yet
    const int groups = std::clamp(width() * 2 / 5, leastGroups, mostGroups);
    m_across->setSizes({groups, width() - groups});
    m_down->share(height() * 11 / 20, height() * 9 / 20);
}

} // namespace console

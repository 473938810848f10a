// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/innerlayout.h"

#include "ui/widgets/listheader.h"
#include "ui/widgets/listpage.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>
#include <QVariant>

#include <algorithm>
#include <utility>

namespace console {

namespace {

constexpr char usualSizes[] = "usualSizes";
constexpr char usualOrientation[] = "usualOrientation";

/// Pixels at the usual size of text: a heading, tabs, and a timeline with some rows.
constexpr int wantedDetail = 320;
/// Without what it can do without; the list has some rows then.
constexpr int tightDetail = 258;
constexpr int usualList = 128;
constexpr int usualText = 17;
constexpr int grip = 5;
constexpr int fewRows = 3; // of the list, before the detail has more than it must have

} // namespace

DetailSplitter::DetailSplitter(int listShare, QWidget *parent)
    : QSplitter(Qt::Vertical, parent)
    , m_listShare(listShare)
{
    setChildrenCollapsible(false);
    setHandleWidth(grip);
    connect(this, &QSplitter::splitterMoved, this, [this] {
        m_isArranged = true;
        noteList();
    });
}

void DetailSplitter::turn()
{
    setOrientation(orientation() == Qt::Horizontal ? Qt::Vertical : Qt::Horizontal);
    noteList();
    arrange();
}

QByteArray DetailSplitter::save() const
{
    return m_isArranged || orientation() == Qt::Horizontal ? saveState() : QByteArray();
}

void DetailSplitter::restore(const QByteArray &saved)
{
    m_isArranged = !saved.isEmpty() && restoreState(saved);
    noteList();
}

void DetailSplitter::resetLayout()
{
    setOrientation(Qt::Vertical);
    m_isArranged = false;
    noteList();
    arrange();
}

/// Both are seen, one above the other: only then there is a division that may be kept.
bool DetailSplitter::isDivided() const
{
    return isVisible() && orientation() == Qt::Vertical && count() == 2 && !widget(0)->isHidden()
           && !widget(1)->isHidden();
}

/// As it is now, because of something else than a bar.
void DetailSplitter::noteList()
{
    m_wasDivided = isDivided();
    m_list = m_wasDivided ? sizes().value(0) : 0;
}

void DetailSplitter::arrange()
{
    if (m_isArranged || !isDivided())
        return;
    // As without the bars that stand below now: which of them came first is no reason for another
    // division.
    const QRect whole = this->room();
    const int room = std::max(height(), whole.height() - whole.y()) - grip;
    const auto scaled = [text = std::max(usualText, fontMetrics().height())](int pixels) {
        return pixels * text / usualText;
    };
    const int least = std::max(widget(0)->minimumHeight(), widget(0)->minimumSizeHint().height());
    const int some = wholeRows(std::min(scaled(usualList), room - scaled(tightDetail)));
    const int share = wholeRows(std::min(room * m_listShare / 100, room - scaled(wantedDetail)));
    const int detail = std::max(widget(1)->minimumHeight(), widget(1)->minimumSizeHint().height());
    const int few = wholeRows(std::min(room - detail, heightOf(fewRows)));
    m_list = std::max({least, few, some, share});
    showList();
}

void DetailSplitter::showList()
{
    if (m_list > 0 && isDivided())
        setSizes({m_list, height() - grip - m_list});
}

const QTableView *DetailSplitter::table() const
{
    const auto *table = qobject_cast<QTableView *>(widget(0));
    return table == nullptr ? widget(0)->findChild<QTableView *>() : table;
}

/// Of the list, with what stands around its rows; 0 where it has none.
int DetailSplitter::heightOf(int rows) const
{
    const QTableView *list = table();
    if (list == nullptr)
        return 0;
    const auto *page = widget(0)->findChild<ListPage *>();
    return list->horizontalHeader()->height() + (page == nullptr ? 0 : page->stripHeight())
           + rows * std::max(list->verticalHeader()->defaultSectionSize(), 1);
}

/// No row is cut below.
int DetailSplitter::wholeRows(int height) const
{
    if (table() == nullptr)
        return height;
    const int around = heightOf(0);
    return heightOf(std::max(height - around, 0) / (heightOf(1) - around));
}

bool DetailSplitter::event(QEvent *event)
{
    const bool isTaken = QSplitter::event(event);
    const bool isShown = event->type() == QEvent::Show;
    if ((isShown || event->type() == QEvent::LayoutRequest) && m_wasDivided != isDivided()) {
        if (isShown)
            refresh(); // what came or went before
        noteList();    // as it was shared out again, not as it was before one of them was hidden
        arrange();
    }
    return isTaken;
}

/// What it has where no bar stands below.
QRect DetailSplitter::room() const
{
    const QWidget *host = m_barHost == nullptr ? parentWidget() : m_barHost;
    return {mapTo(host, QPoint()), host->size()};
}

void DetailSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    const QRect now = room();
    if (std::exchange(m_room, now) == now) // something came or went below
        return showList();
    noteList();
    arrange();
}

void setUsualSizes(QSplitter *splitter, const QList<int> &sizes)
{
    splitter->setProperty(usualSizes, QVariant::fromValue(sizes));
    splitter->setProperty(usualOrientation, splitter->orientation());
}

void resetInnerLayout(QWidget *root)
{
    for (QWidget *inner : root->findChildren<QWidget *>()) {
        if (auto *own = dynamic_cast<InnerLayout *>(inner)) {
            own->resetLayout();
        } else if (auto *header = qobject_cast<ListHeader *>(inner)) {
            header->resetColumns();
        } else if (auto *splitter = qobject_cast<QSplitter *>(inner)) {
            const auto sizes = splitter->property(usualSizes).value<QList<int>>();
            if (sizes.isEmpty())
                continue;
            splitter->setOrientation(splitter->property(usualOrientation).value<Qt::Orientation>());
            splitter->setSizes(sizes);
        }
    }
}

} // namespace console

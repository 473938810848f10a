// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/tips.h"

#include "ui/shell/mainwindow.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/view.h"

#include <QEvent>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

const QString offKey = u"confirm/never/tips"_s; // comes back with the confirmations
const QString seenKey = u"tips/seen"_s;
const QByteArray barId = "tip"_ba;

/// A few rows, what is chosen below them, and the tip: pixels at the usual size of text.
constexpr int leastHeight = 440;
constexpr int usualText = 17;

bool hasRoom(const QWidget &view)
{
    return view.height() * usualText
           >= leastHeight * std::max(usualText, view.fontMetrics().height());
}

} // namespace

Tips::Tips(MainWindow &window)
    : QObject(&window)
    , m_window(window)
{
    Workspace &workspace = window.workspace();
    connect(&workspace.navigator, &Navigator::selectionChanged, this, &Tips::look);
    connect(&workspace.feed, &Feed::countersChanged, this, &Tips::look);
}

bool Tips::areOff() const
{
    return m_window.workspace().settings.value(offKey, false).toBool();
}

std::vector<Tips::Tip> Tips::fitting() const
{
    const View *view = m_window.currentView();
    if (view == nullptr)
        return {};
    Workspace &workspace = m_window.workspace();
    const auto kind = workspace.navigator.selection().kind;
    std::vector<Tip> tips;
    if (view->name() == "runs") {
        const auto &counters = workspace.feed.counters();
        if (counters && counters->dead > 0)
            tips.push_back({"retry"_ba, tr("A run has failed for good. Retry goes on where it "
                                           "failed and keeps the finished steps; Rerun starts a "
                                           "new run from the beginning.")});
        if (kind == Selection::Kind::Run && workspace.settings.hasSingleKeys())
            tips.push_back({"keys"_ba, tr("In lists single letters act on the selected row: R "
                                          "reruns it, = filters by the cell, ? shows all keys.")});
    } else if (view->name() == "dead" && kind == Selection::Kind::Letter) {
        tips.push_back({"letters"_ba, tr("A dead letter waits until you decide: Retry goes on "
                                         "where its run failed, Edit and retry does so with other "
                                         "data, Discard can be taken back for 7 days.")});
    } else if (view->name() == "events" && kind == Selection::Kind::Event) {
        tips.push_back({"events"_ba, tr("An event can be sent again as it was, or changed in the "
                                        "composer first. Matching says for each function why it "
                                        "did or did not start.")});
    }
    return tips;
}

void Tips::look()
{
    if (areOff() || (m_where && m_where->has(barId)))
        return;
    const QStringList seen = m_window.workspace().settings.value(seenKey).toStringList();
    const std::vector<Tip> tips = fitting();
    const auto fresh = std::find_if(tips.begin(), tips.end(), [&seen](const Tip &tip) {
        return !seen.contains(QString::fromLatin1(tip.id));
    });
    if (fresh != tips.end())
        show(*fresh, m_window.currentView()->tipBars());
}

void Tips::show(const Tip &tip, InfoBarStack &bars)
{
    Settings &settings = m_window.workspace().settings;
    QStringList seen = settings.value(seenKey).toStringList();
    seen.append(QString::fromLatin1(tip.id));
    settings.setValue(seenKey, seen);
    m_where = &bars;
    QWidget *view = m_window.currentView();
    view->installEventFilter(this);
    bars.setVisible(hasRoom(*view));
    bars.showAtRest(
        {.id = barId,
         .kind = InfoKind::Info,
         .text = tip.text,
         .buttons = {{tr("Do not show tips"), [&settings] { settings.setValue(offKey, true); }}},
         .details = {}});
}

/// What somebody works with is not squeezed for a tip.
bool Tips::eventFilter(QObject *watched, QEvent *event)
{
    const auto *view = qobject_cast<const View *>(watched);
    if (view != nullptr && event->type() == QEvent::Resize)
        view->tipBars().setVisible(hasRoom(*view));
    return QObject::eventFilter(watched, event);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/functionsview.h"

#include "devserver/api/consolebackend.h"
#include "ui/catalog/functionpage.h"
#include "ui/catalog/functiontreedelegate.h"
#include "ui/core/catalog.h"
#include "ui/core/filtertext.h"
#include "ui/core/functiontreemodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/whenserving.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

/// Keys and clicks on an app or a folder leave chosen what the page is about.
class FunctionTree final : public QTreeView
{
    Q_OBJECT

public:
    using QTreeView::QTreeView;

Q_SIGNALS:
    /// About the current row.
    void contextMenuWanted(QPoint at);

protected:
    /// On an arrow, too: the right button folds nothing.
    void mousePressEvent(QMouseEvent *event) override
    {
        if (event->button() == Qt::RightButton)
            QAbstractItemView::mousePressEvent(event);
        else
            QTreeView::mousePressEvent(event);
    }

    void contextMenuEvent(QContextMenuEvent *event) override
    {
        const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
        if (const QModelIndex below = indexAt(event->pos()); !isByKey && below.isValid())
            setCurrentIndex(below);
        if (!currentIndex().isValid())
            return;
        const QPoint under = visualRect(currentIndex()).bottomLeft();
        Q_EMIT contextMenuWanted(isByKey ? viewport()->mapToGlobal(under) : event->globalPos());
    }

    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                         const QEvent *event) const override
    {
        const auto command = QTreeView::selectionCommand(index, event);
        const bool isFunction = !index.data(FunctionTreeModel::SlugRole).toByteArray().isEmpty();
        const bool isTaken = command.testFlag(QItemSelectionModel::Deselect);
        return isFunction && !isTaken ? command : QItemSelectionModel::NoUpdate;
    }
};

FunctionsView::FunctionsView(Context &shared, QWidget *parent)
    : View(shared, "functions"_ba, parent)
    , m_model(new FunctionTreeModel(shared.catalog, shared.feed, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_tree(new FunctionTree(m_splitter))
    , m_pages(new QStackedWidget(m_splitter))
    , m_page(new FunctionPage(shared, m_pages))
{
    m_tree->setObjectName(u"functionsTree"_s);
    m_tree->setAccessibleName(tr("Functions"));
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new FunctionTreeDelegate(shared, m_tree));
    m_tree->header()->hide();
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setTabKeyNavigation(false);
    m_tree->expandAll();
    auto *empty = new EmptyState(shared, m_pages);
    empty->setObjectName(u"functionsEmpty"_s);
    empty->setMessage(
        u"nav-functions"_s, tr("No functions yet"),
        tr("They appear here as soon as an app is connected or the sample is started."));
    empty->addButton(tr("Add app"), [this] { context().actions.action("app.add"_ba)->trigger(); });
    empty->addManualLink("functions"_ba);
    m_pages->addWidget(m_page);
    m_pages->addWidget(empty);
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(m_pages);
    m_splitter->setObjectName(u"functionsSplitter"_s);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({220, 900});
    setUsualSizes(m_splitter, {220, 900});
    m_tree->setMinimumWidth(150);
    m_tree->setIndentation(20); // arrows keep their distance from the edge
    m_splitter->setChildrenCollapsible(false);
    body().addWidget(m_splitter);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &FunctionsView::showCurrent);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        m_tree->expandAll();
        keepUp();
    });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &FunctionsView::keepUp);
    connect(m_tree, &FunctionTree::contextMenuWanted, this, &FunctionsView::showMenu);
    followPage();
    bindActions();
    keepUp();
    askLastRuns();
    whenServing(shared.backend, this, [this] {
        m_model->forgetRuns();
        askLastRuns();
    });
}

/// The page says in its place that it could not be read; why, and the way to try again, say bars.
void FunctionsView::followPage()
{
    const auto bar = "function-stats"_ba;
    connect(m_page, &FunctionPage::statsRead, this, [this, bar] { infoBars().dismiss(bar); });
    connect(m_page, &FunctionPage::statsFailed, this, [this, bar](const devserver::Error &error) {
        showError(bar, tr("The last runs of the function could not be read"), error,
                  [this] { m_page->askStats(); });
    });
}

/// Their states; newer ones come by mail.
void FunctionsView::askLastRuns()
{
    api::then<api::RunPage>(
        context().backend.ask(api::LastRunsQuery{}), this,
        [this](const api::RunPage &page) {
            m_model->takeRuns(page.rows);
            infoBars().dismiss("last-runs"_ba);
        },
        [this](const devserver::Error &error) {
            showError("last-runs"_ba, tr("The last runs could not be read"), error,
                      [this] { askLastRuns(); });
        });
}

void FunctionsView::bindActions()
{
    ActionRegistry &actions = context().actions;
    const auto needsFunction = [this] {
        return Availability{.isEnabled = !currentSlug().isEmpty(),
                            .reason = tr("Select a function first"),
                            .text = {}};
    };
    actions.bind(
        "function.invoke"_ba, this, [this] { context().navigator.composeInvoke(currentSlug()); },
        needsFunction);
    actions.bind(
        "function.sample"_ba, this, [this] { context().navigator.composeEvent(sampleEvent()); },
        [this] {
            return Availability{.isEnabled = !sampleEvent().isEmpty(),
                                .reason = tr("This function has no event trigger"),
                                .text = {}};
        });
    actions.bind(
        "function.runs"_ba, this,
        [this] { context().navigator.filterRuns(filterTermText("fn"_ba, {currentSlug()})); },
        needsFunction);
    actions.bind(
        "function.goApp"_ba, this,
        [this] {
            context().navigator.go({.view = "apps"_ba, .filter = {}, .subject = currentApp()});
        },
        [this] {
            return Availability{.isEnabled = !currentApp().isEmpty(),
                                .reason = tr("Select a function first"),
                                .text = {}};
        });
}

/// Over an app or a folder, nothing that would be done with the function that is chosen.
void FunctionsView::showMenu(QPoint at)
{
    const bool isFunction =
        !m_tree->currentIndex().data(FunctionTreeModel::SlugRole).toByteArray().isEmpty();
    const std::vector<QByteArray> ids =
        isFunction ? std::vector<QByteArray>{"function.invoke"_ba, "function.sample"_ba, ""_ba,
                                             "function.runs"_ba, "function.goApp"_ba}
                   : std::vector<QByteArray>{"function.goApp"_ba};
    QMenu *menu = context().actions.contextMenu(m_tree, ids);
    menu->setObjectName(u"functionsMenu"_s);
    // It would be about another row.
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, menu, &QWidget::close);
    menu->popup(at);
}

QString FunctionsView::title() const
{
    return tr("Functions");
}

Place FunctionsView::place() const
{
    return {.view = name(), .filter = {}, .subject = currentSlug()};
}

void FunctionsView::showPlace(const Place &place)
{
    if (place.subject.isEmpty())
        return;
    m_wanted = place.subject;
    keepUp();
}

QWidget *FunctionsView::mainWidget() const
{
    return m_tree;
}

QByteArray FunctionsView::saveState() const
{
    return m_splitter->saveState();
}

void FunctionsView::restoreState(const QByteArray &state)
{
    m_splitter->restoreState(state);
}

QByteArray FunctionsView::currentSlug() const
{
    return m_model->indexOf(m_shown).isValid() ? m_shown : QByteArray();
}

QByteArray FunctionsView::currentApp() const
{
    QModelIndex index = m_tree->currentIndex();
    while (m_model->hasChildren(index) && index.isValid()) // all below belong to it
        index = m_model->index(0, 0, index);
    const devserver::Function *function =
        context().catalog.functionBySlug(index.data(FunctionTreeModel::SlugRole).toByteArray());
    return function == nullptr ? QByteArray() : function->app.toText();
}

QByteArray FunctionsView::sampleEvent() const
{
    const devserver::Function *function = context().catalog.functionBySlug(currentSlug());
    if (function == nullptr)
        return {};
    for (const devserver::Trigger &trigger : function->config.triggers) {
        if (!trigger.event.isEmpty() && !trigger.event.contains('*')
            && !trigger.event.startsWith("inngest/"))
            return trigger.event;
    }
    return {};
}

void FunctionsView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    tellSelection(); // what was chosen while the view was hidden
}

void FunctionsView::tellSelection()
{
    Selection selection;
    selection.kind = Selection::Kind::Function;
    selection.slug = currentSlug();
    if (isVisible() && !selection.slug.isEmpty())
        context().navigator.select(selection);
}

/// After rows came or went: something is selected if there is anything.
void FunctionsView::keepUp()
{
    const bool isEmpty = !m_model->firstFunction().isValid();
    m_pages->setCurrentIndex(isEmpty ? 1 : 0);
    if (const QModelIndex wanted = m_model->indexOf(m_wanted); wanted.isValid()) {
        m_wanted.clear();
        m_tree->setCurrentIndex(wanted);
        m_tree->scrollTo(wanted);
    } else if (currentSlug().isEmpty() && !isEmpty) {
        m_tree->setCurrentIndex(m_model->firstFunction());
    }
}

void FunctionsView::showCurrent()
{
    const QByteArray slug = m_tree->currentIndex().data(FunctionTreeModel::SlugRole).toByteArray();
    context().actions.refresh();
    if (slug.isEmpty())
        return;
    m_shown = slug;
    m_page->showFunction(slug);
    tellSelection();
    Q_EMIT placeChanged();
}

} // namespace console

#include "functionsview.moc"

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/appsview.h"

#include "devserver/api/consolebackend.h"
#include "ui/catalog/appdetail.h"
#include "ui/core/apptablemodel.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/format.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/columntable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rowmenu.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"

#include <QDragEnterEvent>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

QByteArray syncBarId(const devserver::AppId &app)
{
    return "sync-app:" + app.toText();
}

/// Without a name the whole address, where another one has the same host and port.
QString titleAmong(const std::vector<devserver::App> &apps, const devserver::App &app)
{
    const QString title = appTitle(app);
    const bool isAlone = std::none_of(apps.begin(), apps.end(), [&](const devserver::App &other) {
        return other.id != app.id && appTitle(other) == title;
    });
    return app.url.isEmpty() || isAlone ? title : appAddress(app);
}

} // namespace

AppsView::AppsView(Context &shared, QWidget *parent)
    : View(shared, "apps"_ba, parent)
    , m_model(new AppTableModel(shared.catalog, shared.backend, this))
{
    setAcceptDrops(true);
    buildAddRow();
    buildTable();
    m_rule = makeRule(this);
    body().addWidget(bars()); // what is pressed below stays where it is
    body().addWidget(m_rule);
    m_detail = new AppDetail(shared, this);
    m_detail->setObjectName(u"appsDetail"_s);
    connect(m_detail, &AppDetail::addressChosen, this, [this](const QByteArray &url) {
        if (const devserver::App *app = currentApp())
            move(app->id, url);
    });
    body().addWidget(m_detail);
    // What a scan found changes no row; and new times change sooner than the old ones.
    connect(&shared.catalog, &Catalog::changed, this, [this] {
        takeBackOldTries();
        showDetail();
        refreshTimes();
        m_isFirstLoad = m_isFirstLoad && !context().catalog.isLoaded();
    });
    m_isFirstLoad = !shared.catalog.isLoaded() && m_model->rowCount() == 0;
    bindActions();
    m_timeTimer.setSingleShot(true);
    connect(&m_timeTimer, &QTimer::timeout, this, &AppsView::refreshTimes);
    connect(&shared.settings, &Settings::changed, this, [this] {
        m_model->setTimeStyle(context().settings.timeStyle());
        refreshTimes();
    });
    m_model->setTimeStyle(shared.settings.timeStyle());
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    showCurrent();
}

void AppsView::buildTable()
{
    m_table = new ColumnTable(context(), m_model, AppTableModel::columns(), this);
    m_table->setObjectName(u"appsTable"_s);
    m_table->setAccessibleName(tr("Apps"));
    body().addWidget(m_table, 1);
    m_empty = new EmptyState(context(), this);
    m_empty->setObjectName(u"appsEmpty"_s);
    m_empty->setMessage(u"nav-apps"_s, tr("No apps yet"),
                        tr("Start your app, or enter its address above. From then on events can "
                           "start its functions."));
    m_empty->addManualLink(name());
    body().addWidget(m_empty, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        showCurrent();
        Q_EMIT placeChanged();
    });
    connect(m_table, &QAbstractItemView::pressed, this, [this] { m_wanted.clear(); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        checkAddress();
        selectWanted();
        showCurrent();
    });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &AppsView::showCurrent);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        checkAddress();
        if (!m_table->currentIndex().isValid())
            m_table->setCurrentIndex(m_model->index(0, 0));
        selectSubject();
        selectWanted();
        showCurrent();
        // The line had the focus because there was no list yet.
        if (m_isFirstLoad && m_address->hasFocus() && m_address->text().isEmpty())
            m_table->setFocus();
    });
}

void AppsView::bindActions()
{
    ActionRegistry &actions = context().actions;
    const auto needsHttpApp = [this] {
        const devserver::App *app = currentApp();
        Availability now{
            .isEnabled = app != nullptr, .reason = tr("Select an app first"), .text = {}};
        if (app != nullptr && app->kind == devserver::AppKind::InProcess) {
            now.isEnabled = false;
            now.reason = tr("It runs in this process");
        }
        return now;
    };
    actions.bind("app.add"_ba, this, [this] {
        m_address->setFocus(Qt::ShortcutFocusReason);
        m_address->selectAll();
    });
    actions.bind(
        "app.sync"_ba, this, [this] { sync(); }, needsHttpApp);
    actions.bind(
        "app.editAddress"_ba, this, [this] { beginEdit(); }, needsHttpApp);
    actions.bind(
        "app.remove"_ba, this, [this] { remove(); }, needsHttpApp);
    giveRowMenu(context(), *m_table,
                {"app.sync"_ba, "app.editAddress"_ba, "list.copy"_ba, ""_ba, "app.remove"_ba});
}

QString AppsView::title() const
{
    return tr("Apps");
}

Place AppsView::place() const
{
    const devserver::App *app = currentApp();
    return {
        .view = name(), .filter = {}, .subject = app == nullptr ? QByteArray() : app->id.toText()};
}

void AppsView::showPlace(const Place &place)
{
    m_subject = devserver::AppId::fromText(place.subject).value_or(devserver::AppId());
    selectSubject();
}

void AppsView::selectSubject()
{
    const int row = m_subject.isNull() ? -1 : m_model->rowOf(m_subject);
    if (row < 0)
        return;
    m_subject = {};
    m_table->setCurrentIndex(m_model->index(row, 0));
}

QWidget *AppsView::mainWidget() const
{
    return m_model->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_address;
}

const devserver::App *AppsView::currentApp() const
{
    return m_model->appAt(m_table->currentIndex().row());
}

/// What was added is shown as soon as it is there, and again when it has registered.
void AppsView::selectWanted()
{
    const int row = m_wanted.isEmpty() ? -1 : m_model->rowAt(m_wanted);
    if (row < 0)
        return;
    const QByteArray wanted = std::exchange(m_wanted, {});
    if (m_table->currentIndex().row() != row)
        m_table->setCurrentIndex(m_model->index(row, 0));
    if (m_model->appAt(row)->name.isEmpty())
        m_wanted = wanted;
}

void AppsView::refreshTimes()
{
    m_timeTimer.stop();
    if (!isVisible())
        return;
    std::optional<std::chrono::milliseconds> next = m_model->refreshTimes();
    if (const auto below = m_detail->refreshTimes())
        next = next ? std::min(*next, *below) : below;
    if (next)
        m_timeTimer.start(std::max(*next, std::chrono::milliseconds(50)));
}

void AppsView::hideEvent(QHideEvent *event)
{
    m_timeTimer.stop();
    View::hideEvent(event);
}

void AppsView::sync()
{
    const devserver::App *app = currentApp();
    if (app == nullptr)
        return;
    api::then<api::AppSynced>(
        context().backend.syncApp(app->id), this,
        [this, asked = *app](const api::AppSynced &synced) { tellSynced(asked, synced); },
        [this, id = app->id, title = appTitle(*app)](const devserver::Error &error) {
            showError(syncBarId(id), tr("%1 was not synced").arg(title), error);
        });
}

/// Also that nothing changed: the table would look as before.
void AppsView::tellSynced(const devserver::App &asked, const api::AppSynced &synced)
{
    const devserver::TimePoint now = context().backend.now();
    const TimeStyle style = context().settings.timeStyle();
    const QString time =
        formatTime(now, now, style == TimeStyle::Relative ? TimeStyle::Absolute : style);
    InfoText info{.id = syncBarId(asked.id),
                  .kind = InfoKind::Success,
                  .text = asked.name.isEmpty() ? tr("%1 synced at %2: it is the app %3")
                          : synced.isModified  ? tr("%1 synced at %2: its registration changed")
                                               : tr("%1 synced at %2: nothing changed"),
                  .buttons = {}};
    if (!synced.error.isEmpty()) {
        info.kind = InfoKind::Warning;
        info.text = synced.error == devserver::callsRefused
                        ? tr("%1 synced at %2, but it refuses its calls")
                        : tr("%1 was asked at %2 and could not be synced");
    }
    // At once: a title may look like a place for another argument.
    info.text = asked.name.isEmpty() && synced.error.isEmpty()
                    ? info.text.arg(appTitle(asked), time, QString::fromUtf8(synced.name))
                    : info.text.arg(appTitle(asked), time);
    infoBars().show(info);
    m_notSynced.erase(asked.id);
    if (synced.error.isEmpty())
        return;
    const devserver::App *known = context().catalog.app(asked.id);
    const bool isTold = known != nullptr && known->error == synced.error;
    m_notSynced.emplace(asked.id, isTold);
    if (synced.error != devserver::callsRefused) // that one has registered
        m_detail->noteTry(asked.url, {.at = now,
                                      .error = synced.error,
                                      .detail = isTold ? known->errorDetail : QByteArray()});
}

/// What a bar says of a sync is over as soon as the app is back.
void AppsView::takeBackOldTries()
{
    for (auto tried = m_notSynced.begin(); tried != m_notSynced.end();) {
        auto &[id, isTold] = *tried;
        const devserver::App *app = context().catalog.app(id);
        const bool isWrong = app != nullptr && !app->error.isEmpty();
        const bool isOver = isTold && !isWrong;
        isTold = isTold || isWrong;
        if (isOver)
            infoBars().dismiss(syncBarId(id));
        tried = isOver ? m_notSynced.erase(tried) : std::next(tried);
    }
}

void AppsView::remove()
{
    const devserver::App *app = currentApp();
    if (app == nullptr)
        return;
    const QString title = titleAmong(context().catalog.apps(), *app);
    const QByteArray url = app->url;
    const QString told = context().catalog.functions(app->id).empty()
                             ? tr("%1 is removed.").arg(title)
                             : tr("%1 is removed; its functions start no more runs.").arg(title);
    api::then<api::Done>(
        context().backend.removeApp(app->id), this,
        [this, id = app->id, told, url](const api::Done &) {
            infoBars().dismiss(syncBarId(id));
            infoBars().show({.id = "removed-app"_ba,
                             .kind = InfoKind::Info,
                             .text = told,
                             .buttons = {{.text = tr("Undo"),
                                          .run =
                                              [this, url] {
                                                  api::then<api::AppNoted>(
                                                      context().backend.addApp(url), this,
                                                      [](const api::AppNoted &) {},
                                                      [this](const devserver::Error &error) {
                                                          showError("add-app"_ba,
                                                                    tr("It was not added again"),
                                                                    error);
                                                      });
                                              }}},
                             .isFirst = true});
        },
        [this, title](const devserver::Error &error) {
            showError("remove-app"_ba, tr("%1 was not removed").arg(title), error);
        });
}

void AppsView::showCurrent()
{
    const devserver::App *app = currentApp();
    m_table->setVisible(m_model->rowCount() > 0);
    m_empty->setVisible(m_model->rowCount() == 0);
    m_detail->setVisible(app != nullptr);
    m_rule->setVisible(app != nullptr);
    context().actions.refresh();
    if (app == nullptr)
        return;
    showDetail();
    tellSelection();
}

void AppsView::showDetail()
{
    if (const devserver::App *app = currentApp())
        m_detail->showApp(*app, m_model->functionsAt(m_table->currentIndex().row()));
}

void AppsView::tellSelection()
{
    const devserver::App *app = currentApp();
    if (app == nullptr || !isVisible())
        return;
    Selection selection;
    selection.kind = Selection::Kind::App;
    selection.app = app->id;
    context().navigator.select(selection);
}

void AppsView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    refreshTimes();
    tellSelection(); // other views told theirs meanwhile
}

} // namespace console

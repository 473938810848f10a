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
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"

#include <QDragEnterEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

/// A host and its port, and how the path ends; and what columns wait for at most.
constexpr int leastAddressChars = 20;
constexpr int mostAddressChars = 40;

QByteArray syncBarId(const devserver::AppId &app)
{
    return "sync-app:" + app.toText();
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
    body().addWidget(m_rule);
    m_detail = new AppDetail(shared, this);
    m_detail->setObjectName(u"appsDetail"_s);
    body().addWidget(m_detail);
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

void AppsView::buildAddRow()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 10, 12, 6);
    row->setSpacing(8);
    m_address = new QLineEdit(this);
    m_address->setObjectName(u"appsAddress"_s);
    m_address->setAccessibleName(tr("Address of an app"));
    m_address->setPlaceholderText(tr("Address of your app, such as localhost:3000/api/inngest"));
    m_address->setClearButtonEnabled(true);
    m_address->setTextMargins(4, 3, 4, 3); // as high as the line of a filter
    m_add = new QPushButton(tr("Add app"), this);
    m_add->setObjectName(u"appsAdd"_s);
    m_add->setIcon(context().icons.icon(u"plug"_s));
    m_add->setEnabled(false);
    row->addWidget(m_address, 1);
    row->addWidget(m_add);
    // As high as the field beside it, in each size of text.
    const auto fit = [this] { m_add->setFixedHeight(m_address->sizeHint().height()); };
    connect(&context().settings, &Settings::changed, m_add, fit, Qt::QueuedConnection);
    fit();
    body().addLayout(row);
    m_addressNote = new QLabel(this);
    m_addressNote->setObjectName(u"appsAddressNote"_s);
    m_addressNote->setContentsMargins(12, 0, 12, 8);
    m_addressNote->setWordWrap(true); // all the ports are longer than a small window is wide
    m_addressNote->setForegroundRole(QPalette::PlaceholderText);
    body().addWidget(m_addressNote);
    connect(m_address, &QLineEdit::textChanged, this, &AppsView::checkAddress);
    connect(m_address, &QLineEdit::returnPressed, this, &AppsView::add);
    connect(m_add, &QPushButton::clicked, this, &AppsView::add);
    connect(&context().backend, &api::ConsoleBackend::serverChanged, this, &AppsView::checkAddress);
    checkAddress();
}

void AppsView::buildTable()
{
    m_table = new PlainTable(context(), m_model, {17, 11, 20, 18, 10, 9, 11, 11}, this);
    m_table->setObjectName(u"appsTable"_s);
    m_table->setAccessibleName(tr("Apps"));
    // The address is the longest and gets what is left.
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(AppTableModel::Address, QHeaderView::Stretch);
    // After the table, which makes its columns wider with the text.
    connect(&context().settings, &Settings::changed, this, &AppsView::fitColumns);
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
    const auto grow = [this, before = 0]() mutable {
        const int address = m_table->widestOf(AppTableModel::Address);
        if (m_table->growColumns(AppTableModel::Address)
            || std::exchange(before, address) != address)
            fitColumns();
    };
    m_table->growColumns(AppTableModel::Address);
    connect(m_model, &QAbstractItemModel::dataChanged, this, grow);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, grow);
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
    });
}

/// The address is read first: others wait for room.
void AppsView::fitColumns()
{
    constexpr std::array waiting = {AppTableModel::Framework, AppTableModel::Method,
                                    AppTableModel::Sdk};
    const QHeaderView *header = m_table->horizontalHeader();
    for (const int column : waiting)
        m_table->setColumnHidden(column, false);
    m_table->growColumns(AppTableModel::Address);
    int room = width();
    for (int column = 0; column < AppTableModel::ColumnCount; ++column)
        room -= column == AppTableModel::Address ? 0 : header->sectionSize(column);
    const int chars = m_table->fontMetrics().averageCharWidth();
    const int wanted = std::clamp(m_table->widestOf(AppTableModel::Address),
                                  leastAddressChars * chars, mostAddressChars * chars);
    for (const int column : waiting) {
        if (room >= wanted)
            break;
        room += header->sectionSize(column);
        m_table->setColumnHidden(column, true);
    }
}

void AppsView::resizeEvent(QResizeEvent *event)
{
    View::resizeEvent(event);
    fitColumns();
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

void AppsView::checkAddress()
{
    const QString typed = m_address->text().trimmed();
    const QString address = addressFrom(typed);
    const devserver::App *moving = context().catalog.app(m_moving);
    const devserver::api::ServerState state = context().backend.server();
    m_add->setText(moving == nullptr ? tr("Add app") : tr("Change"));
    m_add->setEnabled(!address.isEmpty() && !typed.isEmpty());
    if (moving != nullptr && address.isEmpty())
        m_addressNote->setText(
            tr("The new address of %1; Esc keeps the old one.").arg(appTitle(*moving)));
    else if (typed.isEmpty())
        m_addressNote->setText(
            state.isDiscovering
                ? tr("Apps on ports %1 are found automatically.").arg(portsWords(state.port))
            : hasAnyAnswered(context().catalog.apps())
                ? tr("Other apps are not looked for; enter the address of another one.")
                : tr("Apps are not looked for; enter the address of yours."));
    else if (address.isEmpty())
        m_addressNote->setText(noAddressWords());
    else if (moving != nullptr)
        m_addressNote->setText(
            tr("Calls to %1 wait until it registers at %2; Esc keeps the old address.")
                .arg(appTitle(*moving), address));
    else
        m_addressNote->setText(tr("Syncs with %1").arg(address));
}

void AppsView::add()
{
    const QByteArray address = addressFrom(m_address->text()).toUtf8();
    if (address.isEmpty() || m_address->text().trimmed().isEmpty())
        return;
    if (m_moving.isNull())
        askFor(address);
    else
        move(address);
}

void AppsView::askFor(const QByteArray &url)
{
    api::then<api::AppNoted>(
        context().backend.addApp(url), this,
        [this](const api::AppNoted &noted) {
            m_address->clear();
            m_wanted = noted.url;
            selectWanted();
        },
        [this, url](const devserver::Error &error) {
            showError("add-app"_ba, tr("%1 was not added").arg(QString::fromUtf8(url)), error);
        });
}

void AppsView::beginEdit()
{
    const devserver::App *app = currentApp();
    if (app == nullptr)
        return;
    m_moving = app->id;
    m_address->setText(QString::fromUtf8(app->url));
    m_address->setFocus();
    m_address->selectAll();
    checkAddress();
}

void AppsView::endEdit()
{
    m_moving = {};
    m_address->clear();
    checkAddress();
}

/// The row stays and says what comes of it.
void AppsView::move(const QByteArray &url)
{
    const devserver::App *app = context().catalog.app(m_moving);
    const devserver::AppId id = m_moving;
    const bool isSame = app == nullptr || app->url == url;
    const QString title = app == nullptr ? QString() : appTitle(*app);
    if (isSame) {
        endEdit();
        m_table->setFocus();
        return;
    }
    api::then<api::AppNoted>(
        context().backend.moveApp(id, url), this,
        [this](const api::AppNoted &noted) {
            endEdit();
            m_table->setFocus();
            m_wanted = noted.url;
            selectWanted();
        },
        [this, title](const devserver::Error &error) {
            showError("move-app"_ba, tr("The address of %1 was not changed").arg(title), error);
        });
}

bool AppsView::stepBack()
{
    if (m_moving.isNull())
        return false;
    endEdit();
    m_table->setFocus();
    return true;
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
    const std::optional<std::chrono::milliseconds> next = m_model->refreshTimes();
    if (next && isVisible())
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
        info.text = tr("%1 was asked at %2 and could not be synced");
    }
    // At once: a title may look like a place for another argument.
    info.text = asked.name.isEmpty() && synced.error.isEmpty()
                    ? info.text.arg(appTitle(asked), time, QString::fromUtf8(synced.name))
                    : info.text.arg(appTitle(asked), time);
    infoBars().show(info);
}

void AppsView::remove()
{
    const devserver::App *app = currentApp();
    if (app == nullptr)
        return;
    const QString title = appTitle(*app);
    const QByteArray url = app->url;
    api::then<api::Done>(
        context().backend.removeApp(app->id), this,
        [this, id = app->id, title, url](const api::Done &) {
            infoBars().dismiss(syncBarId(id));
            infoBars().show(
                {.id = "removed-app"_ba,
                 .kind = InfoKind::Info,
                 .text = tr("%1 is removed; its functions start no more runs.").arg(title),
                 .buttons = {{.text = tr("Undo"),
                              .run =
                                  [this, url] {
                                      api::then<api::AppNoted>(
                                          context().backend.addApp(url), this,
                                          [](const api::AppNoted &) {},
                                          [this](const devserver::Error &error) {
                                              showError("add-app"_ba, tr("It was not added again"),
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
    m_detail->showApp(*app, m_model->functionsAt(m_table->currentIndex().row()));
    tellSelection();
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

void AppsView::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void AppsView::dropEvent(QDropEvent *event)
{
    const QMimeData *mime = event->mimeData();
    m_address->setText(mime->hasUrls() ? mime->urls().constFirst().toString() : mime->text());
    m_address->setFocus();
    event->acceptProposedAction();
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/appsview.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/apptablemodel.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

/// What people type for an address: `3000`, `localhost:3000`, a whole URL. Empty if it is none.
QString addressFrom(const QString &typed)
{
    QString text = typed.trimmed();
    bool isPort = false;
    text.toUShort(&isPort);
    if (isPort)
        text.prepend(u"localhost:"_s);
    if (!text.contains(u"://"_s))
        text.prepend(u"http://"_s);
    QUrl url(text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == u"http"_s || url.scheme() == u"https"_s;
    if (!url.isValid() || !isHttp || url.host().isEmpty())
        return {};
    if (url.path().isEmpty() || url.path() == u"/"_s)
        url.setPath(u"/api/inngest"_s);
    return url.toString();
}

} // namespace

AppsView::AppsView(Context &shared, QWidget *parent)
    : View(shared, "apps"_ba, parent)
    , m_model(new AppTableModel(shared.catalog, this))
{
    setAcceptDrops(true);
    buildAddRow();
    buildTable();
    buildDetail();
    bindActions();
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    showCurrent();
}

void AppsView::buildAddRow()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 10, 12, 2);
    row->setSpacing(8);
    m_address = new QLineEdit(this);
    m_address->setObjectName(u"appsAddress"_s);
    m_address->setAccessibleName(tr("Address of an app"));
    m_address->setPlaceholderText(tr("Address of your app, such as localhost:3000/api/inngest"));
    m_address->setClearButtonEnabled(true);
    m_address->setTextMargins(4, 2, 4, 2);
    m_add = new QPushButton(tr("Add app"), this);
    m_add->setObjectName(u"appsAdd"_s);
    m_add->setIcon(context().icons.icon(u"plug"_s));
    m_add->setEnabled(false);
    row->addWidget(m_address, 1);
    row->addWidget(m_add);
    body().addLayout(row);
    m_addressNote = new QLabel(this);
    m_addressNote->setObjectName(u"appsAddressNote"_s);
    m_addressNote->setContentsMargins(14, 0, 12, 8);
    m_addressNote->setForegroundRole(QPalette::PlaceholderText);
    body().addWidget(m_addressNote);
    connect(m_address, &QLineEdit::textChanged, this, &AppsView::checkAddress);
    connect(m_address, &QLineEdit::returnPressed, this, &AppsView::add);
    connect(m_add, &QPushButton::clicked, this, &AppsView::add);
    checkAddress();
}

void AppsView::buildTable()
{
    m_table = new PlainTable(context(), m_model, {12, 11, 22, 22, 10, 10, 11}, this);
    m_table->setObjectName(u"appsTable"_s);
    m_table->setAccessibleName(tr("Apps"));
    body().addWidget(m_table, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &AppsView::showCurrent);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &AppsView::showCurrent);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &AppsView::showCurrent);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_table->currentIndex().isValid())
            m_table->setCurrentIndex(m_model->index(0, 0));
        showCurrent();
    });
}

void AppsView::buildDetail()
{
    m_detail = new QWidget(this);
    m_detail->setObjectName(u"appsDetail"_s);
    auto *layout = new QVBoxLayout(m_detail);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_detailTitle = new QLabel(m_detail);
    m_detailTitle->setTextFormat(Qt::PlainText);
    QFont font = m_detailTitle->font();
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.2);
    m_detailTitle->setFont(font);
    row->addWidget(m_detailTitle, 1);
    for (const char *id : {"app.sync", "app.remove"}) {
        auto *button = new QToolButton(m_detail);
        button->setDefaultAction(context().actions.action(id));
        button->setObjectName(QString::fromLatin1(id).replace(u'.', u'_'));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(
            context().icons.icon(QString::fromLatin1(context().actions.spec(id)->icon)));
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
    }
    layout->addLayout(row);
    m_fix = new QLabel(m_detail);
    m_fix->setObjectName(u"appsFix"_s);
    m_fix->setTextFormat(Qt::PlainText);
    m_fix->setWordWrap(true);
    m_fix->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_fix);
    m_facts = new QLabel(m_detail);
    m_facts->setObjectName(u"appsFacts"_s);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_facts);
    m_rule = makeRule(this);
    body().addWidget(m_rule);
    body().addWidget(m_detail);
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
            now.reason = tr("It lives in this process");
        }
        return now;
    };
    actions.bind(
        "app.sync"_ba, this, [this] { sync(); }, needsHttpApp);
    actions.bind(
        "app.remove"_ba, this, [this] { remove(); }, needsHttpApp);
}

QString AppsView::title() const
{
    return tr("Apps");
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
    m_add->setEnabled(!address.isEmpty() && !typed.isEmpty());
    if (typed.isEmpty())
        m_addressNote->setText(tr("Apps on the usual ports are found by themselves."));
    else if (address.isEmpty())
        m_addressNote->setText(tr("Not an address: a port, host:port or http URL is needed."));
    else
        m_addressNote->setText(tr("Syncs with %1").arg(address));
}

void AppsView::add()
{
    const QString address = addressFrom(m_address->text());
    if (address.isEmpty() || m_address->text().trimmed().isEmpty())
        return;
    api::then<api::AppNoted>(
        context().backend.addApp(address.toUtf8()), this,
        [this](const api::AppNoted &) { m_address->clear(); },
        [this, address](const devserver::Error &error) {
            showError("add-app"_ba, tr("%1 was not added").arg(address), error);
        });
}

void AppsView::sync()
{
    const devserver::App *app = currentApp();
    if (app == nullptr)
        return;
    const QString title = appTitle(*app);
    api::then<api::Done>(
        context().backend.syncApp(app->id), this, [](const api::Done &) {},
        [this, title](const devserver::Error &error) {
            showError("sync-app"_ba, tr("%1 was not synced").arg(title), error);
        });
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
        [this, title, url](const api::Done &) {
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
                 .details = {}});
        },
        [this, title](const devserver::Error &error) {
            showError("remove-app"_ba, tr("%1 was not removed").arg(title), error);
        });
}

void AppsView::showCurrent()
{
    const devserver::App *app = currentApp();
    m_detail->setVisible(app != nullptr);
    m_rule->setVisible(app != nullptr);
    context().actions.refresh();
    if (app == nullptr)
        return;
    const int functions = m_model->functionsAt(m_table->currentIndex().row());
    m_detailTitle->setText(appTitle(*app));
    const QString fix = appFix(*app, functions);
    m_fix->setText(fix);
    m_fix->setVisible(!fix.isEmpty());
    QStringList facts;
    if (!fix.isEmpty() && !app->errorDetail.isEmpty())
        facts.append(tr("The last attempt said: %1").arg(QString::fromUtf8(app->errorDetail)));
    QStringList names;
    for (const devserver::Function &function : context().catalog.functions(app->id))
        names.append(QString::fromUtf8(function.config.name));
    if (!names.isEmpty())
        facts.append(tr("Functions: %1").arg(names.join(u", "_s)));
    if (devserver::toMs(app->syncedAt) != 0)
        facts.append(tr("Synced %1")
                         .arg(formatTime(app->syncedAt, context().backend.now(),
                                         context().settings.timeStyle())));
    if (!app->version.isEmpty())
        facts.append(tr("Version %1").arg(QString::fromUtf8(app->version)));
    m_facts->setText(facts.join(u'\n'));
    m_facts->setVisible(!facts.isEmpty());
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

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The line above the apps: an address is added, or one is edited.

#include "devserver/api/consolebackend.h"
#include "ui/catalog/appsview.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/widgets/columntable.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

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

/// The server may write one in another way.
QString AppsView::sameAddressWords(const devserver::App &app, const QString &typed)
{
    const QString address = QString::fromUtf8(app.url);
    return typed == address
               ? tr("%1 is the address of %2 now; Esc keeps it.").arg(address, appTitle(app))
               : tr("%1 is the same as %2, the address of %3 now; Esc keeps it.")
                     .arg(typed, address, appTitle(app));
}

void AppsView::checkAddress()
{
    const QString typed = m_address->text().trimmed();
    const QString address = addressFrom(typed);
    const devserver::App *moving = context().catalog.app(m_moving);
    const devserver::api::ServerState state = context().backend.server();
    m_add->setText(moving == nullptr ? tr("Add app") : tr("Change"));
    const bool isSame = isSameAddress();
    m_add->setEnabled(!address.isEmpty() && !typed.isEmpty() && !isSame);
    if (isSame)
        m_addressNote->setText(sameAddressWords(*moving, address));
    else if (moving != nullptr && address.isEmpty())
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

/// That of the app whose address is edited, maybe in other words.
bool AppsView::isSameAddress() const
{
    const devserver::App *app = context().catalog.app(m_moving);
    const QByteArray address = addressFrom(m_address->text()).toUtf8();
    return app != nullptr && !address.isEmpty()
           && (address == app->url || address == m_sameAddress);
}

void AppsView::add()
{
    const QByteArray address = addressFrom(m_address->text()).toUtf8();
    const devserver::App *moving = context().catalog.app(m_moving);
    if (address.isEmpty() || m_address->text().trimmed().isEmpty())
        return;
    if (m_moving.isNull()) {
        askFor(address);
    } else if (moving == nullptr || m_address->text() == QString::fromUtf8(moving->url)) {
        endEdit(); // it is gone, or nothing was edited
        m_table->setFocus();
    } else if (!isSameAddress()) { // of which the note tells
        move(m_moving, address);
    }
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
    m_sameAddress.clear();
    m_address->setText(QString::fromUtf8(app->url));
    m_address->setFocus();
    m_address->selectAll();
    checkAddress();
}

void AppsView::endEdit()
{
    m_moving = {};
    m_sameAddress.clear();
    m_address->clear();
    checkAddress();
}

/// The row stays and says what comes of it.
void AppsView::move(const devserver::AppId &id, const QByteArray &url)
{
    const devserver::App *app = context().catalog.app(id);
    const QString title = app == nullptr ? QString() : appTitle(*app);
    const QByteArray before = app == nullptr ? QByteArray() : app->url;
    api::then<api::AppNoted>(
        context().backend.moveApp(id, url), this,
        [this, id, url, before](const api::AppNoted &noted) {
            if (noted.url == before && id == m_moving) { // `127.0.0.1` is `localhost`
                m_sameAddress = url;
                checkAddress();
                return;
            }
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

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/view.h"

#include "devserver/api/consolebackend.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/spot.h"

#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::ServerPhase;

View::View(Context &context, const QByteArray &name, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_name(name)
    , m_infoBars(new InfoBarStack(context, this))
    , m_tipBars(new InfoBarStack(context, this))
    , m_bars(new QWidget(this))
    , m_body(new QVBoxLayout)
{
    setObjectName(QString::fromLatin1(name) + u"View"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_body, 1);
    layout->addWidget(m_bars);
    auto *bars = new QVBoxLayout(m_bars);
    bars->setContentsMargins(0, 0, 0, 0);
    bars->setSpacing(0);
    for (InfoBarStack *stack : {m_infoBars, m_tipBars}) {
        stack->setBelow();
        bars->addWidget(stack);
    }
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &View::showServer);
    showServer();
}

void View::showServer()
{
    const devserver::api::ServerState server = m_context.backend.server();
    if (server.phase != ServerPhase::Stopped) {
        m_infoBars->dismiss("server"_ba);
        return;
    }
    m_infoBars->show({.id = "server"_ba,
                      .kind = InfoKind::Warning,
                      .text = tr("The server is stopped; the lists show what was there then"),
                      .buttons = {{tr("Start"), [this] { startServer(); }}},
                      .details = {}});
}

void View::takeBars(QWidget *ofWindow)
{
    static_cast<QVBoxLayout *>(m_bars->layout())->insertWidget(0, ofWindow);
}

Place View::place() const
{
    return {.view = m_name, .filter = {}, .subject = {}};
}

void View::showPlace(const Place &place)
{
    Q_UNUSED(place)
}

void View::startServer()
{
    devserver::api::then<devserver::api::Done>(
        m_context.backend.startServer(m_context.backend.server().port), this,
        [](const devserver::api::Done &) {},
        [this](const devserver::Error &error) {
            showError("server"_ba, tr("The server did not start"), error,
                      [this] { startServer(); });
        });
}

QJsonObject View::saveSpot() const
{
    return widgetSpot(*this);
}

void View::restoreSpot(const QJsonObject &spot)
{
    showWidgetSpot(*this, spot);
}

void View::showError(const QByteArray &id, const QString &what, const devserver::Error &error,
                     std::function<void()> again, const QString &shown)
{
    InfoText info = errorBar(id, what, error, m_context.backend.now(), std::move(again),
                             m_context.backend.server().dataFile);
    if (!shown.isEmpty())
        info.text += u'\n' + shown;
    m_infoBars->show(info);
}

} // namespace console

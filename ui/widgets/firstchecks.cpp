// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/firstchecks.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::App;
using devserver::AppKind;
using devserver::api::ServerPhase;

namespace {

constexpr int iconSize = 18;
constexpr int mostNames = 3;

/// What people brought: the sample functions of this process do not count.
bool isOwn(const App &app)
{
    return app.kind == AppKind::Http;
}

} // namespace

FirstChecks::FirstChecks(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_enterAddress(new QPushButton(tr("Enter address…"), this))
    , m_address(new QLineEdit(this))
    , m_answer(new QLabel(this))
    , m_sendSample(new QPushButton(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_server = addLine(u"checkServer"_s);
    m_app = addLine(u"checkApp"_s);
    buildAddress();
    m_function = addLine(u"checkFunction"_s);
    m_sendSample->setObjectName(u"checkSendSample"_s);
    m_sendSample->setIcon(context.icons.icon(u"send"_s));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(iconSize + 8, 0, 0, 0);
    row->addWidget(m_sendSample);
    row->addStretch(1);
    layout->addLayout(row);
    m_run = addLine(u"checkRun"_s);
    layout->addStretch(1);
    connect(m_sendSample, &QPushButton::clicked, this,
            [this] { m_context.navigator.composeEvent(m_sampleEvent); });
    connect(&context.catalog, &Catalog::changed, this, &FirstChecks::showState);
    connect(&context.theme, &Theme::changed, this, &FirstChecks::showState);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &FirstChecks::showState);
    connect(&context.feed, &Feed::countersChanged, this,
            [this](const devserver::api::Counters &counters) {
                const bool isNews = (m_runs == 0) != (counters.all == 0);
                m_runs = counters.all;
                if (isNews)
                    showState();
            });
    showState();
}

FirstChecks::Line FirstChecks::addLine(const QString &name)
{
    Line line{.icon = new QLabel(this), .text = new QLabel(this)};
    line.icon->setFixedSize(iconSize, iconSize);
    line.text->setObjectName(name);
    line.text->setTextFormat(Qt::PlainText);
    line.text->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(line.icon, 0, Qt::AlignTop);
    row->addWidget(line.text, 1);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    return line;
}

void FirstChecks::buildAddress()
{
    m_enterAddress->setObjectName(u"checkEnterAddress"_s);
    m_enterAddress->setAccessibleName(tr("Enter the address of your app"));
    m_address->setObjectName(u"checkAddress"_s);
    m_address->setAccessibleName(tr("Address of your app"));
    m_address->setPlaceholderText(u"http://localhost:3000/api/inngest"_s);
    m_address->hide();
    m_answer->setObjectName(u"checkAnswer"_s);
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    m_answer->hide();
    auto *column = new QVBoxLayout;
    column->setContentsMargins(iconSize + 8, 0, 0, 0);
    auto *row = new QHBoxLayout;
    row->addWidget(m_enterAddress);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_address);
    column->addWidget(m_answer);
    static_cast<QVBoxLayout *>(layout())->addLayout(column);
    connect(m_enterAddress, &QPushButton::clicked, this, [this] {
        m_enterAddress->hide();
        m_address->show();
        m_address->setFocus();
    });
    connect(m_address, &QLineEdit::returnPressed, this, &FirstChecks::addAddress);
}

void FirstChecks::setLine(const Line &line, Mark mark, const QString &text)
{
    const auto icon = [&](const char *name, Token tint) {
        line.icon->setPixmap(
            m_context.icons.pixmap(QString::fromLatin1(name), tint, iconSize, devicePixelRatioF()));
    };
    switch (mark) {
    case Mark::Open:
        icon("circle", Token::TextDim);
        break;
    case Mark::Done:
        icon("state-completed", Token::StateCompleted);
        break;
    case Mark::Wrong:
        icon("state-failed", Token::StateFailed);
        break;
    }
    line.text->setText(text);
}

void FirstChecks::showState()
{
    showServer();
    showApps();
    showFunctions();
    setLine(m_run, m_runs > 0 ? Mark::Done : Mark::Open,
            m_runs > 0 ? tr("First run is there") : tr("First run"));
}

void FirstChecks::showServer()
{
    const devserver::api::ServerState state = m_context.backend.server();
    switch (state.phase) {
    case ServerPhase::Serving:
        setLine(m_server, Mark::Done, tr("Server listens on %1").arg(state.address));
        break;
    case ServerPhase::Starting:
        setLine(m_server, Mark::Open, tr("Server is starting"));
        break;
    case ServerPhase::Stopping:
    case ServerPhase::Stopped:
        setLine(m_server, Mark::Open, tr("Server is stopped"));
        break;
    case ServerPhase::Failed:
        setLine(m_server, Mark::Wrong, tr("Server does not run: %1").arg(state.error.message));
        break;
    }
}

void FirstChecks::showApps()
{
    const std::vector<App> apps = m_context.catalog.apps();
    const auto healthy = std::find_if(apps.begin(), apps.end(), [](const App &app) {
        return isOwn(app) && app.error.isEmpty() && !app.name.isEmpty();
    });
    if (healthy != apps.end()) {
        setLine(m_app, Mark::Done,
                tr("%1 answers at %2")
                    .arg(QString::fromUtf8(healthy->name), QString::fromUtf8(healthy->url)));
        return;
    }
    const auto broken = std::find_if(apps.begin(), apps.end(), [](const App &app) {
        return isOwn(app) && !app.error.isEmpty();
    });
    if (broken != apps.end()) {
        setLine(m_app, Mark::Wrong,
                u"%1: %2"_s.arg(QString::fromUtf8(broken->url),
                                QString::fromUtf8(broken->errorDetail.isEmpty()
                                                      ? broken->error
                                                      : broken->errorDetail)));
        return;
    }
    setLine(m_app, Mark::Open,
            m_context.backend.server().isDiscovering
                ? tr("Looking for your app on the usual ports of this machine…")
                : tr("Your app"));
}

void FirstChecks::showFunctions()
{
    QStringList names;
    m_sampleEvent.clear();
    for (const devserver::Function &function : m_context.catalog.functions()) {
        const App *app = m_context.catalog.app(function.app);
        if (app == nullptr || !isOwn(*app))
            continue;
        names.append(QString::fromUtf8(function.config.name));
        for (const devserver::Trigger &trigger : function.config.triggers) {
            if (m_sampleEvent.isEmpty() && !trigger.event.contains('*'))
                m_sampleEvent = trigger.event;
        }
    }
    QString text = tr("First function");
    if (!names.isEmpty()) {
        text = (names.size() == 1 ? tr("1 function: ") : tr("%1 functions: ").arg(names.size()))
               + names.first(qMin<qsizetype>(names.size(), mostNames)).join(u", "_s);
        if (names.size() > mostNames)
            text += u", …"_s;
    }
    setLine(m_function, names.isEmpty() ? Mark::Open : Mark::Done, text);
    const bool hasSample = !m_sampleEvent.isEmpty() && m_runs == 0;
    m_sendSample->setVisible(hasSample);
    if (hasSample) {
        m_sendSample->setText(tr("Send %1…").arg(QString::fromUtf8(m_sampleEvent)));
        m_sendSample->setAccessibleName(m_sendSample->text());
    }
}

void FirstChecks::addAddress()
{
    const QString address = m_address->text().trimmed();
    if (address.isEmpty())
        return;
    m_answer->setText(tr("Asking %1…").arg(address));
    m_answer->show();
    devserver::api::then<devserver::api::AppNoted>(
        m_context.backend.addApp(address.toUtf8()), this,
        [this](const devserver::api::AppNoted &noted) {
            m_answer->setText(tr("Waiting for %1").arg(QString::fromUtf8(noted.url)));
        },
        [this](const devserver::Error &error) { m_answer->setText(error.message); });
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/firstchecks.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/primarybutton.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::App;
using devserver::AppKind;
using devserver::api::ServerPhase;

namespace {

constexpr int iconSize = 18;
constexpr qsizetype mostNames = 12;
constexpr qsizetype mostApps = 4;
constexpr qsizetype mostSends = 5;

/// What people brought: the sample functions of this process do not count.
bool isOwn(const App &app)
{
    return app.kind == AppKind::Http;
}

/// What is wrong there and how to mend it; of which app, if the words do not name it.
QString fixOf(const App &app)
{
    const QString fix = appFix(app, 0); // with an error their number does not matter
    const QString place = QUrl(QString::fromUtf8(app.url)).authority();
    return fix.contains(place) ? fix : u"%1: %2"_s.arg(QString::fromUtf8(app.url), fix);
}

bool isHealthy(const App &app)
{
    return isOwn(app) && app.error.isEmpty() && !app.name.isEmpty();
}

/// Who answers, and where; of several apps each. Empty if there is none.
QString answeringWords(const std::vector<App> &apps)
{
    QStringList places;
    QString only;
    for (const App &app : apps) {
        if (!isHealthy(app))
            continue;
        const QString name = QString::fromUtf8(app.name);
        const QString url = QString::fromUtf8(app.url);
        only = FirstChecks::tr("App %1 answers at %2").arg(name, url);
        places.append(FirstChecks::tr("%1 at %2").arg(name, url));
    }
    if (places.size() < 2)
        return only;
    const QString named = FirstChecks::tr("%1 apps answer: %2")
                              .arg(formatCount(places.size()),
                                   places.first(std::min(places.size(), mostApps)).join(u", "_s));
    const auto more = static_cast<int>(places.size() - mostApps);
    return more > 0 ? named + FirstChecks::tr(" and %n more", nullptr, more) : named;
}

/// A name that functions of several apps have is told with that of its app.
QStringList functionNames(const Catalog &catalog, const std::vector<devserver::Function> &functions)
{
    QStringList names;
    for (const devserver::Function &function : functions)
        names.append(QString::fromUtf8(function.config.name));
    QStringList told;
    for (std::size_t at = 0; at < functions.size(); ++at) {
        const QString &name = names[static_cast<qsizetype>(at)];
        const App *app = catalog.app(functions[at].app);
        const bool isClear = names.count(name) == 1 || app == nullptr;
        told.append(isClear ? name : u"%1 (%2)"_s.arg(name, QString::fromUtf8(app->name)));
    }
    return told;
}

/// Where an app is looked for, and what was there instead.
QString lookingWords(const devserver::api::ServerState &state)
{
    const QString looking =
        FirstChecks::tr("Looking for your app on ports %1.").arg(portsWords(state.port));
    if (!state.otherPorts)
        return looking;
    if (state.otherPorts->empty())
        return looking + u' ' + FirstChecks::tr("Nothing listens on any of them.");
    QStringList ports;
    for (const quint16 port : *state.otherPorts)
        ports.append(QString::number(port));
    const QString last = ports.takeLast();
    return looking + u' '
           + (ports.isEmpty()
                  ? FirstChecks::tr("What listens on %1 is no app, or is not at the usual path; "
                                    "nothing on the others.")
                        .arg(last)
                  : FirstChecks::tr("What listens on %1 and %2 is no app, or is not at the usual "
                                    "path; nothing on the others.")
                        .arg(ports.join(u", "_s), last));
}

} // namespace

FirstChecks::FirstChecks(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_enterAddress(new QPushButton(tr("Enter address…"), this))
    , m_address(new QLineEdit(this))
    , m_answer(new QLabel(this))
    , m_sends(new QWidget(this))
    , m_sendRow(new FlowLayout(8, m_sends))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 5, 0, 0); // on the line of the tabs beside it
    layout->setSpacing(10);
    m_server = addLine(u"checkServer"_s);
    m_app = addLine(u"checkApp"_s);
    buildAddress();
    m_function = addLine(u"checkFunction"_s);
    auto *sends = new QHBoxLayout;
    sends->setContentsMargins(textStart, 0, 0, 0);
    sends->addWidget(m_sends);
    layout->addLayout(sends);
    m_run = addLine(u"checkRun"_s);
    layout->addStretch(1);
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
    row->setSpacing(textStart - iconSize);
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
    m_address->setPlaceholderText(tr("Such as localhost:3000/api/inngest"));
    m_address->hide();
    m_answer->setObjectName(u"checkAnswer"_s);
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    m_answer->hide();
    auto *column = new QVBoxLayout;
    column->setContentsMargins(textStart, 0, 0, 0);
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
    connect(m_address, &QLineEdit::textChanged, this, &FirstChecks::noteAddress);
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
    const auto first = [&apps](const auto &fits) -> const App * {
        const auto found = std::find_if(apps.begin(), apps.end(), fits);
        return found == apps.end() ? nullptr : &*found;
    };
    const App *healthy = first(isHealthy);
    // What was asked for last comes before what somebody named earlier.
    const App *broken = first([this](const App &app) {
        return isOwn(app) && !app.error.isEmpty() && app.url == m_asked;
    });
    if (broken == nullptr)
        broken = first([](const App &app) { return isOwn(app) && !app.error.isEmpty(); });
    const devserver::api::ServerState state = m_context.backend.server();
    if (healthy != nullptr)
        setLine(m_app, Mark::Done, answeringWords(apps));
    else if (broken != nullptr && isBeingAsked(*broken))
        setLine(m_app, Mark::Open, tr("Asking %1…").arg(QString::fromUtf8(broken->url)));
    else if (broken != nullptr)
        setLine(m_app, Mark::Wrong, fixOf(*broken));
    else
        setLine(m_app, Mark::Open, state.isDiscovering ? lookingWords(state) : tr("Your app"));
    m_enterAddress->setText(healthy != nullptr ? tr("Enter another address…")
                                               : tr("Enter address…"));
    showAnswerOf(healthy != nullptr ? healthy : broken);
}

/// Below the line only what the line itself does not say.
void FirstChecks::showAnswerOf(const App *shown)
{
    if (m_asked.isEmpty())
        return;
    const std::vector<App> apps = m_context.catalog.apps();
    const auto asked = std::find_if(apps.begin(), apps.end(),
                                    [this](const App &app) { return app.url == m_asked; });
    if (asked == apps.end()) {
        if (m_isAskedKnown) { // it registered under another address, or was removed
            m_asked.clear();
            m_answer->hide();
        }
        return;
    }
    m_isAskedKnown = true;
    if (asked->error.isEmpty()) {
        closeAddress();
        return;
    }
    const bool isSaid = shown != nullptr && shown->url == m_asked;
    m_answer->setText(isSaid ? QString() : fixOf(*asked));
    m_answer->setVisible(!m_answer->text().isEmpty());
}

/// It has done its work.
void FirstChecks::closeAddress()
{
    const bool hadFocus = m_address->hasFocus();
    m_address->clear(); // and what is said of it
    m_address->hide();
    m_enterAddress->show();
    if (hadFocus)
        m_enterAddress->setFocus();
}

void FirstChecks::showFunctions()
{
    std::vector<devserver::Function> functions = m_context.catalog.functions();
    std::erase_if(functions, [this](const devserver::Function &function) {
        const App *app = m_context.catalog.app(function.app);
        return app == nullptr || !isOwn(*app);
    });
    const QStringList names = functionNames(m_context.catalog, functions);
    QByteArrayList events;
    for (const devserver::Function &function : functions) {
        for (const devserver::Trigger &trigger : function.config.triggers) {
            const QByteArray &event = trigger.event;
            const bool isSendable =
                !event.isEmpty() && !event.contains('*') && !event.startsWith("inngest/");
            if (isSendable && !events.contains(event))
                events.append(event);
        }
    }
    QString text = tr("First function");
    if (!names.isEmpty()) {
        text = tr("%n function(s): ", nullptr, static_cast<int>(names.size()))
               + names.first(std::min(names.size(), mostNames)).join(u", "_s);
        if (names.size() > mostNames)
            text += tr(" and %n more", nullptr, static_cast<int>(names.size() - mostNames));
    }
    setLine(m_function, names.isEmpty() ? Mark::Open : Mark::Done, text);
    showSends(m_runs == 0 ? events : QByteArrayList());
}

/// Each opens the composer, because nobody knows yet what data such an event has.
void FirstChecks::showSends(const QByteArrayList &events)
{
    m_sends->setVisible(!events.isEmpty());
    if (events == m_events)
        return;
    m_events = events;
    while (QLayoutItem *item = m_sendRow->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be what was clicked
        delete item;
    }
    const QByteArrayList shown = events.first(qMin<qsizetype>(events.size(), mostSends));
    for (const QByteArray &event : shown) {
        const QString name = QString::fromUtf8(event);
        auto *button = new PrimaryButton(m_context.theme, tr("Send %1…").arg(name), m_sends);
        button->setPrimary(m_sendRow->count() == 0); // what comes next
        button->setIcon(m_context.icons.icon(
            u"send"_s, m_sendRow->count() == 0 ? Token::SelectionText : Token::Text));
        button->setObjectName(u"checkSend:"_s + name);
        button->setAccessibleName(button->text());
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this,
                [this, event] { m_context.navigator.composeEvent(event); });
        m_sendRow->addWidget(button);
    }
    if (events.size() > mostSends) {
        auto *more = new QPushButton(
            tr("%n more", nullptr, static_cast<int>(events.size() - mostSends)), m_sends);
        more->setObjectName(u"checkMoreEvents"_s);
        more->setAccessibleName(tr("More events, in Functions"));
        more->setAutoDefault(false);
        connect(more, &QPushButton::clicked, this, [this] {
            m_context.navigator.go({.view = "functions"_ba, .filter = {}, .subject = {}});
        });
        m_sendRow->addWidget(more);
    }
}

/// An answer stands only below the text that it is about.
void FirstChecks::noteAddress()
{
    const QString typed = m_address->text().trimmed();
    const QString address = addressFrom(typed);
    m_asked.clear();
    if (!typed.isEmpty())
        m_answer->setText(address.isEmpty() ? noAddressWords() : tr("Syncs with %1").arg(address));
    m_answer->setVisible(!typed.isEmpty());
}

void FirstChecks::addAddress()
{
    const QString address = addressFrom(m_address->text());
    if (m_address->text().trimmed().isEmpty() || address.isEmpty())
        return; // the note says what is wrong with it
    m_asked.clear();
    m_answer->setText(tr("Asking %1…").arg(address));
    m_answer->show();
    devserver::api::then<devserver::api::AppNoted>(
        m_context.backend.addApp(address.toUtf8()), this,
        [this, address](const devserver::api::AppNoted &noted) {
            if (addressFrom(m_address->text()) != address)
                return; // another one is written meanwhile
            m_asked = noted.url;
            m_isAskedKnown = false;
            m_answer->setText(tr("Waiting for %1").arg(QString::fromUtf8(noted.url)));
            m_answer->show();
            showApps();
        },
        [this, address](const devserver::Error &error) {
            if (addressFrom(m_address->text()) == address)
                m_answer->setText(error.message);
        });
}

} // namespace console

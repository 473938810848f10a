// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/appwords.h"

#include "devserver/model/appports.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>

namespace console {

using namespace Qt::StringLiterals;
using devserver::App;
using devserver::AppKind;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppWords", text);
}

/// What the engine says of an app whose address is known and that was not asked yet.
constexpr auto notAsked = "not synced yet";

/// And of one that answered, but not by registering; what helps may follow.
constexpr auto notRegistered = "the app answered, but did not register at this address";

/// What this server answers to who registers, and the app passes on.
constexpr auto ownKey = "this server has a signing key";

/// And of one that gave no reason.
constexpr QLatin1StringView onlyStatus("the app answered ");

QString hostAndPort(const App &app)
{
    const QUrl url(QString::fromUtf8(app.url));
    return url.port() < 0 ? url.host() : QString(url.host() + u':' + QString::number(url.port()));
}

struct Fix {
    QByteArray code;
    const char *text;
};

/// Of an app that did not answer, by what tells the case in the words of the server or of curl.
/// %1: host and port.
const std::array<Fix, 4> &silences()
{
    static const std::array<Fix, 4> all = {{
        {"Could not resolve host"_ba,
         QT_TRANSLATE_NOOP("AppWords", "There is no host of that name: %1. Check the address.")},
        {"no complete answer"_ba,
         QT_TRANSLATE_NOOP("AppWords", "%1 took the connection but did not answer in time. Is it "
                                       "stopped in a debugger?")},
        {"SSL"_ba,
         QT_TRANSLATE_NOOP("AppWords", "%1 listens, but no https connection came about. Apps on "
                                       "this machine usually have an http:// address.")},
        {"the connection to"_ba,
         QT_TRANSLATE_NOOP("AppWords", "%1 took the connection and closed it without an answer. "
                                       "Is this the port of the app?")},
    }};
    return all;
}

/// %1: host and port, %2: path, %3: what the app said.
const std::array<Fix, 13> &fixes()
{
    static const std::array<Fix, 13> all = {{
        {"unreachable"_ba,
         QT_TRANSLATE_NOOP("AppWords", "Nothing listens on %1. Is the app running? Runs of its "
                                       "functions wait until it is back.")},
        {"unauthorized"_ba,
         QT_TRANSLATE_NOOP("AppWords",
                           "The app wants signed requests. Start it with INNGEST_DEV set, or give "
                           "Redrive the same signing key (--signing-key).")},
        {devserver::callsRefused,
         QT_TRANSLATE_NOOP("AppWords",
                           "Its calls are refused (401): the app runs in cloud mode, and Redrive "
                           "does not have its signing key. Set INNGEST_DEV=1 in the app, or start "
                           "Redrive with the same key (--signing-key).")},
        {devserver::cloudMode,
         QT_TRANSLATE_NOOP("AppWords",
                           "The app runs in cloud mode: set INNGEST_DEV=1 for it, or give Redrive "
                           "its signing key with --signing-key.")},
        {"forbidden"_ba,
         QT_TRANSLATE_NOOP("AppWords", "The app answered 403. It probably runs in cloud mode: "
                                       "start it with INNGEST_DEV set to this server's address.")},
        {"url_not_found"_ba,
         QT_TRANSLATE_NOOP("AppWords", "%1 answers, but there is nothing at %2. Check the path of "
                                       "the serve handler; most apps use /api/inngest.")},
        {"internal_server_error"_ba,
         QT_TRANSLATE_NOOP("AppWords", "The app answered with an error of its own: %3. Its log "
                                       "says more.")},
        {"unsupported_protocol"_ba,
         QT_TRANSLATE_NOOP("AppWords", "What answers at %1 does not speak HTTP: %3. Is this the "
                                       "port of the app?")},
        {"bad_request"_ba,
         QT_TRANSLATE_NOOP("AppWords", "The app could not register its functions: %3")},
        {"sdk_version_denied"_ba,
         QT_TRANSLATE_NOOP("AppWords", "The registration was refused: %3. Update the SDK of the "
                                       "app and start it again.")},
        {"other_app"_ba,
         QT_TRANSLATE_NOOP("AppWords", "Another app answers at %1%2: %3. Edit the address, or "
                                       "remove this app and add the other one.")},
        {"other_address"_ba,
         QT_TRANSLATE_NOOP("AppWords", "The registration was refused: %3. To call it there, edit "
                                       "the address of that app; else remove this one.")},
        {"bad_response"_ba,
         QT_TRANSLATE_NOOP("AppWords", "What answers at %1%2 does not look like an SDK: %3. Is "
                                       "this the address of the serve handler?")},
    }};
    return all;
}

/// It may be a good app that registers at another server.
QString fixOfUnregistered(const App &app)
{
    const QString place = hostAndPort(app) + QUrl(QString::fromUtf8(app.url)).path();
    const qsizetype at = app.errorDetail.indexOf("; ");
    return at < 0 ? tr("%1 answered, but did not register here. Is this the address of the serve "
                       "handler, and is the app started for this server?")
                        .arg(place)
                  : tr("%1 answered, but did not register here: %2.")
                        .arg(place, QString::fromUtf8(app.errorDetail.mid(at + 2)));
}

} // namespace

AppState appState(const App &app, int functions)
{
    if (app.error == "unreachable")
        return app.name.isEmpty() ? AppState::Waiting : AppState::Unreachable;
    if (app.error == "unauthorized" || app.error == "forbidden"
        || app.error == devserver::callsRefused || app.error == devserver::cloudMode)
        return AppState::Refused;
    if (app.error == "sdk_version_denied")
        return AppState::SdkTooOld;
    if (!app.error.isEmpty())
        return AppState::WrongAnswer;
    return functions == 0 ? AppState::NoFunctions : AppState::Synced;
}

QString appStateWord(AppState state)
{
    switch (state) {
    case AppState::Synced:
        return tr("Synced");
    case AppState::Unreachable:
        return tr("Unreachable");
    case AppState::Refused:
        return tr("Refuses us");
    case AppState::NoFunctions:
        return tr("No functions");
    case AppState::SdkTooOld:
        return tr("SDK too old");
    case AppState::WrongAnswer:
        return tr("Sync failed");
    case AppState::Waiting:
        return tr("Not found yet");
    }
    Q_UNREACHABLE();
}

Token appStateToken(AppState state)
{
    switch (state) {
    case AppState::Synced:
        return Token::StateCompleted;
    case AppState::Unreachable:
    case AppState::Refused:
    case AppState::SdkTooOld:
    case AppState::WrongAnswer:
        return Token::StateFailed;
    case AppState::NoFunctions:
        return Token::StateBackoff;
    case AppState::Waiting:
        return Token::StateQueued;
    }
    Q_UNREACHABLE();
}

QString appStateIcon(AppState state)
{
    switch (state) {
    case AppState::Synced:
        return u"state-completed"_s;
    case AppState::Unreachable:
        return u"state-offline"_s;
    case AppState::Refused:
    case AppState::SdkTooOld:
    case AppState::WrongAnswer:
        return u"state-failed"_s;
    case AppState::NoFunctions:
        return u"state-backoff"_s;
    case AppState::Waiting:
        return u"state-queued"_s;
    }
    Q_UNREACHABLE();
}

QString appFix(const App &app, int functions)
{
    if (app.error.isEmpty()) {
        return functions > 0
                   ? QString()
                   : tr("The app is reachable but registered no functions. Are they passed to its "
                        "serve handler?");
    }
    if (isBeingAsked(app))
        return tr("The app is being asked for its functions.");
    for (const Fix &silence : silences()) {
        if (app.error == "unreachable" && app.errorDetail.contains(silence.code))
            return tr(silence.text).arg(hostAndPort(app));
    }
    if (app.error == "unreachable" && app.name.isEmpty()) // it never was there
        return tr("Nothing listens on %1. Is the app running? It is asked again every few seconds.")
            .arg(hostAndPort(app));
    if (app.errorDetail.startsWith(notRegistered))
        return fixOfUnregistered(app);
    const QString detail = QString::fromUtf8(app.errorDetail);
    if (app.error == "internal_server_error" && detail.startsWith(onlyStatus))
        return tr("The app answered %1, which is an error of its own. Its log says more.")
            .arg(detail.mid(onlyStatus.size()));
    if (app.error == "unauthorized" && app.errorDetail.startsWith(ownKey))
        return tr("Redrive was started with a signing key (--signing-key), and the app has another "
                  "one or none. Start both with the same key.");
    const QString path = QUrl(QString::fromUtf8(app.url)).path();
    for (const Fix &fix : fixes()) {
        if (fix.code != app.error)
            continue;
        QString text = tr(fix.text);
        text.replace(u"%1"_s, hostAndPort(app));
        text.replace(u"%2"_s, path);
        text.replace(u"%3"_s, detail);
        if (app.error == devserver::cloudMode && !app.name.isEmpty())
            text += u' ' + tr("Runs of its functions wait, and no attempts are used up.");
        return text;
    }
    return detail.isEmpty() ? QString::fromUtf8(app.error) : detail;
}

bool isBeingAsked(const App &app)
{
    return !app.error.isEmpty() && app.errorDetail == notAsked;
}

bool isGuess(const App &app)
{
    return app.isFound && !app.isNamed && app.name.isEmpty();
}

bool isCounted(const App &app)
{
    return !isGuess(app) || appState(app, 0) == AppState::Refused;
}

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

QString noAddressWords()
{
    return tr("Not an address: a port, host:port or http URL is needed.");
}

QString sdkWords(const QByteArray &sdk)
{
    const qsizetype colon = sdk.indexOf(':');
    if (colon < 0)
        return QString::fromUtf8(sdk);
    static const std::array<std::pair<QByteArray, const char *>, 4> languages = {{
        {"js"_ba, "TypeScript"},
        {"py"_ba, "Python"},
        {"go"_ba, "Go"},
        {"cpp"_ba, "C++"},
    }};
    QString language = QString::fromUtf8(sdk.left(colon));
    for (const auto &[code, name] : languages) {
        if (code == sdk.left(colon))
            language = QString::fromLatin1(name);
    }
    QString version = QString::fromUtf8(sdk.mid(colon + 1));
    if (version.startsWith(u'v'))
        version.remove(0, 1);
    return language + u' ' + version;
}

QString appAddress(const App &app)
{
    const QString url = QString::fromUtf8(app.url);
    const QString plain = u"http://"_s;
    return url.startsWith(plain) ? url.mid(plain.size()) : url;
}

QString contactWords(const AppContact &contact)
{
    if (contact.error.isEmpty())
        return tr("Answered and registered its functions");
    const QString word = appStateWord(appState(App{.name = "app"_ba, .error = contact.error}, 1));
    if (contact.detail.isEmpty())
        return word;
    // As a part of the sentence, unless it is a name: `HTTP 500` stays.
    QString detail = QString::fromUtf8(contact.detail);
    if (detail.size() > 1 && detail[1].isLower())
        detail[0] = detail[0].toLower();
    return word + u": "_s + detail;
}

QString appTitle(const App &app)
{
    if (!app.name.isEmpty())
        return QString::fromUtf8(app.name);
    return app.url.isEmpty() ? tr("this process") : hostAndPort(app);
}

QString portsWords(quint16 ownPort)
{
    const std::vector<quint16> ports = devserver::appPorts(ownPort);
    QStringList words;
    for (std::size_t first = 0, next = 0; first < ports.size(); first = next) {
        for (next = first + 1; next < ports.size() && ports[next] == ports[next - 1] + 1;)
            ++next;
        const QString from = QString::number(ports[first]);
        const QString to = QString::number(ports[next - 1]);
        const QString noBreak(QChar(0x2060)); // word joiner: a line does not end in a range
        words.append(from == to ? from : QString(from + noBreak + u'–' + noBreak + to));
    }
    const QString last = words.takeLast();
    return tr("%1 and %2").arg(words.join(u", "_s), last);
}

QString appMethod(const App &app)
{
    if (app.kind == AppKind::InProcess)
        return tr("Built in");
    if (app.isFound)
        return tr("Found");
    return app.isNamed ? tr("Added") : tr("Registered");
}

QString appMethodWords(const App &app)
{
    if (app.kind == AppKind::InProcess)
        return tr("its functions are in this process");
    if (app.isFound)
        return tr("found on one of the usual ports");
    return app.isNamed ? tr("added by its address, here or on the command line") : tr("registered");
}

bool hasAnyAnswered(const std::vector<devserver::App> &apps)
{
    return std::any_of(apps.begin(), apps.end(), [](const devserver::App &app) {
        return app.kind == devserver::AppKind::Http && !app.name.isEmpty();
    });
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/noticebar.h"

#include "devserver/api/consolebackend.h"
#include "devserver/model/change.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/widgets/context.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QCoreApplication>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What is told by then is of the start.
constexpr auto startLasts = 3s;
constexpr qsizetype mostNamed = 8;
/// `shop-charge-order/cron`; comes back with the confirmations.
const QString closedKey = u"confirm/never/notEnforced"_s;
const QByteArray notEnforcedId = "notEnforced"_ba;

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("NoticeBar", text, nullptr, count);
}

QString firstOf(const QStringList &all, const QString &between)
{
    const auto more = static_cast<int>(all.size() - mostNamed);
    const QString named = all.first(std::min(all.size(), mostNamed)).join(between);
    return more > 0 ? QString(named + between + tr("and %n more", more)) : named;
}

/// What apps use and this version does not act on, as far as nobody has closed a bar about it.
struct NotEnforced {
    QStringList apps;
    QStringList lines; ///< `shop: charge-order (cron, throttle)`
    QStringList keys;
    bool hasCron = false;

    void add(const QString &app, const std::vector<devserver::Function> &functions,
             const QStringList &closed)
    {
        bool hasAppCron = false;
        QStringList uses;
        QStringList ofApp; // by function: of another one it is news
        for (const devserver::Function &function : functions) {
            const QByteArrayList &names = function.config.notEnforced;
            if (names.isEmpty())
                continue;
            uses.append(QString::fromUtf8(function.config.slug + " (" + names.join(", ") + ')'));
            for (const QByteArray &name : names)
                ofApp.append(QString::fromUtf8(function.config.slug + '/' + name));
            hasAppCron = hasAppCron || names.contains("cron");
        }
        const bool isNew = std::any_of(ofApp.begin(), ofApp.end(), [&closed](const QString &key) {
            return !closed.contains(key);
        });
        if (!isNew)
            return;
        apps.append(app);
        lines.append(app + u": "_s + firstOf(uses, u", "_s));
        hasCron = hasCron || hasAppCron;
        keys += ofApp;
    }

    [[nodiscard]] QString words() const
    {
        const QString use =
            apps.size() == 1
                ? tr("App %1 uses settings that this version accepts but does not enforce")
                      .arg(apps.front())
                : tr("%n apps use settings that this version accepts but does not enforce",
                     static_cast<int>(apps.size()));
        return hasCron ? tr("%1; a cron trigger does not start its function").arg(use) : use;
    }
};

InfoText::Button showButton(const std::vector<devserver::RunId> &runs, Navigator &navigator)
{
    const QString text = tr("Show %n run(s)", static_cast<int>(runs.size()));
    if (runs.size() == 1)
        return {text, [run = runs.front(), &navigator] { navigator.openRun(run); }};
    QByteArrayList ids;
    for (const devserver::RunId &run : runs)
        ids.append(run.toText());
    return {text,
            [filter = filterTermText("id"_ba, ids), &navigator] { navigator.filterRuns(filter); }};
}

} // namespace

QByteArray appBarId(devserver::AppId app)
{
    return "app:" + app.toText();
}

InfoText noticeBar(const devserver::Notice &notice, Navigator &navigator)
{
    QString text = QString::fromUtf8(notice.text); // as in the log
    text.replace(0, 1, text.left(1).toUpper());
    InfoText info{.id = notice.about.isEmpty() ? notice.text : notice.about,
                  .kind = InfoKind::Info,
                  .text = text,
                  .buttons = {},
                  .details = {}};
    if (notice.isPassing)
        info.lasts = passingBar;
    if (!notice.runs.empty())
        info.buttons.push_back(showButton(notice.runs, navigator));
    return info;
}

NoticeBars::NoticeBars(Context &context, InfoBarStack &bars, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_bars(bars)
    , m_since(context.backend.steadyNow())
    , m_isClosed(!context.settings.value(closedKey).toStringList().isEmpty())
{
    connect(&context.feed, &Feed::noticed, this,
            [this](const std::vector<devserver::Notice> &notices) {
                for (const devserver::Notice &notice : notices)
                    take(notice);
            });
    connect(&context.feed, &Feed::appsChanged, this,
            [this](const std::vector<devserver::AppChanged> &apps) {
                for (const devserver::AppChanged &change : apps) {
                    if (change.isGone) // and its state with it
                        m_bars.dismiss(appBarId(change.app.id));
                }
            });
    connect(&context.catalog, &Catalog::changed, this, &NoticeBars::showNotEnforced);
    connect(&context.settings, &Settings::changed, this, &NoticeBars::tellAgain);
}

void NoticeBars::take(const devserver::Notice &notice)
{
    if (notice.about != devserver::aboutNotEnforced) {
        show(noticeBar(notice, m_context.navigator));
        return;
    }
    m_isNotEnforcedTold = true;
    // The functions come with the same mail, but later.
    QMetaObject::invokeMethod(this, &NoticeBars::showNotEnforced, Qt::QueuedConnection);
}

void NoticeBars::show(const InfoText &info)
{
    if (m_context.backend.steadyNow() - m_since >= startLasts)
        m_bars.showAtRest(info);
    else // nobody aims at anything in a window that has just come
        m_bars.show(info);
}

/// Somebody wants to be asked and told all again.
void NoticeBars::tellAgain()
{
    const bool isClosed = !m_context.settings.value(closedKey).toStringList().isEmpty();
    if (!std::exchange(m_isClosed, isClosed) || isClosed)
        return;
    m_isNotEnforcedTold = true;
    showNotEnforced();
}

/// An earlier version remembered what was closed by app, `shop/cron`: that is of the functions that
/// the app has now, and not of those to come.
void NoticeBars::nameFunctions()
{
    const QStringList before = m_context.settings.value(closedKey).toStringList();
    QStringList closed = before;
    for (const devserver::App &app : m_context.catalog.apps()) {
        for (const devserver::Function &function : m_context.catalog.functions(app.id)) {
            for (const QByteArray &name : function.config.notEnforced) {
                const QString ofApp = QString::fromUtf8(app.name + '/' + name);
                if (!before.contains(ofApp))
                    continue;
                closed.removeAll(ofApp);
                closed.append(QString::fromUtf8(function.config.slug + '/' + name));
            }
        }
    }
    if (closed != before)
        m_context.settings.setValue(closedKey, closed);
}

/// Not what is known from before: it was told then.
void NoticeBars::showNotEnforced()
{
    if (!m_isNotEnforcedTold)
        return;
    nameFunctions();
    const QStringList closed = m_context.settings.value(closedKey).toStringList();
    NotEnforced found;
    for (const devserver::App &app : m_context.catalog.apps())
        found.add(QString::fromUtf8(app.name), m_context.catalog.functions(app.id), closed);
    if (found.apps.isEmpty()) {
        m_shown.clear();
        m_bars.dismiss(notEnforcedId);
        return;
    }
    const QString lines = firstOf(found.lines, u"\n"_s);
    // One that nobody closed may have made room for others.
    if (std::exchange(m_shown, lines) == lines && m_bars.has(notEnforcedId))
        return;
    const auto remember = [this, keys = found.keys] {
        QStringList all = m_context.settings.value(closedKey).toStringList() + keys;
        all.removeDuplicates();
        m_context.settings.setValue(closedKey, all);
        m_isClosed = true;
        m_shown.clear();
    };
    show({.id = notEnforcedId,
          .kind = InfoKind::Info,
          .text = found.words(),
          .buttons = {},
          .details = lines,
          .closed = remember});
}

} // namespace console

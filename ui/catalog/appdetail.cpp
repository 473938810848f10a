// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/appdetail.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/codewords.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/widgets/actionbuttons.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/linklabel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSize = 20;
constexpr std::size_t mostTries = 6;
constexpr int titleGap = 8; ///< above a title, besides that of all lines

void showText(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

AppDetail::AppDetail(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_fix(makeLabel(u"appsFix"_s, false))
    , m_foundAt(makeLinks(u"appsFoundAt"_s))
    , m_functions(makeLinks(u"appsFunctions"_s))
    , m_facts(makeLabel(u"appsFacts"_s, true))
    , m_triedTitle(makeLabel(u"appsTriedTitle"_s, true))
    , m_tried(makeLabel(u"appsTried"_s, true))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 14);
    layout->setSpacing(6);
    makeHeader();
    connect(m_foundAt, &QLabel::linkActivated, this,
            [this](const QString &url) { Q_EMIT addressChosen(url.toUtf8()); });
    connect(m_functions, &QLabel::linkActivated, this,
            [this](const QString &slug) { m_context.navigator.openFunction(slug.toUtf8()); });
    m_facts->setTextFormat(Qt::RichText);
    m_tried->setTextFormat(Qt::RichText); // times below each other
    m_triedTitle->setText(tr("What was tried"));
    QFont strong = m_triedTitle->font();
    strong.setWeight(QFont::DemiBold);
    m_triedTitle->setFont(strong);
    m_triedTitle->setContentsMargins(0, titleGap, 0, 0);
    for (QLabel *label : {m_fix, m_foundAt, m_functions, m_facts, m_triedTitle, m_tried})
        layout->addWidget(label);
}

QLabel *AppDetail::makeLabel(const QString &name, bool isDim)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (isDim)
        label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel *AppDetail::makeLinks(const QString &name)
{
    auto *label = new LinkText(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    keepLinkColour(label, m_context.theme);
    return label;
}

void AppDetail::makeHeader()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_icon = new QLabel(this);
    m_title = new QLabel(this);
    m_title->setObjectName(u"appsTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_state = new QLabel(this);
    m_state->setObjectName(u"appsState"_s);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_state->setFont(font);
    font.setPointSizeF(font.pointSizeF() * 1.3);
    m_title->setFont(font);
    row->addWidget(m_icon);
    row->addWidget(m_title);
    row->addWidget(m_state);
    row->addStretch(1);
    connect(&m_context.theme, &Theme::changed, this, &AppDetail::showState);
    for (const char *id : {"app.sync", "app.editAddress", "app.remove"}) {
        const QString name = QString::fromLatin1(id).replace(u'.', u'_');
        row->addWidget(makeActionButton(m_context, id, name, this));
    }
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void AppDetail::showState()
{
    if (!m_appState)
        return;
    const Token token = appStateToken(*m_appState);
    m_icon->setPixmap(
        m_context.icons.pixmap(appStateIcon(*m_appState), token, iconSize, devicePixelRatioF()));
    m_state->setText(appStateWord(*m_appState));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_context.theme.color(token));
    m_state->setPalette(colors);
}

void AppDetail::showApp(const devserver::App &app, int functions)
{
    for (QLabel *label : {m_facts, m_tried}) {
        if (m_app != app && label->hasSelectedText())
            label->clear(); // that was of something else
    }
    m_app = app;
    m_title->setText(visibleText(appTitle(app)));
    m_appState = appState(app, functions);
    showState();
    showText(m_fix, appFix(app, functions));
    showFoundAt(m_context.catalog.foundAt(app));
    showFunctions(app);
    refreshTimes();
}

std::optional<std::chrono::milliseconds> AppDetail::refreshTimes()
{
    if (!m_appState)
        return std::nullopt;
    showFacts();
    showContacts();
    std::optional<std::chrono::milliseconds> soonest;
    if (m_context.settings.timeStyle() != TimeStyle::Relative)
        return soonest;
    std::vector<devserver::TimePoint> times{m_app.syncedAt};
    for (const AppContact &contact : tries())
        times.push_back(contact.at);
    for (const devserver::TimePoint &time : times) {
        const auto change = devserver::toMs(time) == 0
                                ? std::nullopt
                                : timeUntilTextChanges(time, m_context.backend.now());
        if (change)
            soonest = soonest ? std::min(*soonest, *change) : *change;
    }
    return soonest;
}

void AppDetail::showFacts()
{
    if (m_facts->hasSelectedText()) // another text would take that away
        return;
    QStringList facts;
    if (m_app.kind == devserver::AppKind::Http)
        facts.append(appMethodWords(m_app));
    if (devserver::toMs(m_app.syncedAt) != 0)
        facts.append(tr("last synced %1")
                         .arg(formatTime(m_app.syncedAt, m_context.backend.now(),
                                         m_context.settings.timeStyle())));
    if (!m_app.version.isEmpty())
        facts.append(tr("version %1").arg(QString::fromUtf8(m_app.version)));
    showFactsText(QString::fromUtf8(m_app.url), facts);
}

/// The address that was given may be wrong, or the app not started there yet.
void AppDetail::showFoundAt(const QByteArray &url)
{
    const QString address = QString::fromUtf8(url);
    const QString words = tr("It still answers at %1.").arg(address);
    const QString link = tr("Call it there");
    showText(m_foundAt, url.isEmpty() ? QString()
                                      : QString(words.toHtmlEscaped() + u' '
                                                + linkAmongWords(address.toHtmlEscaped(),
                                                                 link.toHtmlEscaped())));
    m_foundAt->setAccessibleName(words + u' ' + link);
}

/// The address is code, as in the inspector.
void AppDetail::showFactsText(const QString &address, QStringList facts)
{
    QString html;
    for (const QString &fact : std::as_const(facts)) {
        if (!html.isEmpty() || !address.isEmpty())
            html += u"&nbsp;&nbsp; · &nbsp;&nbsp;"_s;
        html += fact.toHtmlEscaped();
    }
    if (!address.isEmpty()) {
        facts.prepend(address);
        html.prepend(codeHtml(address));
    }
    showText(m_facts, html);
    m_facts->setAccessibleName(facts.join(u", "_s));
}

void AppDetail::showFunctions(const devserver::App &app)
{
    QStringList links;
    QStringList names;
    for (const devserver::Function &function : m_context.catalog.functions(app.id)) {
        const QString name = QString::fromUtf8(function.config.name);
        names.append(name);
        links.append(linkAmongWords(QString::fromUtf8(function.config.slug), name.toHtmlEscaped()));
    }
    showText(m_functions,
             links.isEmpty() ? QString() : tr("Functions: %1").arg(links.join(u", "_s)));
    m_functions->setAccessibleName(tr("Functions: %1").arg(names.join(u", "_s)));
}

void AppDetail::noteTry(const QByteArray &url, const AppContact &contact)
{
    std::vector<AppContact> &known = m_byHand[url];
    known.insert(known.begin(), contact);
    known.resize(std::min(known.size(), mostTries));
    if (m_appState)
        refreshTimes();
}

/// Newest first. What was asked by hand and came to something new is a contact, too.
std::vector<AppContact> AppDetail::tries() const
{
    std::vector<AppContact> all = m_context.catalog.contacts(m_app.url);
    const auto byHand = m_byHand.find(m_app.url);
    if (byHand == m_byHand.end())
        return all;
    const std::vector<AppContact> told = all;
    for (const AppContact &contact : byHand->second) {
        const bool isTold = std::ranges::any_of(told, [&contact](const AppContact &other) {
            return other.error == contact.error
                   && std::chrono::abs(other.at - contact.at) < std::chrono::seconds(1);
        });
        if (!isTold)
            all.push_back(contact);
    }
    std::ranges::stable_sort(all, std::ranges::greater(), &AppContact::at);
    all.resize(std::min(all.size(), mostTries));
    return all;
}

/// One good answer says no more than the time of the sync does.
void AppDetail::showContacts()
{
    if (m_tried->hasSelectedText())
        return;
    const std::vector<AppContact> contacts = tries();
    const bool isPlain = contacts.empty() || (contacts.size() == 1 && contacts[0].error.isEmpty());
    QString rows;
    QStringList lines;
    for (const AppContact &contact : contacts) {
        const QString time =
            formatTime(contact.at, m_context.backend.now(), m_context.settings.timeStyle());
        const QString words = contactWords(contact);
        rows +=
            u"<tr><td>%1&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>"_s.arg(time, words.toHtmlEscaped());
        lines.append(time + u", "_s + words);
    }
    showText(m_tried, isPlain ? QString() : u"<table cellspacing=\"0\">%1</table>"_s.arg(rows));
    m_tried->setAccessibleName(lines.join(u'\n'));
    m_triedTitle->setVisible(!isPlain);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/securitypage.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/theme.h"
#include "ui/shell/settingsform.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

constexpr int iconExtent = 16;

/// `signkey-test-…cdef`; of a key that is too short for that only that it is there.
QString wordsOf(const api::KeyTrace &key)
{
    const QString hidden = key.end.isEmpty() ? u"••••"_s : u"…"_s;
    return QString::fromUtf8(key.start) + hidden + QString::fromUtf8(key.end);
}

/// One below the other, those that are always there first.
QString lines(const QString &always, const QByteArrayList &more)
{
    QStringList all{always};
    for (const QByteArray &one : more)
        all.append(QString::fromUtf8(one));
    return all.join(u'\n');
}

} // namespace

SecurityPage::SecurityPage(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_addresses(makeValue(u"securityAddresses"_s))
    , m_openIcon(new QLabel(this))
    , m_open(makeValue(u"securityOpen"_s))
    , m_hosts(makeValue(u"securityHosts"_s))
    , m_origins(makeValue(u"securityOrigins"_s))
    , m_eventKeys(makeValue(u"securityEventKeys"_s))
    , m_signingKey(makeValue(u"securitySigningKey"_s))
    , m_answerIcon(new QLabel(this))
{
    setObjectName(u"settingsSecurity"_s);
    const SettingsForm page = makeSettingsPage(tr("Security"), u"resetSecurity"_s, this);
    page.reset->hide(); // nothing here is chosen
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(page.widget);
    auto *area = new QWidget(page.widget);
    addFields(area);
    page.content->addWidget(area);
    page.content->addStretch(1);
    connect(&context.backend, &api::ConsoleBackend::serverChanged, this, &SecurityPage::showAccess);
    connect(&context.theme, &Theme::changed, this, &SecurityPage::showAccess);
    showAccess();
}

SecurityPage::~SecurityPage()
{
    if (m_reply)
        m_reply->cancel();
}

void SecurityPage::addFields(QWidget *area)
{
    m_open->setTextInteractionFlags(Qt::NoTextInteraction); // its options are not broken then
    m_form = makeFields(area);
    auto *promise = new QLabel(tr("This program sends nothing anywhere."), area);
    promise->setObjectName(u"securityPromise"_s);
    m_form->addRow(promise);
    auto *listening = new QWidget(area);
    auto *both = new QVBoxLayout(listening);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(4);
    both->addWidget(m_addresses);
    m_openIcon->setObjectName(u"securityOpenIcon"_s);
    both->addLayout(makeSentence(m_openIcon, m_open));
    addHeading(tr("Access"));
    addField(m_form, tr("Listens on"), listening, m_addresses);
    addField(m_form, tr("Host names"), m_hosts, m_hosts);
    addField(m_form, tr("Web origins"), m_origins, m_origins);
    addHeading(tr("Keys"));
    addField(m_form, tr("Event keys"), m_eventKeys, m_eventKeys);
    addField(m_form, tr("Signing key"), m_signingKey, m_signingKey);
    auto *note = makeHint(
        tr("These are set when the program starts, with --host, --port, --allow-origin, "
           "--event-key and --signing-key, or with variables such as REDRIVE_EVENT_KEY. Keys are "
           "kept in memory only."),
        area);
    note->setObjectName(u"securityNote"_s);
    m_form->addRow(note); // before the one field that is no setting
    m_testHeading = addHeading(tr("Does your app have the same signing key?"));
    m_testHeading->setObjectName(u"securityTestHeading"_s);
    m_test = makeTest();
    addField(m_form, tr("Key of your app"), m_test, m_key);
}

/// Of the fields below it, farther from those above.
QLabel *SecurityPage::addHeading(const QString &text)
{
    constexpr int gap = 6;
    auto *heading = new QLabel(text, m_form->parentWidget());
    QFont strong = heading->font();
    strong.setWeight(QFont::DemiBold);
    heading->setFont(strong);
    heading->setContentsMargins(0, gap, 0, 0);
    m_form->addRow(heading);
    return heading;
}

QLabel *SecurityPage::makeValue(const QString &name)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// A warning is not told by its colour alone.
QLayout *SecurityPage::makeSentence(QLabel *icon, QLabel *text)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    icon->setFixedSize(iconExtent, std::max(iconExtent, text->fontMetrics().height()));
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(text, 1);
    return row;
}

/// Code among the words may move their first line down.
void SecurityPage::standBeside(QLabel *icon, const QLabel *text)
{
    const int fall = fallOfFirstLine(text);
    icon->setContentsMargins(0, fall, 0, 0);
    icon->setFixedHeight(std::max(iconExtent, text->fontMetrics().height()) + fall);
}

void SecurityPage::dress(QLabel *icon, QLabel *text, bool isGood)
{
    const Token token = isGood ? Token::StateCompleted : Token::StateFailed;
    icon->setPixmap(m_context.icons.pixmap(isGood ? u"check"_s : u"warning"_s, token, iconExtent,
                                           devicePixelRatioF()));
    QPalette colors = text->palette();
    colors.setColor(QPalette::WindowText, m_context.theme.color(token));
    text->setPalette(colors);
}

QWidget *SecurityPage::makeTest()
{
    auto *test = new QWidget(this);
    auto *layout = new QVBoxLayout(test);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_key = new QLineEdit(test);
    m_key->setObjectName(u"securityKey"_s);
    m_key->setAccessibleName(tr("Signing key of your app"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(tr("INNGEST_SIGNING_KEY of your app"));
    m_compare = new QPushButton(tr("Compare"), test);
    m_compare->setObjectName(u"securityCompare"_s);
    m_compare->setAccessibleName(tr("Compare with the signing key of the server"));
    m_compare->setAutoDefault(false);
    row->addWidget(m_key, 1);
    row->addWidget(m_compare);
    layout->addLayout(row);
    m_answer = makeValue(u"securityAnswer"_s);
    m_answerIcon->setObjectName(u"securityAnswerIcon"_s);
    layout->addLayout(makeSentence(m_answerIcon, m_answer)); // nothing below it moves
    connect(&m_context.theme, &Theme::changed, m_answer, [this] { paintAnswer(); });
    test->setFocusProxy(m_key);
    const auto allow = [this] {
        const bool isThere = !m_key->text().trimmed().isEmpty();
        m_compare->setEnabled(isThere);
        m_compare->setToolTip(isThere ? QString() : tr("Write the key of your app first"));
        m_answer->clear(); // it was about another key
        m_answerIcon->clear();
    };
    connect(m_key, &QLineEdit::textChanged, this, allow);
    connect(m_key, &QLineEdit::returnPressed, this, &SecurityPage::compare);
    connect(m_compare, &QPushButton::clicked, this, &SecurityPage::compare);
    allow();
    return test;
}

void SecurityPage::showAccess()
{
    const api::ServerAccess access = m_context.backend.server().access;
    QStringList addresses;
    for (const api::BoundAddress &address : access.addresses)
        addresses.append(address.text);
    m_addresses->setText(addresses.isEmpty() ? tr("Nowhere: the server does not run")
                                             : addresses.join(u'\n'));
    const bool isOpen = std::ranges::any_of(
        access.addresses, [](const api::BoundAddress &address) { return !address.isLoopback; });
    m_open->setVisible(isOpen);
    m_openIcon->setVisible(isOpen);
    writeWithCode(
        m_open,
        access.signingKey
            ? tr("Other machines can reach this server. Whoever has the signing key can read runs "
                 "and retry them.")
            : tr("Other machines can reach this server, and nobody is asked for a key: whoever "
                 "reaches it can read runs and retry them. Start it with --signing-key, or for "
                 "this machine only with --host\u00a0127.0.0.1."));
    dress(m_openIcon, m_open, false);
    standBeside(m_openIcon, m_open);
    m_hosts->setText(
        lines(tr("IP addresses, localhost, names that end in .localhost, host.docker.internal"),
              access.hosts));
    m_origins->setText(lines(tr("Pages on this machine, on any port"), access.origins));
    QStringList eventKeys;
    for (const api::KeyTrace &key : access.eventKeys)
        eventKeys.append(wordsOf(key));
    writeWithCode(
        m_eventKeys,
        eventKeys.isEmpty()
            ? tr("Any key is accepted")
            : tr("%1 (given with %2)").arg(eventKeys.join(u", "_s), access.eventKeysFrom));
    writeWithCode(
        m_signingKey,
        access.signingKey
            ? tr("%1 (given with %2)").arg(wordsOf(*access.signingKey), access.signingKeyFrom)
            : tr("None: calls to apps are not signed, and clients of the API need none"));
    // Without a key there is nothing to compare with.
    for (QWidget *row : {static_cast<QWidget *>(m_testHeading), m_test})
        m_form->setRowVisible(row, access.signingKey.has_value());
}

void SecurityPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QWidget::keyPressEvent(event);
}

void SecurityPage::compare()
{
    if (!m_compare->isEnabled())
        return;
    if (m_reply)
        m_reply->cancel();
    m_reply = m_context.backend.compareSigningKey(m_key->text().trimmed().toUtf8());
    api::then<api::KeyComparison>(
        m_reply, this, [this](api::KeyComparison found) { say(found); },
        [this](const devserver::Error &error) {
            m_isSame = false;
            m_answer->setText(tr("The keys could not be compared: %1").arg(error.message));
            showAnswer();
        });
}

void SecurityPage::say(api::KeyComparison found)
{
    const bool isSame = found == api::KeyComparison::Same;
    switch (found) {
    case api::KeyComparison::Same:
        m_answer->setText(tr("This is the key of the server: apps that use it are accepted."));
        break;
    case api::KeyComparison::Other:
        m_answer->setText(
            tr("This is another key: the server refuses apps that sign with it. Give both the "
               "same key; upper and lower case matter."));
        break;
    case api::KeyComparison::NoKey:
        m_answer->setText(
            tr("This is not a signing key: a key is an even number of hex digits, with or "
               "without a prefix such as signkey-test-."));
        break;
    case api::KeyComparison::NoneHere:
        m_answer->setText(tr("The server has no signing key."));
        break;
    }
    m_isSame = isSame;
    showAnswer();
}

void SecurityPage::paintAnswer()
{
    if (m_answer->text().isEmpty())
        return;
    dress(m_answerIcon, m_answer, m_isSame);
}

/// By its lines the page may be higher than its place, as soon as they are laid out.
void SecurityPage::showAnswer()
{
    paintAnswer();
    for (QWidget *around = parentWidget(); around != nullptr; around = around->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(around)) {
            connect(
                area->verticalScrollBar(), &QScrollBar::rangeChanged, m_answer,
                [this, area] { area->ensureWidgetVisible(m_answer); }, Qt::SingleShotConnection);
            return;
        }
    }
}

} // namespace console

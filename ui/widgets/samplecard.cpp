// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/samplecard.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/widgets/context.h"
#include "ui/widgets/controlpaint.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/primarybutton.h"
#include "ui/widgets/sampleevents.h"
#include "ui/widgets/sampleload.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::ServerPhase;

namespace {

constexpr int margin = 18;
constexpr int iconSize = 28;
constexpr int charsForTwo = 125; ///< from this width on there are two buttons in a row

/// Whoever has brought functions sends them an event next; till then the sample is the way to see
/// something.
bool hasOwnFunction(const Catalog &catalog)
{
    const std::vector<devserver::Function> functions = catalog.functions();
    return std::any_of(functions.begin(), functions.end(), [&](const devserver::Function &each) {
        const devserver::App *app = catalog.app(each.app);
        return app != nullptr && app->kind == devserver::AppKind::Http;
    });
}

} // namespace

SampleCard::SampleCard(Context &context, QWidget *parent)
    : Card(context.theme, parent)
    , m_context(context)
    , m_what(makeDimText(QString(), this))
    , m_all(new PrimaryButton(context.theme, tr("Send one of each"), this))
    , m_load(new QPushButton(tr("Send many"), this))
    , m_switch(new PrimaryButton(context.theme, QString(), this))
    , m_events(new QWidget(this))
    , m_grid(new QGridLayout(m_events))
    , m_answerRow(new QWidget(this))
    , m_answer(makeDimText(QString(), m_answerRow))
    , m_showRuns(new QPushButton(tr("Show runs"), m_answerRow))
{
    setObjectName(u"sampleCard"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(margin, margin - 4, margin, margin - 4);
    layout->setSpacing(10);
    makeHead();
    m_grid->setContentsMargins(iconSize + margin, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(6);
    layout->addWidget(m_events);
    makeAnswer();
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &SampleCard::showState);
    connect(&context.catalog, &Catalog::changed, this, &SampleCard::showEvents);
    connect(&SampleLoad::of(context), &SampleLoad::changed, this, &SampleCard::followLoad);
    showState();
}

void SampleCard::makeHead()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(margin);
    auto *icon = new QLabel(this);
    const auto draw = [this, icon] {
        icon->setPixmap(
            m_context.icons.pixmap(u"flask"_s, Token::TextDim, iconSize, devicePixelRatioF()));
    };
    draw();
    connect(&m_context.theme, &Theme::changed, icon, draw);
    row->addWidget(icon, 0, Qt::AlignVCenter);
    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    auto *title = new QLabel(tr("Sample functions"), this);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    words->addWidget(title);
    words->addWidget(m_what);
    row->addLayout(words, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_all->setObjectName(u"sampleSendAll"_s);
    m_all->setAccessibleName(m_all->text());
    m_all->setToolTip(tr("Runs, a dead letter, a sleeper and events: something for every view"));
    m_load->setObjectName(u"sampleLoad"_s);
    m_load->setIcon(m_context.icons.icon(u"gauge"_s));
    m_load->setToolTip(
        tr("%1 orders a second for %2 s").arg(SampleLoad::perSecond).arg(SampleLoad::seconds));
    m_switch->setObjectName(u"sampleStart"_s);
    for (QPushButton *button : std::initializer_list<QPushButton *>{m_all, m_load, m_switch})
        buttons->addWidget(button, 0, Qt::AlignVCenter);
    row->addLayout(buttons);
    connect(m_all, &QPushButton::clicked, this, &SampleCard::sendAll);
    connect(m_load, &QPushButton::clicked, this, &SampleCard::switchLoad);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(m_switch, &QPushButton::clicked, this, &SampleCard::switchSample);
}

void SampleCard::makeAnswer()
{
    m_answer->setObjectName(u"sampleAnswer"_s);
    m_showRuns->setObjectName(u"sampleShowRuns"_s);
    m_showRuns->setAccessibleName(m_showRuns->text());
    m_showRuns->setAutoDefault(false);
    auto *row = new QHBoxLayout(m_answerRow);
    row->setContentsMargins(iconSize + margin, 0, 0, 0);
    row->addWidget(m_answer, 1);
    row->addWidget(m_showRuns);
    m_answerRow->hide();
    layout()->addWidget(m_answerRow);
    connect(m_showRuns, &QPushButton::clicked, this,
            [this] { m_context.navigator.go({.view = "runs"_ba, .filter = {}, .subject = {}}); });
}

void SampleCard::showState()
{
    const devserver::api::ServerState state = m_context.backend.server();
    const bool isServing = state.phase == ServerPhase::Serving;
    m_switch->setText(state.hasSample ? tr("Stop sample") : tr("Start"));
    m_switch->setAccessibleName(state.hasSample ? tr("Stop the sample functions")
                                                : tr("Start the sample functions"));
    m_switch->setEnabled(isServing);
    m_switch->setToolTip(!isServing        ? tr("The server does not run")
                         : state.hasSample ? tr("Takes the sample functions away: their events "
                                                "start no more runs")
                                           : QString());
    showEvents();
}

void SampleCard::showEvents()
{
    const devserver::api::ServerState state = m_context.backend.server();
    const bool isServing = state.phase == ServerPhase::Serving;
    const bool isNext = !hasOwnFunction(m_context.catalog);
    m_switch->setPrimary(!state.hasSample && isNext);
    const QByteArrayList events =
        state.hasSample ? sampleTriggers(m_context.catalog) : QByteArrayList();
    if (events != m_shown) {
        m_shown = events;
        makeEntries();
    }
    m_all->setVisible(!events.isEmpty());
    m_all->setPrimary(isNext);
    m_switch->setIcon(
        m_context.icons.icon(state.hasSample ? u"stop"_s : u"play"_s,
                             !state.hasSample && isNext ? Token::SelectionText : Token::Text));
    m_all->setIcon(m_context.icons.icon(u"send"_s, isNext ? Token::SelectionText : Token::Text));
    m_what->setText(tr("An order flow, a flaky import, a poison job, sleeps and long runs.")
                    + (state.hasSample ? QString() : u' ' + tr("Start sends one event of each.")));
    std::vector<QPushButton *> buttons = {m_all, m_load};
    for (const Entry &entry : m_entries)
        buttons.push_back(entry.button);
    for (QPushButton *button : buttons)
        button->setEnabled(isServing);
    for (const Entry &entry : m_entries)
        entry.button->setToolTip(isServing ? QString() : tr("The server does not run"));
    m_events->setVisible(!m_entries.empty());
    showLoad();
}

void SampleCard::makeEntries()
{
    for (const Entry &entry : m_entries) {
        entry.button->hide();
        entry.text->hide();
        entry.button->deleteLater(); // it may be what was clicked
        entry.text->deleteLater();
    }
    m_entries.clear();
    QWidget *before = m_switch; // what is made last would come last with Tab
    for (const QByteArray &event : std::as_const(m_shown)) {
        const QString name = QString::fromUtf8(event);
        const QString label = tr("Send %1").arg(name);
        const Entry entry{.button =
                              new QPushButton(m_context.icons.icon(u"send"_s), label, m_events),
                          .text = makeDimText(sampleWords(event), m_events)};
        entry.button->setObjectName(u"sample:"_s + name);
        entry.button->setAccessibleName(label);
        entry.button->setAccessibleDescription(entry.text->text());
        entry.button->setAutoDefault(false);
        entry.button->setProperty(leadingContent, true); // signs below each other
        connect(entry.button, &QPushButton::clicked, this, [this, event] { send(event); });
        setTabOrder(before, entry.button);
        before = entry.button;
        m_entries.push_back(entry);
    }
    m_columns = 0;
    arrange();
}

/// While it goes on its button stops it.
void SampleCard::showLoad()
{
    const SampleLoad &load = SampleLoad::of(m_context);
    m_load->setVisible(load.isRunning() || m_shown.contains("order/created"));
    m_load->setText(load.isRunning() ? tr("Stop sending") : tr("Send many"));
    m_load->setAccessibleName(m_load->text());
    m_load->setAccessibleDescription(load.words().isEmpty() ? m_load->toolTip() : load.words());
}

/// News of it, in the place of other answers.
void SampleCard::followLoad()
{
    showLoad();
    if (!SampleLoad::of(m_context).words().isEmpty())
        answer(SampleLoad::of(m_context).words(), true);
}

/// Two in a row where there is room for their sentences.
void SampleCard::arrange()
{
    const int columns = width() >= fontMetrics().averageCharWidth() * charsForTwo ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int row = 0; row < m_grid->rowCount(); ++row)
        m_grid->setRowMinimumHeight(row, 0); // of the other number of columns
    int widest = 0;
    for (const Entry &entry : m_entries)
        widest = std::max(widest, entry.button->sizeHint().width());
    for (std::size_t at = 0; at < m_entries.size(); ++at) {
        const auto row = static_cast<int>(at) / columns;
        const auto column = static_cast<int>(at) % columns * 2;
        m_grid->addWidget(m_entries[at].button, row, column);
        m_grid->setColumnMinimumWidth(column, widest); // the same in both
        m_grid->addWidget(m_entries[at].text, row, column + 1);
        // Rows of equal height, whether the sentence has one line or two.
        const int lines = m_entries[at].text->fontMetrics().lineSpacing() * columns;
        m_grid->setRowMinimumHeight(row,
                                    std::max(m_entries[at].button->sizeHint().height(), lines));
    }
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(3, columns == 2 ? 1 : 0);
    if (columns == 1)
        m_grid->setColumnMinimumWidth(2, 0);
}

void SampleCard::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    arrange();
}

void SampleCard::switchSample()
{
    m_answerRow->hide();
    const bool isStart = !m_context.backend.server().hasSample;
    if (SampleLoad &load = SampleLoad::of(m_context); !isStart && load.isRunning())
        load.stop(); // nobody would take what it sends
    devserver::api::then<devserver::api::Done>(
        m_context.backend.setSample(isStart), this,
        [this, isStart](const devserver::api::Done &) {
            showState();
            if (isStart)
                sendAll(); // the functions are there before the events are
        },
        [this](const devserver::Error &error) { answer(error.message, false); });
}

void SampleCard::send(const QByteArray &event)
{
    const QString name = QString::fromUtf8(event);
    send(sampleJson(event), tr("%1 is sent; its run is in Runs.").arg(name), name,
         tr("%1 is sent.").arg(name));
}

void SampleCard::sendAll()
{
    send(oneOfEachSample(), tr("One of each event is sent; their runs are in Runs."),
         tr("One of each event"), tr("One of each sample event is sent."));
}

void SampleCard::send(const QByteArray &json, const QString &done, const QString &what,
                      const QString &news)
{
    devserver::api::then<devserver::api::Sent>(
        m_context.backend.send(json), this,
        [this, done, news](const devserver::api::Sent &) {
            answer(done, true);
            Q_EMIT sent(news);
        },
        [this, what](const devserver::Error &error) {
            answer(tr("%1 was not sent: %2").arg(what, error.message), false);
        });
}

void SampleCard::switchLoad()
{
    SampleLoad &load = SampleLoad::of(m_context);
    if (load.isRunning()) {
        load.stop();
        return;
    }
    load.start();
    Q_EMIT sent(tr("%1 orders a second are being sent for %2 s; Activity shows how far they are.")
                    .arg(SampleLoad::perSecond)
                    .arg(SampleLoad::seconds));
}

void SampleCard::answer(const QString &text, bool isSent)
{
    m_answer->setText(text);
    m_showRuns->setVisible(isSent);
    m_answerRow->show();
}

} // namespace console

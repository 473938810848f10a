// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/samplecard.h"

#include "devserver/api/consolebackend.h"
#include "devserver/model/jsonwriter.h"
#include "ui/core/catalog.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/primarybutton.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::ServerPhase;

namespace {

constexpr int margin = 18;
constexpr int iconSize = 28;
constexpr int charsForTwo = 125; ///< from this width on there are two buttons in a row

/// What the functions of app/sample do with an event, and the data they want.
struct SampleEvent {
    const char *name;
    const char *data;
    const char *what;
};

constexpr SampleEvent knownEvents[] = {
    {"order/created", R"({"orderId":"o-1001","items":2,"total":49.9,"customer":"ada@example.org"})",
     QT_TRANSLATE_NOOP("console::SampleCard",
                       "Four steps, two of them in parallel, and a sleep of 2 s.")},
    {"sample/import", "{}",
     QT_TRANSLATE_NOOP("console::SampleCard", "Fails twice, then works: see how it is retried.")},
    {"sample/poison", R"({"message":"unreadable"})",
     QT_TRANSLATE_NOOP("console::SampleCard", "Fails three times and ends in Dead letters.")},
    {"sample/repair", R"({"works":true})",
     QT_TRANSLATE_NOOP("console::SampleCard",
                       "Then Retry in Dead letters works: it goes on at the failed step.")},
    {"sample/sleep", R"({"seconds":60})",
     QT_TRANSLATE_NOOP("console::SampleCard", "Sleeps for a minute: see it in Waiting, skip it.")},
    {"sample/steps", R"({"count":200})",
     QT_TRANSLATE_NOOP("console::SampleCard", "200 steps, for a look at the timeline.")},
};

const SampleEvent *known(const QByteArray &event)
{
    const auto *found =
        std::find_if(std::begin(knownEvents), std::end(knownEvents),
                     [&](const SampleEvent &sample) { return event == sample.name; });
    return found == std::end(knownEvents) ? nullptr : found;
}

/// In the order of the table; what it does not know comes last.
auto rankOf(const QByteArray &event)
{
    const SampleEvent *sample = known(event);
    return sample == nullptr ? std::ssize(knownEvents) : sample - std::begin(knownEvents);
}

QByteArrayList sampleTriggers(const Catalog &catalog)
{
    QByteArrayList events;
    for (const devserver::Function &function : catalog.functions()) {
        const devserver::App *app = catalog.app(function.app);
        if (app == nullptr || app->kind != devserver::AppKind::InProcess)
            continue;
        for (const devserver::Trigger &trigger : function.config.triggers) {
            const QByteArray &event = trigger.event;
            const bool isOfServer = event.startsWith("inngest/");
            if (!event.isEmpty() && !isOfServer && !event.contains('*') && !events.contains(event))
                events.append(event);
        }
    }
    std::stable_sort(events.begin(), events.end(), [](const QByteArray &a, const QByteArray &b) {
        return rankOf(a) < rankOf(b);
    });
    return events;
}

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
    row->addWidget(icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    auto *title = new QLabel(tr("Sample functions"), this);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    words->addWidget(title);
    words->addWidget(
        makeDimText(tr("An order flow, a flaky import, a poison job, sleeps and long runs, "
                       "inside this program."),
                    this));
    row->addLayout(words, 1);
    m_switch->setObjectName(u"sampleStart"_s);
    row->addWidget(m_switch, 0, Qt::AlignVCenter);
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
    m_switch->setText(state.hasSample ? tr("Stop") : tr("Start"));
    m_switch->setAccessibleName(state.hasSample ? tr("Stop the sample functions")
                                                : tr("Start the sample functions"));
    m_switch->setEnabled(isServing);
    m_switch->setToolTip(isServing ? QString() : tr("The server does not run"));
    showEvents();
}

void SampleCard::showEvents()
{
    const devserver::api::ServerState state = m_context.backend.server();
    const bool isServing = state.phase == ServerPhase::Serving;
    m_switch->setPrimary(!state.hasSample && !hasOwnFunction(m_context.catalog));
    const QByteArrayList events =
        state.hasSample ? sampleTriggers(m_context.catalog) : QByteArrayList();
    QByteArrayList shown;
    for (const Entry &entry : m_entries)
        shown.append(entry.event);
    if (shown != events) {
        for (const Entry &entry : m_entries) {
            entry.button->hide();
            entry.text->hide();
            entry.button->deleteLater(); // it may be what was clicked
            entry.text->deleteLater();
        }
        m_entries.clear();
        for (const QByteArray &event : events) {
            const SampleEvent *sample = known(event);
            const QString name = QString::fromUtf8(event);
            const QString label = event == "sample/repair" ? tr("Mend the parser (%1)").arg(name)
                                                           : tr("Send %1").arg(name);
            Entry entry{.event = event,
                        .button = new QPushButton(m_context.icons.icon(u"send"_s), label, m_events),
                        .text = makeDimText(sample == nullptr ? tr("Starts a sample function.")
                                                              : tr(sample->what),
                                            m_events)};
            entry.button->setObjectName(u"sample:"_s + name);
            entry.button->setAccessibleName(label);
            entry.button->setAccessibleDescription(entry.text->text());
            entry.button->setAutoDefault(false);
            connect(entry.button, &QPushButton::clicked, this, [this, event] { send(event); });
            m_entries.push_back(entry);
        }
        m_columns = 0;
        arrange();
    }
    for (const Entry &entry : m_entries) {
        entry.button->setEnabled(isServing);
        entry.button->setToolTip(isServing ? QString() : tr("The server does not run"));
    }
    m_events->setVisible(!m_entries.empty());
}

/// Two in a row where there is room for their sentences.
void SampleCard::arrange()
{
    const int columns = width() >= fontMetrics().averageCharWidth() * charsForTwo ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (std::size_t at = 0; at < m_entries.size(); ++at) {
        const auto row = static_cast<int>(at) / columns;
        const auto column = static_cast<int>(at) % columns * 2;
        m_grid->addWidget(m_entries[at].button, row, column);
        m_grid->addWidget(m_entries[at].text, row, column + 1);
    }
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(3, columns == 2 ? 1 : 0);
}

void SampleCard::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    arrange();
}

void SampleCard::switchSample()
{
    m_answerRow->hide();
    devserver::api::then<devserver::api::Done>(
        m_context.backend.setSample(!m_context.backend.server().hasSample), this,
        [this](const devserver::api::Done &) { showState(); },
        [this](const devserver::Error &error) { answer(error.message, false); });
}

void SampleCard::send(const QByteArray &event)
{
    const SampleEvent *sample = known(event);
    devserver::JsonWriter writer;
    writer.beginObject().key("name").string(event);
    writer.key("data").raw(sample == nullptr ? QByteArrayView("{}") : QByteArrayView(sample->data));
    writer.endObject();
    devserver::api::then<devserver::api::Sent>(
        m_context.backend.send(writer.take()), this,
        [this, event](const devserver::api::Sent &) {
            answer(tr("%1 is sent; its run is in Runs.").arg(QString::fromUtf8(event)), true);
            Q_EMIT sent(event);
        },
        [this, event](const devserver::Error &error) {
            answer(tr("%1 was not sent: %2").arg(QString::fromUtf8(event), error.message), false);
        });
}

void SampleCard::answer(const QString &text, bool isSent)
{
    m_answer->setText(text);
    m_showRuns->setVisible(isSent);
    m_answerRow->show();
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/welcomepage.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/card.h"
#include "ui/widgets/context.h"
#include "ui/widgets/firstchecks.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/linklabel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/samplecard.h"
#include "ui/widgets/servertrouble.h"
#include "ui/widgets/snippetbox.h"
#include "ui/widgets/view.h"

#include <QAction>
#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <set>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int widestPage = 1000;
constexpr int pageMargin = 24;
constexpr int cardMargin = 18;
constexpr int charsOfChecks = 26;

QLabel *heading(const QString &text, double scale, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

WelcomePage::WelcomePage(Context &context, QWidget *parent)
    : QScrollArea(parent)
    , m_context(context)
{
    setObjectName(u"welcomePage"_s);
    setAccessibleName(tr("Getting started"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setBackgroundRole(QPalette::Window);
    auto *page = new QWidget(this);
    auto *centre = new QHBoxLayout(page);
    centre->setContentsMargins(pageMargin, pageMargin - 6, pageMargin, pageMargin - 6);
    auto *column = new QWidget(page);
    column->setMaximumWidth(widestPage);
    centre->addWidget(column, 1);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    m_title = heading(QString(), 1.6, column);
    m_title->setObjectName(u"welcomeTitle"_s);
    m_dataFile = makeDimText(QString(), column);
    m_dataFile->setObjectName(u"welcomeDataFile"_s);
    m_dataFile->setAlignment(Qt::AlignRight | Qt::AlignBottom);
    auto *head = new QHBoxLayout;
    head->setSpacing(pageMargin);
    head->addWidget(m_title, 1);
    head->addWidget(m_dataFile, 1);
    auto *manual = new QLabel(column);
    setLoneLink(manual, tr("Read about it in the manual").toHtmlEscaped(), u"start"_s);
    manual->setObjectName(u"welcomeManual"_s);
    manual->setAccessibleName(tr("Read about it in the manual"));
    keepLinkColour(manual, context.theme);
    connect(manual, &QLabel::linkActivated, this,
            [this](const QString &section) { m_context.navigator.openManual(section.toLatin1()); });
    head->addWidget(manual, 0, Qt::AlignBottom);
    layout->addLayout(head);
    auto *trouble = new ServerTrouble(context, column);
    layout->addWidget(trouble);
    auto *sample = new SampleCard(context, column);
    connect(sample, &SampleCard::sent, this, &WelcomePage::pointBack);
    layout->addWidget(sample);
    layout->addWidget(makeConnectCard());
    layout->addStretch(1);
    setWidget(page);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &WelcomePage::showState);
    connect(&context.catalog, &Catalog::changed, this, &WelcomePage::showFound);
    connect(&context.feed, &Feed::countersChanged, this,
            [this](const devserver::api::Counters &counters) {
                m_title->setText(counters.all == 0 ? tr("Nothing has run here yet")
                                                   : tr("Getting started"));
            });
    m_title->setText(tr("Nothing has run here yet"));
    showState();
    showFound();
}

QWidget *WelcomePage::makeConnectCard()
{
    auto *card = new Card(m_context.theme, this);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(cardMargin, cardMargin - 4, cardMargin, cardMargin - 4);
    layout->setSpacing(10);
    m_cardTitle = heading({}, 1.15, card);
    m_cardTitle->setObjectName(u"welcomeConnect"_s);
    m_showCode = new QPushButton(tr("Show example code"), card);
    m_showCode->setObjectName(u"welcomeShowCode"_s);
    m_showCode->setAccessibleName(m_showCode->text());
    m_showCode->setAutoDefault(false);
    auto *head = new QHBoxLayout; // as that of the sample: what is below is about the app alone
    head->addWidget(m_cardTitle, 1);
    head->addWidget(m_showCode);
    layout->addLayout(head);
    m_howFound = makeDimText({}, card);
    layout->addWidget(m_howFound);
    m_snippet = new SnippetBox(m_context, card);
    m_row = new QBoxLayout(QBoxLayout::LeftToRight);
    m_row->setSpacing(cardMargin);
    m_row->addWidget(m_snippet, 3);
    m_row->addWidget(new FirstChecks(m_context, card), 2);
    layout->addLayout(m_row);
    connect(m_showCode, &QPushButton::clicked, this, [this] {
        m_isCodeWanted = true;
        showFound();
        m_snippet->setFocus();
    });
    return card;
}

/// When an app answers, the card shows its functions and what to send (ui.md §19); the code to
/// begin with has done its work then.
void WelcomePage::showFound()
{
    const std::vector<devserver::Function> functions = m_context.catalog.functions();
    std::set<devserver::AppId> found;
    for (const devserver::Function &function : functions) {
        const devserver::App *app = m_context.catalog.app(function.app);
        if (app != nullptr && app->kind == devserver::AppKind::Http && app->error.isEmpty())
            found.insert(app->id);
    }
    const bool isFound = !found.empty();
    m_cardTitle->setText(found.size() > 1 ? tr("Your apps")
                         : isFound        ? tr("Your app")
                                          : tr("Connect your app"));
    m_howFound->setVisible(!isFound);
    m_snippet->setVisible(!isFound || m_isCodeWanted);
    m_showCode->setVisible(isFound && !m_isCodeWanted);
}

/// The code is read whole: the checks stand beside it only where there is room for both.
void WelcomePage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    const int room =
        std::min(viewport()->width() - 2 * pageMargin, widestPage) - 2 * cardMargin - cardMargin;
    const int checks = fontMetrics().averageCharWidth() * charsOfChecks;
    const bool isWide = room >= m_snippet->textWidth() + checks;
    m_row->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_snippet->setMinimumWidth(isWide ? m_snippet->textWidth() : 0);
}

void WelcomePage::showState()
{
    const devserver::api::ServerState state = m_context.backend.server();
    m_dataFile->setText(state.dataFile.isEmpty()
                            ? tr("Runs are kept in memory only and are gone when Redrive ends.")
                            : tr("Runs are kept in %1.").arg(state.dataFile));
    m_howFound->setText(
        state.isDiscovering
            ? tr("Any app with an Inngest SDK works unchanged. Start it on one of the usual ports "
                 "and it is found automatically.")
            : tr("Any app with an Inngest SDK works unchanged. Start it and add its address under "
                 "Apps: they are not looked for."));
}

/// The first run takes the place of this page in Runs, and with it the other buttons.
void WelcomePage::pointBack(const QString &words)
{
    View *view = nullptr;
    for (QWidget *above = parentWidget(); above != nullptr && view == nullptr;
         above = above->parentWidget())
        view = qobject_cast<View *>(above);
    if (view == nullptr)
        return; // this is Getting started itself
    view->infoBars().show(
        {.id = "sample"_ba,
         .kind = InfoKind::Success,
         .text = tr("%1 Help › Getting started has more sample events.").arg(words),
         .buttons = {{tr("Getting started"),
                      [this] { m_context.actions.action("help.start"_ba)->trigger(); }}},
         .details = {},
         .lasts = passingBar});
}

} // namespace console

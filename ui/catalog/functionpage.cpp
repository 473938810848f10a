// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/functionpage.h"

#include "devserver/api/consolebackend.h"
#include "ui/catalog/functionsteps.h"
#include "ui/catalog/runstrip.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/codewords.h"
#include "ui/core/configsentences.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/widgets/actionbuttons.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/fittinglabel.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/linklabel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/whenserving.h"

#include <QGridLayout>
#include <QLabel>
#include <QRegularExpression>
#include <QScrollArea>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

/// Wants to be read in one line: another label that may be broken asks for hardly half a line.
/// A word that is wider than the page gives way; the tooltip has all of it.
class TitleLabel final : public FittingLabel
{
public:
    using FittingLabel::FittingLabel;

    void setWhole(const QString &whole)
    {
        m_whole = whole;
        fit();
        updateGeometry();
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const int line = fontMetrics().horizontalAdvance(m_whole) + around();
        return {line, heightForWidth(line)};
    }

    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const QSize least = QLabel::minimumSizeHint();
        return {std::min(least.width(), leastTitle * fontMetrics().averageCharWidth()),
                least.height()};
    }

protected:
    [[nodiscard]] QString whole() const override { return m_whole; }

    [[nodiscard]] QString textFor(int width) const override
    {
        // A line ends behind blanks and hyphens.
        static const QRegularExpression word(u"[\\s-]*[^\\s-]+[\\s-]*|[\\s-]+"_s);
        const int room = std::max(width - around(), 1);
        QString shown;
        for (auto each = word.globalMatch(m_whole); each.hasNext();) {
            const QString part = each.next().captured();
            // Elision does not round as widths do.
            shown += fontMetrics().horizontalAdvance(part) <= room
                         ? part
                         : fontMetrics().elidedText(part, Qt::ElideRight, room);
        }
        return shown;
    }

private:
    [[nodiscard]] int around() const
    {
        const QMargins margins = contentsMargins();
        return 2 + 2 * margin() + margins.left() + margins.right();
    }

    static constexpr int leastTitle = 8; ///< in characters

    QString m_whole;
};

namespace {

constexpr int side = 12;              ///< room left and right of everything
constexpr qint64 enoughForShare = 20; ///< completed runs: of fewer, 95 % are all

template<typename Label = QLabel>
Label *selectable(QWidget *parent, const QString &text = {})
{
    auto *label = new Label(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    label->setWordWrap(true);
    return label;
}

QLabel *heading(QWidget *parent, const QString &text)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// What tabs hold has the ground of the lists, as in the other details.
QWidget *whitePage(QWidget *parent)
{
    auto *page = new QWidget(parent);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    return page;
}

/// Shares and medians only of what is enough for them.
QString figuresOf(const api::FunctionStats &stats)
{
    const qint64 ended = stats.completed + stats.failed;
    if (ended == 0)
        return stats.last.empty() ? FunctionPage::tr("It has not run yet.")
                                  : FunctionPage::tr("It has not ended a run yet.");
    if (ended == 1)
        return stats.median ? FunctionPage::tr("1 run has ended, it took %1")
                                  .arg(formatDuration(*stats.median))
                            : FunctionPage::tr("1 run has ended, it failed");
    QStringList figures{FunctionPage::tr("%1 of %2 ended runs completed (%3 %)")
                            .arg(formatCount(stats.completed), formatCount(ended))
                            .arg(100 * stats.completed / ended)};
    if (stats.median && stats.completed > 1)
        figures.append(FunctionPage::tr("median %1").arg(formatDuration(*stats.median)));
    if (stats.p95 && stats.completed >= enoughForShare)
        figures.append(FunctionPage::tr("95 % within %1").arg(formatDuration(*stats.p95)));
    return figures.join(u"   ·   "_s);
}

} // namespace

FunctionPage::FunctionPage(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *header = new QVBoxLayout;
    header->setContentsMargins(side, 12, side, 8);
    header->setSpacing(4);
    buildHeader(header);
    layout->addLayout(header);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"functionTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildOverview(), tr("Overview"));
    auto *scroll = new QScrollArea(m_tabs);
    scroll->setObjectName(u"functionConfiguration"_s);
    scroll->setAccessibleName(tr("Configuration"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    m_configuration = whitePage(scroll);
    scroll->setWidget(m_configuration);
    m_tabs->addTab(scroll, tr("Configuration"));
    m_steps = new FunctionSteps(context, m_tabs);
    m_steps->setBackgroundRole(QPalette::Base);
    m_steps->setAutoFillBackground(true);
    m_tabs->addTab(m_steps, tr("Steps"));
    layout->addWidget(m_tabs, 1);

    connect(&context.catalog, &Catalog::changed, this, &FunctionPage::fill);
    connect(&context.theme, &Theme::changed, this, &FunctionPage::fill);
    connect(
        &context.feed, &Feed::runsChanged, this, [this](const std::vector<api::RunSummary> &runs) {
            const bool isMine = std::any_of(runs.begin(), runs.end(),
                                            [this](const auto &run) { return run.slug == m_slug; });
            if (isMine && isVisible())
                askStats();
            else
                m_isOutdated = m_isOutdated || isMine;
        });
    whenServing(context.backend, this, [this] {
        m_hasStats = false; // it may serve another file
        askStats();
    });
}

void FunctionPage::buildHeader(QVBoxLayout *layout)
{
    m_title = selectable<TitleLabel>(this);
    m_title->setObjectName(u"functionTitle"_s);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    auto *actions = new QWidget(this);
    auto *row = new QHBoxLayout(actions);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (const char *id : {"function.invoke", "function.sample", "function.runs"}) {
        const QString name = QString::fromLatin1(id).replace(u'.', u'_');
        row->addWidget(makeActionButton(m_context, id, name, actions));
    }
    m_title->setMinimumHeight(actions->sizeHint().height()); // in the middle of one line
    // Beside the name, as in all details; below it where one of the two would be cut.
    auto *first = new FlowLayout(8);
    first->setLastAtEnd();
    first->addWidget(m_title);
    first->addWidget(actions);
    layout->addLayout(first);
    m_subtitle = selectable(this);
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_subtitle);
}

QWidget *FunctionPage::buildOverview()
{
    QWidget *page = whitePage(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(side, 14, side, 14);
    layout->setSpacing(6);
    m_triggersTitle = heading(page, {});
    layout->addWidget(m_triggersTitle);
    m_triggers = selectable(page);
    m_triggers->setObjectName(u"functionTriggers"_s);
    m_triggers->setTextFormat(Qt::RichText);
    layout->addWidget(m_triggers);
    layout->addSpacing(12);
    layout->addWidget(heading(page, tr("Latest runs")));
    m_legend = selectable(page, tr("The newest is on the right; the taller, the longer it took.\n"
                                   "Hollow: has not ended, its height is not to scale."));
    m_legend->setObjectName(u"functionLegend"_s);
    m_legend->setForegroundRole(QPalette::PlaceholderText);
    m_strip = new RunStrip(m_context, page);
    m_strip->setObjectName(u"functionStrip"_s);
    connect(m_strip, &RunStrip::opened, this,
            [this](devserver::RunId run) { m_context.navigator.openRun(run); });
    layout->addWidget(m_strip);
    layout->addWidget(m_legend);
    m_figures = selectable(page);
    m_figures->setObjectName(u"functionFigures"_s);
    layout->addWidget(m_figures);
    layout->addSpacing(12);
    m_errorTitle = heading(page, tr("Last error"));
    layout->addWidget(m_errorTitle);
    m_lastError = new LinkText(page);
    m_lastError->setWordWrap(true);
    m_lastError->setObjectName(u"functionLastError"_s);
    m_lastError->setTextFormat(Qt::RichText);
    m_lastError->setTextInteractionFlags(Qt::LinksAccessibleByMouse
                                         | Qt::LinksAccessibleByKeyboard);
    connect(m_lastError, &QLabel::linkActivated, this, [this](const QString &id) {
        if (const std::optional<devserver::RunId> run = devserver::RunId::fromText(id.toLatin1()))
            m_context.navigator.openRun(*run);
    });
    layout->addWidget(m_lastError);
    keepLinkColour(m_lastError, m_context.theme);
    showLastError(nullptr);
    layout->addStretch(1);
    return page;
}

void FunctionPage::showFunction(const QByteArray &slug)
{
    if (slug == m_slug)
        return;
    m_slug = slug;
    m_hasStats = false;
    m_strip->setRuns({});
    m_figures->clear();
    m_steps->clear();
    showLastError(nullptr);
    fill();
    askStats();
}

void FunctionPage::fill()
{
    const devserver::Function *function = m_context.catalog.functionBySlug(m_slug);
    setEnabled(function != nullptr);
    if (function == nullptr)
        return;
    m_title->setWhole(visibleText(QString::fromUtf8(function->config.name)));
    const devserver::App *app = m_context.catalog.app(function->app);
    QStringList subtitle; // the slug, unless it is what stands above
    if (function->config.name != m_slug)
        subtitle.append(QString::fromUtf8(m_slug));
    if (app != nullptr)
        subtitle.append(tr("app %1").arg(appTitle(*app)));
    m_subtitle->setText(visibleText(subtitle.join(u" · "_s)));
    QStringList triggers;
    QStringList spoken;
    for (const devserver::Trigger &trigger : function->config.triggers) {
        spoken.append(triggerWords(trigger));
        triggers.append(withCode(spoken.last(), triggerCodes(trigger)));
    }
    m_triggersTitle->setText(triggers.size() == 1 ? tr("Trigger") : tr("Triggers"));
    m_triggers->setText(triggers.isEmpty() ? tr("none; it can only be invoked")
                                           : triggers.join(u"<br>"_s));
    m_triggers->setAccessibleName(triggers.isEmpty() ? m_triggers->text() : spoken.join(u'\n'));
    fillConfiguration(*function);
}

void FunctionPage::fillConfiguration(const devserver::Function &function)
{
    delete m_configuration->layout();
    qDeleteAll(m_configuration->findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
    auto *grid = new QGridLayout(m_configuration);
    grid->setContentsMargins(side, 6, side, 14); // rows have air of their own
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    const std::vector<ConfigLine> lines = configLines(function);
    const auto other = std::ranges::find(lines, false, &ConfigLine::isEnforced);
    std::for_each(lines.begin(), other,
                  [this, grid](const ConfigLine &line) { addSetting(grid, line); });
    QStringList unset = unsetSettings(function);
    if (const auto handler = failureHandlerLine(function, m_context.catalog.functions()))
        addSetting(grid, *handler);
    else
        unset.append(failureHandlerTitle());
    if (!unset.isEmpty()) {
        QVBoxLayout *cell = addSettingRow(grid, tr("Not set"));
        QLabel *names = selectable(m_configuration, unset.join(u", "_s));
        names->setForegroundRole(QPalette::PlaceholderText);
        cell->addWidget(names);
    }
    if (other != lines.end())
        addNotEnforced(grid);
    std::for_each(other, lines.end(),
                  [this, grid](const ConfigLine &line) { addSetting(grid, line); });
    grid->setRowStretch(grid->rowCount(), 1);
}

/// Above what this version takes from the registration and does not act on.
void FunctionPage::addNotEnforced(QGridLayout *grid)
{
    grid->addWidget(makeRule(m_configuration), grid->rowCount(), 0, 1, 2);
    QLabel *note = selectable(m_configuration, notEnforcedWords());
    note->setObjectName(u"functionNotEnforced"_s);
    QPalette colors = note->palette();
    // The ground is that of lists, and so is the role of what is written on it.
    colors.setColor(note->foregroundRole(), m_context.theme.color(Token::StateBackoff));
    note->setPalette(colors);
    note->setContentsMargins(0, 14, 0, 8);
    grid->addWidget(note, grid->rowCount(), 0, 1, 2);
}

/// What it does; below that what was registered.
void FunctionPage::addSetting(QGridLayout *grid, const ConfigLine &line)
{
    QVBoxLayout *cell = addSettingRow(grid, line.title);
    QLabel *sentence = selectable(m_configuration, line.sentence);
    if (!line.codes.isEmpty()) {
        sentence->setTextFormat(Qt::RichText);
        sentence->setText(withCode(line.sentence, line.codes));
        sentence->setAccessibleName(line.sentence);
    }
    cell->addWidget(sentence);
    if (line.raw.isEmpty())
        return;
    QLabel *raw = selectable(m_configuration, line.raw);
    useCodeFont(raw);
    raw->setForegroundRole(QPalette::PlaceholderText);
    cell->addWidget(raw);
}

QVBoxLayout *FunctionPage::addSettingRow(QGridLayout *grid, const QString &title)
{
    constexpr int air = 8;
    if (grid->count() > 0)
        grid->addWidget(makeRule(m_configuration), grid->rowCount(), 0, 1, 2);
    const int row = grid->rowCount();
    QLabel *name = heading(m_configuration, title);
    name->setContentsMargins(0, air, 0, air);
    grid->addWidget(name, row, 0, Qt::AlignTop);
    auto *cell = new QVBoxLayout;
    cell->setContentsMargins(0, air, 0, air);
    cell->setSpacing(4);
    grid->addLayout(cell, row, 1);
    return cell;
}

void FunctionPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_isOutdated, false))
        askStats();
}

void FunctionPage::askStats()
{
    if (m_slug.isEmpty())
        return;
    if (m_isAsking) { // one question at a time; the answer asks again
        m_isStale = true;
        return;
    }
    m_isAsking = true;
    m_isStale = false;
    const auto next = [this] {
        m_isAsking = false;
        if (m_isStale)
            askStats();
    };
    api::then<api::FunctionStats>(
        m_context.backend.ask(api::FunctionStatsQuery{.slug = m_slug}), this,
        [this, next, slug = m_slug](const api::FunctionStats &stats) {
            if (slug == m_slug)
                showStats(stats);
            next();
        },
        [this, next, slug = m_slug](const devserver::Error &error) {
            if (slug == m_slug) {
                if (!m_hasStats)
                    showUnread();
                Q_EMIT statsFailed(error);
            }
            next();
        });
}

/// Not that there are none.
void FunctionPage::showUnread()
{
    const QString words = tr("Its last runs could not be read.");
    m_strip->hide();
    m_legend->hide();
    m_figures->setText(words);
    m_steps->clear(words);
    showLastError(nullptr);
}

void FunctionPage::showStats(const api::FunctionStats &stats)
{
    m_hasStats = true;
    m_steps->setStats(stats);
    m_strip->setRuns(stats.last);
    m_strip->setVisible(!stats.last.empty());
    m_legend->setVisible(!stats.last.empty());
    m_figures->setText(figuresOf(stats));
    const auto failed = std::find_if(stats.last.begin(), stats.last.end(),
                                     [](const auto &run) { return !run.errorName.isEmpty(); });
    showLastError(failed == stats.last.end() ? nullptr : &*failed);
    Q_EMIT statsRead();
}

void FunctionPage::showLastError(const api::RunSummary *run)
{
    m_errorTitle->setVisible(run != nullptr);
    m_lastError->setVisible(run != nullptr);
    if (run == nullptr) {
        m_lastError->clear();
        return;
    }
    const QString error = QString::fromUtf8(run->errorName + ": " + run->errorMessage);
    const QString id = QString::fromLatin1(run->id.toText());
    const QString shown = shortId(run->id.toText());
    // Not as an age: nothing repaints it while it stands here.
    const TimeStyle style = m_context.settings.timeStyle();
    const QString when =
        run->endedAt ? u" · "_s
                           + formatTime(*run->endedAt, m_context.backend.now(),
                                        style == TimeStyle::Relative ? TimeStyle::Absolute : style)
                     : QString();
    // Like runs among words everywhere: in the font of these, with a line below.
    const QString link = linkAmongWords(id, tr("run %1").arg(shown));
    m_lastError->setText(u"%1<br>%2%3"_s.arg(error.toHtmlEscaped(), tr("in %1").arg(link), when));
    m_lastError->setAccessibleName(
        u"%1, %2%3"_s.arg(error, tr("in %1").arg(tr("run %1").arg(shown)), when));
}

} // namespace console

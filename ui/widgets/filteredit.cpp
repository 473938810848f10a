// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/filteredit.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/core/savedviews.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/completionlist.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStandardItemModel>
#include <QTextCharFormat>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::api::Filter;

namespace {

constexpr auto applyAfter = 250ms;
constexpr auto errorAfter = 400ms;
constexpr auto countAfter = 150ms;
constexpr int mostCounts = 10; ///< proposals that are seen without scrolling
constexpr int mostHistory = 100;
constexpr int textStart = 34; // behind the icon
constexpr int lineHeight = 30;
constexpr int textRole = Qt::UserRole;      ///< what a proposal writes
constexpr int valueRole = Qt::UserRole + 1; ///< without quotes; empty for a key

Token tokenOf(FilterSpan::Kind kind)
{
    switch (kind) {
    case FilterSpan::Kind::Key:
        return Token::JsonKey;
    case FilterSpan::Kind::Operator:
        return Token::TextDim;
    case FilterSpan::Kind::Value:
        return Token::JsonString;
    case FilterSpan::Kind::Word:
        return Token::Text;
    case FilterSpan::Kind::Keyword:
        return Token::Accent;
    }
    Q_UNREACHABLE();
}

} // namespace

FilterEdit::FilterEdit(Context &context, FilterSubject subject, const QByteArray &name,
                       QWidget *parent)
    : QLineEdit(parent)
    , m_context(context)
    , m_subject(subject)
    , m_icon(new QAction(this))
    , m_star(new QAction(this))
    , m_clear(new QAction(this))
    , m_completer(new QCompleter(this))
    , m_proposals(new QStandardItemModel(this))
{
    setObjectName(QString::fromLatin1(name));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter: words, or state:failed fn:charge-* dur:>2s"));
    setFrame(false);
    m_icon->setIcon(context.icons.icon(u"filter"_s, Token::TextDim));
    addAction(m_icon, QLineEdit::LeadingPosition);
    m_star->setObjectName(u"filterStar"_s);
    addAction(m_star, QLineEdit::TrailingPosition);
    connect(m_star, &QAction::triggered, context.actions.action("filter.views"_ba),
            &QAction::trigger);
    connect(&context.savedViews, &SavedViews::changed, this, &FilterEdit::showStar);
    showStar();
    m_clear->setIcon(context.icons.icon(u"close"_s, Token::TextDim));
    m_clear->setToolTip(tr("Clear the filter"));
    addAction(m_clear, QLineEdit::TrailingPosition);
    m_clear->setVisible(false); // only now: its button is made visible
    connect(m_clear, &QAction::triggered, this, [this] { setLine({}); });
    m_completer->setWidget(this);
    m_completer->setModel(m_proposals);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    // Nothing is chosen at first: Enter means what is written.
    dressCompletions(*m_completer, context.theme, tr("Down chooses, Enter inserts, Esc closes"));
    m_completer->popup()->setObjectName(u"filterCompletion"_s);
    m_completer->popup()->setAccessibleName(tr("Proposals"));
    m_completer->popup()->installEventFilter(this);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            &FilterEdit::complete);
    connect(&m_countTimer, &QTimer::timeout, this, &FilterEdit::askCounts);
    for (QTimer *timer : {&m_applyTimer, &m_errorTimer, &m_countTimer})
        timer->setSingleShot(true);
    connect(&m_applyTimer, &QTimer::timeout, this, &FilterEdit::applyNow);
    connect(&m_errorTimer, &QTimer::timeout, this, [this] {
        if (!isBeingWritten())
            showError();
    });
    connect(this, &QLineEdit::textChanged, this, &FilterEdit::parse);
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_historyAt = -1;
        m_applyTimer.start(applyAfter);
        m_errorTimer.start(errorAfter);
        showCompletions();
        if (m_isErrorShown && isBeingWritten())
            sayError(false);
    });
    connect(&context.theme, &Theme::changed, this, [this] {
        colour();
        update();
    });
}

QSize FilterEdit::sizeHint() const
{
    return {QLineEdit::sizeHint().width(), std::max(lineHeight, fontMetrics().height() + 12)};
}

int FilterEdit::xOf(int position) const
{
    return textStart + fontMetrics().horizontalAdvance(text().left(position));
}

void FilterEdit::setLine(const QString &line)
{
    setText(line);
    m_historyAt = -1;
    applyNow();
    showError();
}

void FilterEdit::apply(const Filter &filter)
{
    setLine(filterText(filter));
}

bool FilterEdit::addCondition(const QString &term, bool isNegated)
{
    const ParsedFilter parsed = parseFilter(term, m_context.backend.now(), m_subject);
    if (parsed.error || parsed.filter.isAll())
        return false;
    apply(filterAnd(m_filter, isNegated ? filterNot(parsed.filter) : parsed.filter));
    return true;
}

void FilterEdit::parse()
{
    m_parsed = parseFilter(text(), m_context.backend.now(), m_subject);
    m_clear->setVisible(!text().isEmpty());
    showStar();
    // What is right again is not called wrong any longer.
    if (!m_parsed.error && m_isErrorShown)
        showError();
    colour();
}

QByteArray FilterEdit::viewName() const
{
    static const QByteArray names[] = {"runs"_ba, "events"_ba, "dead"_ba, "waiting"_ba};
    return names[static_cast<int>(m_subject)];
}

void FilterEdit::showStar()
{
    const SavedView *saved = m_context.savedViews.withFilter(viewName(), text().trimmed());
    m_star->setIcon(m_context.icons.icon(saved == nullptr ? u"star"_s : u"star-filled"_s,
                                         saved == nullptr ? Token::TextDim : Token::Accent));
    m_star->setToolTip(saved == nullptr ? tr("Saved views") : tr("Saved as %1").arg(saved->name));
}

void FilterEdit::colour()
{
    QList<QInputMethodEvent::Attribute> attributes;
    const auto add = [&](int start, int length, const QTextCharFormat &format) {
        attributes.append(QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat,
                                                       start - cursorPosition(), length, format));
    };
    for (const FilterSpan &span : m_parsed.spans) {
        QTextCharFormat format;
        format.setForeground(m_context.theme.color(tokenOf(span.kind)));
        add(span.start, span.length, format);
    }
    if (m_parsed.error && m_isErrorShown && m_parsed.error->length > 0) {
        QTextCharFormat format;
        format.setForeground(m_context.theme.color(Token::StateFailed));
        format.setUnderlineColor(m_context.theme.color(Token::StateFailed));
        format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        add(m_parsed.error->position, m_parsed.error->length, format);
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(this, &event);
}

void FilterEdit::applyNow()
{
    m_applyTimer.stop();
    if (m_parsed.error || m_parsed.filter == m_filter)
        return;
    m_filter = m_parsed.filter;
    Q_EMIT filterChanged(m_filter);
}

/// While proposals are shown, or where a value is to come at the caret: nothing is wrong yet.
bool FilterEdit::isBeingWritten() const
{
    if (m_completer->popup()->isVisible())
        return true;
    return hasFocus() && m_parsed.error && m_parsed.error->isIncomplete
           && m_parsed.error->length == 0 && cursorPosition() == text().size();
}

bool FilterEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide && watched == m_completer->popup() && m_parsed.error)
        m_errorTimer.start(errorAfter);
    return QLineEdit::eventFilter(watched, event);
}

void FilterEdit::showError()
{
    m_errorTimer.stop();
    sayError(m_parsed.error.has_value());
}

/// A line with an error does not count: the last one without goes on.
QString FilterEdit::whatIsShown() const
{
    return m_filter.isAll() ? tr("The list still shows everything")
                            : tr("The list still shows the last filter");
}

void FilterEdit::sayError(bool isShown)
{
    m_isErrorShown = isShown;
    const QString message =
        isShown ? QString(m_parsed.error->message + u"  ·  "_s + whatIsShown()) : QString();
    setAccessibleDescription(message);
    colour();
    update();
    Q_EMIT errorShown(message, isShown ? m_parsed.error->position : 0);
}

QStringList FilterEdit::knownValues(const QByteArray &key) const
{
    QStringList values = m_values ? m_values(key) : QStringList();
    if (key == "fn") {
        for (const devserver::Function &function : m_context.catalog.functions())
            values.append(QString::fromUtf8(function.config.name.isEmpty() ? function.config.slug
                                                                           : function.config.name));
    } else if (key == "app") {
        for (const devserver::App &app : m_context.catalog.apps())
            values.append(QString::fromUtf8(app.name));
    } else if (key == "event") {
        for (const QByteArray &name : m_context.catalog.triggerNames())
            values.append(QString::fromUtf8(name));
    }
    values.removeDuplicates();
    return values;
}

void FilterEdit::showCompletions()
{
    const FilterCompletion found =
        completeFilter(text(), cursorPosition(), m_subject,
                       [this](const QByteArray &key) { return knownValues(key); });
    m_proposalStart = found.start;
    m_proposalLength = found.length;
    m_proposalKey = found.key;
    for (const QPointer<devserver::api::Reply> &reply : std::exchange(m_counting, {})) {
        if (reply)
            reply->cancel();
    }
    m_proposals->clear();
    for (const FilterCompletion::Item &item : found.items) {
        auto *row = new QStandardItem(
            item.what.isEmpty() ? item.text : QString(item.text + u"   "_s + item.what));
        row->setData(item.text, textRole);
        row->setData(item.text, CompletionNameRole);
        row->setData(item.what, CompletionNoteRole);
        row->setData(item.value, valueRole);
        row->setEditable(false);
        m_proposals->appendRow(row); // owns it
    }
    if (found.items.empty()) {
        m_countTimer.stop();
        m_completer->popup()->hide();
        return;
    }
    if (!m_proposalKey.isEmpty())
        m_countTimer.start(countAfter);
    constexpr int width = 320;
    const int x = std::clamp(xOf(found.start) - 6, 0, std::max(0, this->width() - width));
    console::showCompletions(*m_completer, QRect(x, 0, width, height()));
    // Nothing is chosen before somebody chooses, so that Enter means what is written.
    m_completer->popup()->setCurrentIndex({});
}

/// What the list would show then; if the rest of the line is not right, all that has the value.
ParsedFilter FilterEdit::filterWithProposal(const QStandardItem &proposal) const
{
    const devserver::TimePoint now = m_context.backend.now();
    QString line = text();
    line.replace(m_proposalStart, m_proposalLength, proposal.data(textRole).toString());
    if (const ParsedFilter parsed = parseFilter(line, now, m_subject); !parsed.error)
        return parsed;
    const QString value = proposal.data(valueRole).toString();
    return parseFilter(filterTermText(m_proposalKey, {value.toUtf8()}), now, m_subject);
}

void FilterEdit::askCounts()
{
    using devserver::api::Count;
    using devserver::api::CountQuery;
    static constexpr CountQuery::Of subjects[] = {CountQuery::Of::Runs, CountQuery::Of::Events,
                                                  CountQuery::Of::Letters};
    if (!m_completer->popup()->isVisible())
        return;
    for (int row = 0; row < std::min(m_proposals->rowCount(), mostCounts); ++row) {
        const ParsedFilter parsed = filterWithProposal(*m_proposals->item(row));
        if (parsed.error)
            continue;
        const QPersistentModelIndex place = m_proposals->index(row, 0);
        if (m_counter) {
            showCount(place, {.rows = m_counter(parsed.filter)});
            continue;
        }
        auto *reply = m_context.backend.ask(
            CountQuery{.of = subjects[static_cast<int>(m_subject)], .filter = parsed.filter});
        m_counting.emplace_back(reply);
        devserver::api::then<Count>(
            reply, this, [this, place](const Count &count) { showCount(place, count); },
            [](const devserver::Error &) {}); // then it has no number
    }
}

void FilterEdit::showCount(const QPersistentModelIndex &place, const devserver::api::Count &count)
{
    if (!place.isValid())
        return;
    const QString rows = formatCount(count.rows) + (count.isExact ? u""_s : u"+"_s);
    m_proposals->setData(place, rows, CompletionNoteRole);
    m_proposals->setData(place, QString(place.data(textRole).toString() + u"   "_s + rows));
}

void FilterEdit::complete(const QModelIndex &index)
{
    const QString proposal = index.data(textRole).toString();
    QString line = text();
    line.replace(m_proposalStart, m_proposalLength, proposal);
    setText(line);
    setCursorPosition(m_proposalStart + static_cast<int>(proposal.size()));
    m_applyTimer.start(applyAfter);
    m_errorTimer.start(errorAfter);
    if (proposal.endsWith(u':'))
        showCompletions();
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    QAbstractItemView *popup = m_completer->popup();
    const int key = event->key();
    const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (popup->isVisible()) {
        if ((isEnter || key == Qt::Key_Tab) && popup->currentIndex().isValid()) {
            event->ignore(); // the completer takes it
            return;
        }
        if (isEnter || key == Qt::Key_Escape)
            popup->hide();
        if (key == Qt::Key_Escape)
            return;
    }
    if (isEnter) {
        applyNow();
        showError();
        remember();
        m_historyAt = -1;
        return;
    }
    if (key == Qt::Key_Escape) {
        if (text().isEmpty())
            Q_EMIT left();
        else
            setLine({});
        return;
    }
    if ((key == Qt::Key_Up && walkHistory(1)) || (key == Qt::Key_Down && walkHistory(-1)))
        return;
    if (key == Qt::Key_Down && (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        Q_EMIT wentDown();
        Q_EMIT left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

QString FilterEdit::historyKey() const
{
    static constexpr const char *names[] = {"runs", "events", "letters", "waiting"};
    return u"filter/history/"_s + QString::fromLatin1(names[static_cast<int>(m_subject)]);
}

bool FilterEdit::walkHistory(int step)
{
    if (!text().isEmpty() && m_historyAt < 0)
        return false;
    const QStringList lines = m_context.settings.value(historyKey()).toStringList();
    const int at = m_historyAt + step;
    if (at < -1) // it is not walked
        return false;
    if (at >= static_cast<int>(lines.size()))
        return true;
    setLine(at < 0 ? QString() : lines.at(at));
    m_historyAt = at;
    return true;
}

void FilterEdit::remember()
{
    const QString line = text().trimmed();
    if (line.isEmpty() || m_parsed.error)
        return;
    QStringList lines = m_context.settings.value(historyKey()).toStringList();
    lines.removeAll(line);
    lines.prepend(line);
    if (lines.size() > mostHistory)
        lines.resize(mostHistory);
    m_context.settings.setValue(historyKey(), lines);
}

void FilterEdit::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason)
        return;
    applyNow();
    if (m_parsed.error && !m_isErrorShown)
        showError();
    remember();
}

void FilterEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    Token edge = Token::LineStrong;
    if (m_isErrorShown)
        edge = Token::StateFailed;
    else if (hasFocus())
        edge = Token::Accent;
    const double width = hasFocus() || m_isErrorShown ? 2 : 1;
    painter.setPen(QPen(m_context.theme.color(edge), width));
    const double inset = width / 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 4, 4);
}

} // namespace console

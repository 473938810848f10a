// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/palettepopup.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/theme.h"
#include "ui/shell/palettedelegate.h"
#include "ui/shell/palettemodel.h"
#include "ui/shell/palettesources.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyle>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::api::Filter;

namespace {

constexpr auto typingPause = 60ms;
constexpr int rowsShown = 12;
constexpr int mostAnswers = 8;
constexpr int mostRecent = 20;
constexpr int recentBonus = 12;
constexpr int idLength = 26;
constexpr int shortestSearch = 3;
constexpr int wanted = 620; ///< width
constexpr int frame = 1;    ///< line around it
const QString recentKey = u"palette/recent"_s;

/// Dims the window; a click on it leaves the palette.
class Scrim final : public QWidget
{
public:
    Scrim(const Theme &theme, QWidget *window)
        : QWidget(window)
        , m_theme(theme)
    {
        setObjectName(u"paletteScrim"_s);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QPainter(this).fillRect(event->rect(), m_theme.color(Token::Scrim));
    }

private:
    const Theme &m_theme;
};

/// A free word: names, error texts, prefixes of ids.
Filter wordFilter(const QString &text)
{
    Filter filter;
    filter.kind = Filter::Kind::Term;
    filter.term.values = {text.toUtf8()};
    return filter;
}

} // namespace

PalettePopup::PalettePopup(Context &context, QWidget *window)
    : QFrame(window)
    , m_context(context)
    , m_field(new QHBoxLayout)
    , m_edit(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_empty(new QLabel(tr("Nothing found"), this))
    , m_scrim(new Scrim(context.theme, window))
    , m_model(new PaletteModel(this))
{
    setObjectName(u"palette"_s);
    setAccessibleName(tr("Command palette"));
    m_edit->setObjectName(u"paletteEdit"_s);
    m_edit->setAccessibleName(tr("What to do or find"));
    m_edit->setPlaceholderText(
        tr("Search actions, functions, runs and events; ? lists the prefixes"));
    m_edit->addAction(context.icons.icon(u"search"_s, Token::TextDim), QLineEdit::LeadingPosition);
    m_edit->setMinimumHeight(m_edit->fontMetrics().height() + 18);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("Results"));
    m_list->setFocusPolicy(Qt::NoFocus); // typing goes on while rows are chosen
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(context, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setContentsMargins(0, 16, 0, 16);
    auto *layout = new QVBoxLayout(this);
    // The bar of the list is in the room at the right: rows end where the field does.
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // where all is seen it draws nothing
    layout->setSpacing(6);
    m_field->addWidget(m_edit);
    layout->addLayout(m_field);
    layout->addWidget(m_list);
    layout->addWidget(m_empty);
    keepSides();
    hide();
    m_askTimer.setSingleShot(true);
    m_askTimer.setInterval(typingPause);
    m_edit->installEventFilter(this);
    m_scrim->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &PalettePopup::textChanged);
    connect(&m_askTimer, &QTimer::timeout, this, &PalettePopup::askBackend);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_list->setCurrentIndex(index);
        run(Way::Run);
    });
    for (const QString &key : context.settings.value(recentKey).toStringList())
        m_recent.append(key.toLatin1());
}

/// Margins know nothing of the direction, the bar of the list does.
void PalettePopup::keepSides()
{
    const int side = style()->pixelMetric(QStyle::PM_ScrollBarExtent) + frame;
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    layout()->setContentsMargins(isMirrored ? frame : side, side, isMirrored ? side : frame, side);
    m_field->setContentsMargins(isMirrored ? side - frame : 0, 0, isMirrored ? 0 : side - frame, 0);
}

void PalettePopup::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        keepSides();
}

void PalettePopup::open(const QString &text)
{
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    m_answers.clear();
    devserver::api::then<devserver::api::EventNames>(
        m_context.backend.ask(devserver::api::EventNamesQuery{}), this,
        [this](const devserver::api::EventNames &names) { m_names = names; },
        [](const devserver::Error &) {}); // then there are no names to offer
    {
        const QSignalBlocker blocker(m_edit);
        m_edit->setText(text);
    }
    textChanged();
    QFrame::show();
    raise();
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void PalettePopup::place()
{
    const QWidget *window = parentWidget();
    const int rows = std::clamp(m_model->rowCount(), 0, rowsShown);
    m_list->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    m_list->setFixedHeight(rows * m_list->sizeHintForRow(0) + 2);
    const int width =
        std::min(std::max(wanted, fontMetrics().averageCharWidth() * 80), window->width() - 40);
    layout()->activate();
    resize(width, layout()->minimumSize().height());
    move((window->width() - width) / 2, window->height() / 8);
    m_scrim->setGeometry(window->rect());
}

void PalettePopup::close()
{
    m_askTimer.stop();
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

void PalettePopup::textChanged()
{
    for (const QPointer<devserver::api::Reply> &reply : std::exchange(m_replies, {})) {
        if (reply)
            reply->cancel();
    }
    m_answers.clear();
    refill();
    const PaletteQuery query = parsePaletteText(m_edit->text());
    const bool isSearch = query.scope == PaletteScope::All || query.scope == PaletteScope::Ids
                          || query.scope == PaletteScope::Events;
    if (isSearch && query.text.size() >= shortestSearch)
        m_askTimer.start();
    else
        m_askTimer.stop();
}

void PalettePopup::askBackend()
{
    const PaletteQuery query = parsePaletteText(m_edit->text());
    if (query.text.size() == idLength && devserver::Ulid::fromText(query.text.toLatin1())) {
        askById(query.text.toLatin1());
        return;
    }
    const auto ignore = [](const devserver::Error &) {}; // a search that fails finds nothing
    if (query.scope != PaletteScope::Events) {
        auto *runs = m_context.backend.ask(
            devserver::api::RunsQuery{.filter = wordFilter(query.text), .limit = mostAnswers});
        m_replies.emplace_back(runs);
        devserver::api::then<devserver::api::RunPage>(
            runs, this,
            [this](const devserver::api::RunPage &page) {
                for (const devserver::api::RunSummary &run : page.rows)
                    m_answers.push_back(paletteItem(m_context, run));
                refill();
            },
            ignore);
    }
    auto *events = m_context.backend.ask(
        devserver::api::EventListQuery{.filter = wordFilter(query.text), .limit = mostAnswers});
    m_replies.emplace_back(events);
    devserver::api::then<devserver::api::EventSummaryPage>(
        events, this,
        [this](const devserver::api::EventSummaryPage &page) {
            for (const devserver::api::EventSummary &event : page.rows)
                m_answers.push_back(paletteItem(m_context, event));
            refill();
        },
        ignore);
}

/// A whole id needs no choice: what it names opens at once.
void PalettePopup::askById(const QByteArray &id)
{
    const devserver::RunId runId = *devserver::RunId::fromText(id);
    const devserver::EventId eventId = *devserver::EventId::fromText(id);
    auto *run = m_context.backend.ask(devserver::api::RunRecordQuery{runId});
    m_replies.emplace_back(run);
    const auto askEvent = [this, eventId] {
        auto *event = m_context.backend.ask(devserver::api::EventRecordQuery{eventId});
        m_replies.emplace_back(event);
        devserver::api::then<devserver::api::EventRecord>(
            event, this,
            [this, eventId](const devserver::api::EventRecord &) {
                close();
                m_context.navigator.openEvent(eventId);
            },
            [](const devserver::Error &) {}); // the list says that nothing was found
    };
    devserver::api::then<devserver::api::RunRecord>(
        run, this,
        [this, runId](const devserver::api::RunRecord &) {
            close();
            m_context.navigator.openRun(runId);
        },
        [askEvent](const devserver::Error &) { askEvent(); });
}

void PalettePopup::refill()
{
    const PaletteQuery query = parsePaletteText(m_edit->text());
    std::vector<PaletteItem> items = paletteItems(m_context, query, m_names);
    if (query.scope == PaletteScope::All && query.text.isEmpty()) {
        show(suggestions(std::move(items)));
        return;
    }
    for (PaletteItem &item : items) {
        if (m_recent.contains(item.key))
            item.score += recentBonus;
        if (!item.reason.isEmpty())
            item.score -= recentBonus;
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const PaletteItem &a, const PaletteItem &b) { return a.score > b.score; });
    // What the engine found comes last: its order is its own.
    items.insert(items.end(), m_answers.begin(), m_answers.end());
    show(std::move(items));
}

std::vector<PaletteItem> PalettePopup::suggestions(std::vector<PaletteItem> items) const
{
    // Used before, newest first; then what can be done with what is selected; the rest as in the
    // menus, and what cannot be done now at the end. Things that are not actions only if used.
    std::erase_if(items, [this](const PaletteItem &item) {
        return !item.key.startsWith("action/") && !m_recent.contains(item.key);
    });
    for (PaletteItem &item : items) {
        const qsizetype use = m_recent.indexOf(item.key);
        item.score = !item.reason.isEmpty() ? -1
                     : use >= 0             ? mostRecent + 1 - static_cast<int>(use)
                     : item.isOfPane        ? 1
                                            : 0;
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const PaletteItem &a, const PaletteItem &b) { return a.score > b.score; });
    return items;
}

void PalettePopup::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_scrim->setGeometry(parentWidget()->rect());
    m_scrim->show();
    m_scrim->raise();
    raise();
}

void PalettePopup::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_scrim->hide();
}

void PalettePopup::show(std::vector<PaletteItem> found)
{
    QToolTip::hideText();
    m_model->setItems(std::move(found));
    m_list->setCurrentIndex(m_model->index(0));
    m_list->scrollToTop();
    place();
}

void PalettePopup::moveBy(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    QToolTip::hideText(); // it was about another row
    const int next = std::clamp(m_list->currentIndex().row() + rows, 0, count - 1);
    m_list->setCurrentIndex(m_model->index(next));
}

void PalettePopup::run(Way way)
{
    if (!m_list->currentIndex().isValid())
        return;
    const PaletteItem item = m_model->item(m_list->currentIndex().row());
    if (!item.prefix.isEmpty()) {
        m_edit->setText(item.prefix);
        return;
    }
    if (!item.reason.isEmpty()) {
        sayWhyNot(item);
        return;
    }
    m_recent.removeAll(item.key);
    m_recent.prepend(item.key);
    m_recent.resize(std::min<qsizetype>(m_recent.size(), mostRecent));
    QStringList keys;
    for (const QByteArray &key : m_recent)
        keys.append(QString::fromUtf8(key));
    m_context.settings.setValue(recentKey, keys);
    if (way != Way::Keep)
        close();
    if (way == Way::Window && item.openWindow)
        item.openWindow();
    else
        item.run();
    if (way == Way::Keep)
        m_edit->setFocus();
}

/// The row says it, too, but not that this is why nothing happens.
void PalettePopup::sayWhyNot(const PaletteItem &item)
{
    const QString why = tr("%1: %2").arg(item.text, item.reason);
    const QRect row = m_list->visualRect(m_list->currentIndex());
    QToolTip::showText(m_list->viewport()->mapToGlobal(row.bottomLeft()), why, m_list);
    announce(*this, why);
}

bool PalettePopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_scrim) {
        if (event->type() != QEvent::MouseButtonPress)
            return false;
        close();
        return true;
    }
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    if (event->type() == QEvent::FocusOut
        && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason) {
        m_askTimer.stop();
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Down:
        moveBy(1);
        return true;
    case Qt::Key_Up:
        moveBy(-1);
        return true;
    case Qt::Key_PageDown:
        moveBy(rowsShown);
        return true;
    case Qt::Key_PageUp:
        moveBy(-rowsShown);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(key->modifiers().testFlag(Qt::ControlModifier) ? Way::Window
            : key->modifiers().testFlag(Qt::AltModifier)   ? Way::Keep
                                                           : Way::Run);
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
        return true; // there is only one control
    default:
        return false;
    }
}

void PalettePopup::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_context.theme.color(Token::LineStrong));
    painter.setBrush(m_context.theme.color(Token::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/infobar.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/widgets/clickguard.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/mousewatch.h"

#include <QAccessible>
#include <QAccessibleEvent>
#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostBars = 3;
constexpr std::chrono::milliseconds lookEvery(100); // whether the mouse rests
constexpr std::chrono::milliseconds follows(250);   // the room that a bar takes
constexpr int edgeWidth = 3;
constexpr int roomForAll = 120; ///< so much higher than it must be the window is then
constexpr int iconSize = 18;

struct Look {
    Token edge;
    Token background;
    const char *icon;
};

Look lookOf(InfoKind kind)
{
    switch (kind) {
    case InfoKind::Info:
        return {Token::StateRunning, Token::InfoBackground, "info"};
    case InfoKind::Success:
        return {Token::StateCompleted, Token::InfoBackground, "success"};
    case InfoKind::Warning:
        return {Token::StateBackoff, Token::WarningBackground, "warning"};
    case InfoKind::Error:
        return {Token::StateFailed, Token::ErrorBackground, "error"};
    }
    Q_UNREACHABLE();
}

/// What only says that something was done.
bool isPassing(const InfoText &info)
{
    return info.kind == InfoKind::Success && info.buttons.empty() && info.details.isEmpty();
}

class InfoBar final : public QWidget
{
public:
    InfoBar(Context &context, const InfoText &info, int number, bool isBelow, QWidget *parent)
        : QWidget(parent)
        , m_theme(context.theme)
        , m_desktop(context.desktop)
        , m_icons(context.icons)
        , m_look(lookOf(info.kind))
        , m_id(info.id)
        , m_closed(info.closed)
        , m_lasts(info.lasts.count() == 0 && isPassing(info) ? passingBar : info.lasts)
        , m_number(number)
        , m_isFirst(info.isFirst)
        , m_isUrgent(info.isFirst || info.kind == InfoKind::Warning || info.kind == InfoKind::Error)
        , m_since(context.backend.now())
        , m_isBelow(isBelow)
        , m_row(new QHBoxLayout)
    {
        setObjectName(u"infoBar"_s);
        setAccessibleName(info.text);
        QHBoxLayout *row = m_row;
        row->setSpacing(8);
        auto *icon = new QLabel(this);
        icon->setPixmap(m_icons.pixmap(QString::fromLatin1(m_look.icon), m_look.edge, iconSize,
                                       devicePixelRatioF()));
        connect(&m_theme, &Theme::changed, icon, [this, icon] {
            icon->setPixmap(m_icons.pixmap(QString::fromLatin1(m_look.icon), m_look.edge, iconSize,
                                           devicePixelRatioF()));
        });
        row->addWidget(icon, 0, Qt::AlignTop);
        auto *text = new QLabel(visibleText(info.text, LineEnds::Kept), this);
        text->setObjectName(u"infoBarText"_s);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setMinimumHeight(iconSize);
        row->addWidget(text, 1);
        for (const InfoText::Button &button : info.buttons)
            addButton(row, button);

        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(12 + edgeWidth, 6, 12, 6); // as the lines of the page
        layout->setSpacing(6);
        layout->addLayout(row);
        if (!info.details.isEmpty())
            addDetails(row, layout, info);
        addCloseButton(row);
    }

    [[nodiscard]] QByteArray id() const { return m_id; }

    /// Below it \a count others are folded away; a button shows them.
    void setFolded(int count, const std::function<void()> &unfold)
    {
        if (m_others == nullptr && count > 0) {
            m_others = new QPushButton(this);
            m_others->setObjectName(u"infoBarOthers"_s);
            m_others->setAutoDefault(false);
            m_others->setFocusPolicy(Qt::TabFocus);
            m_row->insertWidget(m_row->count() - 1, m_others, 0, Qt::AlignTop); // before [x]
            setTabOrder(m_close->previousInFocusChain(), m_others);
            connect(m_others, &QPushButton::clicked, this, unfold);
        }
        if (m_others == nullptr)
            return;
        m_others->setVisible(count > 0);
        m_others->setText(tr("%1 more").arg(count));
        m_others->setAccessibleName(tr("Show %Ln more message(s)", nullptr, count));
    }

    /// \a unfolded  somebody is about to see its details, or to put them away
    void tell(const std::function<void()> &unfolded, const std::function<void()> &left)
    {
        m_whenUnfolded = unfolded;
        m_whenLeft = left;
    }

    [[nodiscard]] bool isFirst() const { return m_isFirst; }

    /// Higher: asks for something, or else is newer.
    [[nodiscard]] std::pair<bool, int> urgency() const { return {m_isUrgent, m_number}; }

    [[nodiscard]] bool goesByItself() const { return m_lasts.count() > 0; }

    [[nodiscard]] bool isOver(devserver::TimePoint now) const
    {
        return goesByItself() && now - m_since >= m_lasts;
    }

    [[nodiscard]] bool isUsed() const
    {
        return underMouse() || isAncestorOf(QApplication::focusWidget());
    }

protected:
    void leaveEvent(QEvent *event) override
    {
        QWidget::leaveEvent(event);
        m_whenLeft();
    }

    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.color(m_look.background));
        const QRect edge = layoutDirection() == Qt::LeftToRight
                               ? QRect(0, 0, edgeWidth, height())
                               : QRect(width() - edgeWidth, 0, edgeWidth, height());
        painter.fillRect(edge, m_theme.color(m_look.edge));
        painter.fillRect(QRect(0, m_isBelow ? 0 : height() - 1, width(), 1),
                         m_theme.color(Token::Line));
    }

private:
    void addButton(QHBoxLayout *row, const InfoText::Button &button)
    {
        auto *push = new QPushButton(button.text, this);
        push->setAccessibleName(button.text);
        push->setAutoDefault(false);
        push->setFocusPolicy(Qt::TabFocus); // a click leaves the focus where one works
        connect(push, &QPushButton::clicked, this, [this, run = button.run] {
            leave(); // before the action: it may show the same bar again
            if (run)
                run();
        });
        row->addWidget(push, 0, Qt::AlignTop);
    }

    /// To be read, and to be copied into a report, which has what stands above them, too.
    void addDetails(QHBoxLayout *row, QVBoxLayout *layout, const InfoText &info)
    {
        auto *panel = new QWidget(this);
        auto *inside = new QHBoxLayout(panel);
        inside->setContentsMargins(iconSize + 8, 0, 0, 2);
        inside->setSpacing(8);
        auto *text = new QLabel(info.details, panel);
        text->setObjectName(u"infoBarDetails"_s);
        text->setTextFormat(Qt::PlainText);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setAccessibleName(tr("Details"));
        text->setWordWrap(true);
        inside->addWidget(text, 1);
        auto *copy = new QPushButton(m_icons.icon(u"copy"_s), tr("Copy"), panel);
        copy->setObjectName(u"infoBarCopy"_s);
        copy->setAccessibleName(tr("Copy the details"));
        copy->setAutoDefault(false);
        copy->setFocusPolicy(Qt::TabFocus);
        const QString all = info.text + u'\n' + info.details;
        connect(copy, &QPushButton::clicked, this, [this, all] { m_desktop.copy(all); });
        inside->addWidget(copy, 0, Qt::AlignTop);
        panel->hide();
        layout->addWidget(panel);
        auto *push = new QPushButton(tr("Details"), this);
        push->setObjectName(u"infoBarDetailsButton"_s);
        push->setAccessibleName(tr("Details"));
        push->setAutoDefault(false);
        push->setFocusPolicy(Qt::TabFocus);
        ClickGuard::letToggle(push);
        connect(push, &QPushButton::clicked, this, [this, panel, push] {
            m_whenUnfolded();
            panel->setVisible(panel->isHidden());
            const QString word = panel->isHidden() ? tr("Details") : tr("Hide details");
            push->setText(word);
            push->setAccessibleName(word);
        });
        row->addWidget(push, 0, Qt::AlignTop);
    }

    void addCloseButton(QHBoxLayout *row)
    {
        auto *close = new QToolButton(this);
        close->setObjectName(u"infoBarClose"_s);
        close->setIcon(m_icons.icon(u"close"_s, Token::TextDim));
        close->setAutoRaise(true);
        close->setFocusPolicy(Qt::TabFocus);
        close->setToolTip(tr("Close"));
        close->setAccessibleName(tr("Close this message"));
        connect(close, &QToolButton::clicked, this, [this, closed = m_closed] {
            leave();
            if (closed)
                closed();
        });
        row->addWidget(close, 0, Qt::AlignTop);
        m_close = close;
    }

    void leave()
    {
        parentWidget()->layout()->removeWidget(this);
        hide();
        deleteLater(); // inside a signal of its own button
    }

    Theme &m_theme;
    Desktop &m_desktop;
    Icons &m_icons;
    Look m_look;
    QByteArray m_id;
    std::function<void()> m_closed;
    std::function<void()> m_whenUnfolded;
    std::function<void()> m_whenLeft;
    std::chrono::seconds m_lasts;
    int m_number; ///< how many there had been before
    bool m_isFirst;
    bool m_isUrgent;
    devserver::TimePoint m_since;
    bool m_isBelow; ///< what it is about
    QHBoxLayout *m_row;
    QToolButton *m_close = nullptr;
    QPushButton *m_others = nullptr;
};

InfoBar *barAt(const QVBoxLayout *layout, int index)
{
    return static_cast<InfoBar *>(layout->itemAt(index)->widget());
}

/// Place of the bar that none comes before; -1: there is none.
template<typename Before>
int farthest(const QVBoxLayout *layout, const Before &isBefore)
{
    int found = layout->count() - 1;
    for (int index = found - 1; index >= 0; --index) {
        if (isBefore(barAt(layout, index)->urgency(), barAt(layout, found)->urgency()))
            found = index;
    }
    return found;
}

} // namespace

InfoBarStack::InfoBarStack(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    (void)MouseWatch::of(context.backend); // sees what is used from now on
    m_rest.setInterval(lookEvery);
    connect(&m_rest, &QTimer::timeout, this, &InfoBarStack::lookForRest);
    m_clock.setInterval(std::chrono::seconds(1));
    connect(&m_clock, &QTimer::timeout, this, &InfoBarStack::endOld);
    connect(qApp, &QApplication::focusChanged, this, &InfoBarStack::watchOld);
}

void InfoBarStack::showAtRest(const InfoText &info)
{
    dismiss(info.id);
    m_waiting.push_back(info);
    lookForRest();
    if (!m_waiting.empty())
        m_rest.start();
}

/// The mouse has left the window, or is not used in it.
void InfoBarStack::lookForRest()
{
    const bool isFree = !window()->underMouse() || MouseWatch::of(m_context.backend).isResting();
    if (isFree && QApplication::mouseButtons() == Qt::NoButton)
        showWaiting();
}

void InfoBarStack::showWaiting()
{
    m_rest.stop();
    for (const InfoText &info : std::exchange(m_waiting, {}))
        show(info);
}

bool InfoBarStack::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == window() && event->type() == QEvent::Resize)
        fold();
    return QWidget::eventFilter(watched, event);
}

void InfoBarStack::show(const InfoText &info)
{
    dismiss(info.id);
    while (m_layout->count() >= mostBars)
        remove(leastUrgent());
    auto *bar = new InfoBar(m_context, info, m_shown++, m_isBelow, this);
    int place = 0;
    while (!info.isFirst && place < m_layout->count() && barAt(m_layout, place)->isFirst())
        ++place;
    bar->tell([this] { m_changedAt.reset(); }, [this] { watchOld(); });
    noteChange();
    m_layout->insertWidget(place, bar);
    bar->show();
    m_isUnfolded = false;
    fold();
    watchOld();
    QAccessibleEvent alert(bar, QAccessible::Alert); // read out without taking the focus
    QAccessible::updateAccessibility(&alert);
}

void InfoBarStack::remove(int index)
{
    InfoBar *bar = barAt(m_layout, index);
    noteChange();
    m_layout->removeWidget(bar);
    bar->hide();
    bar->deleteLater(); // a button of it may be what called us
}

bool InfoBarStack::hasJustChanged() const
{
    return m_changedAt && m_context.backend.steadyNow() - *m_changedAt < follows;
}

/// A bar comes or goes; it is not known yet whether anything moves.
void InfoBarStack::noteChange()
{
    if (m_isBelow || parentWidget() == nullptr)
        return;
    if (!hasJustChanged())
        m_rows.forget();
    m_changedAt = m_context.backend.steadyNow();
    m_rows.note(*parentWidget());
    MouseWatch::of(m_context.backend).noteBefore(*parentWidget());
}

void InfoBarStack::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().height() == height() || !hasJustChanged()) // or somebody did it
        return;
    MouseWatch::of(m_context.backend).noteMoved(*parentWidget(), y());
    const auto keepRows = [this] { m_rows.keep(); }; // once all have their new places
    QMetaObject::invokeMethod(this, keepRows, Qt::QueuedConnection);
}

int InfoBarStack::mostUrgent() const
{
    return farthest(m_layout, std::greater());
}

/// The oldest of those that ask for nothing, or else the oldest.
int InfoBarStack::leastUrgent() const
{
    return farthest(m_layout, std::less());
}

void InfoBarStack::fold()
{
    const int seen = mostUrgent();
    const bool isLow = window()->height() < window()->minimumHeight() + roomForAll;
    const bool isFolded = isLow && !m_isUnfolded;
    const auto unfold = [this] {
        m_isUnfolded = true;
        fold();
    };
    for (int index = 0; index < m_layout->count(); ++index) {
        InfoBar *bar = barAt(m_layout, index);
        bar->setVisible(index == seen || !isFolded);
        bar->setFolded(index == seen && isFolded ? m_layout->count() - 1 : 0, unfold);
    }
}

/// One of them came or went.
bool InfoBarStack::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        fold();
    return QWidget::event(event);
}

void InfoBarStack::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    window()->installEventFilter(this);
    fold();
}

void InfoBarStack::dismiss(const QByteArray &id)
{
    std::erase_if(m_waiting, [&id](const InfoText &info) { return info.id == id; });
    for (int index = m_layout->count() - 1; index >= 0; --index) {
        if (barAt(m_layout, index)->id() == id)
            remove(index);
    }
}

void InfoBarStack::endOld()
{
    // What lies below would move from under the pointer.
    const bool isAimedAt = !m_isBelow && parentWidget() != nullptr
                           && MouseWatch::of(m_context.backend).isUsedOver(*parentWidget(), y());
    bool isAnyLeft = false;
    for (int index = m_layout->count() - 1; index >= 0; --index) {
        const InfoBar *bar = barAt(m_layout, index);
        const bool isOver = bar->isOver(m_context.backend.now());
        if (isOver && !bar->isUsed() && !isAimedAt)
            remove(index);
        else // one that is used tells when it is left
            isAnyLeft = isAnyLeft || (bar->goesByItself() && !(isOver && bar->isUsed()));
    }
    if (!isAnyLeft)
        m_clock.stop();
}

void InfoBarStack::watchOld()
{
    for (int index = 0; index < m_layout->count() && !m_clock.isActive(); ++index) {
        if (barAt(m_layout, index)->goesByItself())
            m_clock.start();
    }
}

int InfoBarStack::count() const
{
    return m_layout->count();
}

bool InfoBarStack::has(const QByteArray &id) const
{
    for (int i = 0; i < m_layout->count(); ++i) {
        if (barAt(m_layout, i)->id() == id)
            return true;
    }
    return std::any_of(m_waiting.begin(), m_waiting.end(),
                       [&id](const InfoText &info) { return info.id == id; });
}

} // namespace console

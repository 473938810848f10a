// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/storagepanel.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/widgets/context.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHideEvent>
#include <QLabel>
#include <QPainter>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

constexpr int leastBarWidth = 60;
constexpr int barHeight = 6;

/// How much one kind has of the whole file.
class ShareBar final : public QWidget
{
public:
    ShareBar(const Theme &theme, double share, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_share(share)
    {
        setMinimumWidth(leastBarWidth);
        setFixedHeight(barHeight);
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.color(Token::Line));
        const int length = static_cast<int>(width() * m_share);
        const int left = layoutDirection() == Qt::RightToLeft ? width() - length : 0;
        painter.fillRect(left, 0, length, height(), m_theme.color(Token::Accent));
    }

private:
    const Theme &m_theme;
    double m_share;
};

struct Kind {
    const char *name; ///< of its label
    const char *title;
    qint64 api::StorageUse::*bytes;
};

constexpr std::array<Kind, 7> kinds = {{
    {"storageEvents", QT_TRANSLATE_NOOP("StoragePanel", "Events and their payloads"),
     &api::StorageUse::events},
    {"storageRuns", QT_TRANSLATE_NOOP("StoragePanel", "Runs, timelines and outputs"),
     &api::StorageUse::runs},
    {"storageSteps", QT_TRANSLATE_NOOP("StoragePanel", "Results of steps"),
     &api::StorageUse::steps},
    {"storageCalls", QT_TRANSLATE_NOOP("StoragePanel", "Calls to apps"), &api::StorageUse::calls},
    {"storageLetters", QT_TRANSLATE_NOOP("StoragePanel", "Dead letters"),
     &api::StorageUse::letters},
    {"storageOther", QT_TRANSLATE_NOOP("StoragePanel", "Apps, functions and the rest"),
     &api::StorageUse::other},
    {"storageFree", QT_TRANSLATE_NOOP("StoragePanel", "Free, used before the file grows"),
     &api::StorageUse::free},
}};

/// A little is not nothing.
QString shareWords(double share)
{
    const int percent = qRound(share * 100);
    return share > 0 && percent == 0 ? StoragePanel::tr("< 1 %")
                                     : StoragePanel::tr("%1 %").arg(percent);
}

} // namespace

StoragePanel::StoragePanel(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_note(new QLabel(this))
    , m_rows(new QGridLayout)
{
    setObjectName(u"settingsStorage"_s);
    m_note->setObjectName(u"settingsStorageNote"_s);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_rows->setHorizontalSpacing(16);
    m_rows->setVerticalSpacing(6);
    m_rows->setColumnStretch(1, 1); // numbers end where the fields above do
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_note);
    layout->addLayout(m_rows);
}

StoragePanel::~StoragePanel()
{
    callOff();
}

QSize StoragePanel::minimumSizeHint() const
{
    int titles = 0;
    for (const Kind &kind : kinds)
        titles = std::max(titles, fontMetrics().horizontalAdvance(
                                      QCoreApplication::translate("StoragePanel", kind.title)));
    const int numbers =
        fontMetrics().horizontalAdvance(tr("%1 %").arg(100) + formatSize(1023LL * 1024 * 1024));
    const int all = titles + leastBarWidth + numbers + 4 * m_rows->horizontalSpacing();
    return QWidget::minimumSizeHint().expandedTo({all, 0});
}

void StoragePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!event->spontaneous())
        ask();
}

void StoragePanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (!event->spontaneous())
        callOff();
}

/// It reads the whole file: nobody waits for that in vain.
void StoragePanel::callOff()
{
    if (m_reply)
        m_reply->cancel();
    m_reply = nullptr;
}

void StoragePanel::ask()
{
    callOff();
    if (m_rows->count() == 0) {
        m_note->setText(tr("Counting what takes up the space"));
        m_note->show();
    }
    m_reply = m_context.backend.ask(api::StorageQuery{});
    api::then<api::StorageUse>(
        m_reply, this, [this](const api::StorageUse &use) { take(use); },
        [this](const devserver::Error &error) {
            m_note->setText(
                tr("What takes up the space could not be counted: %1").arg(error.message));
            m_note->show();
        });
}

void StoragePanel::take(const api::StorageUse &use)
{
    m_note->hide();
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    qint64 all = 0;
    for (const Kind &kind : kinds)
        all += use.*kind.bytes;
    int row = 0;
    for (const Kind &kind : kinds) {
        const qint64 bytes = use.*kind.bytes;
        const double share = all == 0 ? 0.0 : static_cast<double>(bytes) / static_cast<double>(all);
        const QString title = QCoreApplication::translate("StoragePanel", kind.title);
        const QString name = QString::fromLatin1(kind.name);
        auto *bar = new ShareBar(m_context.theme, share, this);
        bar->setObjectName(name + u"Bar"_s);
        auto *percent = new QLabel(shareWords(share), this);
        percent->setObjectName(name + u"Share"_s);
        percent->setForegroundRole(QPalette::PlaceholderText);
        percent->setAccessibleName(tr("%1: %2 of the file").arg(title, percent->text()));
        auto *size = new QLabel(formatSize(bytes), this);
        size->setObjectName(name);
        size->setAccessibleName(tr("%1: %2").arg(title, size->text()));
        m_rows->addWidget(new QLabel(title, this), row, 0);
        m_rows->addWidget(bar, row, 1);
        m_rows->addWidget(percent, row, 2, Qt::AlignRight);
        m_rows->addWidget(size, row, 3, Qt::AlignRight);
        ++row;
    }
}

} // namespace console

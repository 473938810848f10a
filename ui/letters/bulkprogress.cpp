// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/bulkprogress.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/letterwords.h"
#include "ui/core/theme.h"
#include "ui/letters/bulktrial.h"
#include "ui/widgets/context.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Bulk;
using devserver::BulkState;

namespace {

constexpr int barHeight = 3;

} // namespace

BulkProgress::BulkProgress(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_what(new ElidedLabel(this))
    , m_trial(new BulkTrial(context, this))
    , m_numbers(new ElidedLabel(this))
    , m_stop(new QPushButton(context.icons.icon(u"stop"_s), tr("Stop"), this))
    , m_open(new QPushButton(tr("Show activity"), this))
{
    setObjectName(u"deadProgress"_s);
    m_what->setObjectName(u"deadProgressWhat"_s);
    m_numbers->setObjectName(u"deadProgressNumbers"_s);
    m_stop->setObjectName(u"deadProgressStop"_s);
    m_open->setObjectName(u"deadProgressOpen"_s);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_what->setFont(strong);
    m_numbers->setForegroundRole(QPalette::PlaceholderText);
    m_numbers->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_stop->setToolTip(tr("What was not begun stays as it is"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 12, 6 + barHeight);
    row->setSpacing(12);
    row->addWidget(m_what);
    row->addWidget(m_trial);
    row->addWidget(m_numbers, 1);
    for (QPushButton *button : {m_open, m_stop}) {
        button->setAccessibleName(button->text());
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    connect(m_stop, &QPushButton::clicked, this, &BulkProgress::stop);
    connect(m_open, &QPushButton::clicked, this, [this] {
        m_context.navigator.go(
            {.view = "activity"_ba, .filter = {}, .subject = m_id ? m_id->toText() : QByteArray()});
    });
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

const Bulk *BulkProgress::ended(devserver::BulkId bulk) const
{
    const auto found = m_ended.find(bulk);
    return found == m_ended.end() ? nullptr : &found->second;
}

void BulkProgress::follow(devserver::BulkId bulk, const QString &what)
{
    if (ended(bulk) != nullptr)
        return;
    m_id = bulk;
    m_bulk = {};
    m_trial->follow({});
    m_what->setText(what);
    m_numbers->setText(tr("Starting"));
    setAccessibleName(what);
    m_stop->setEnabled(true);
    show();
    update();
}

void BulkProgress::take(const Bulk &bulk)
{
    const bool isRunning = bulk.state == BulkState::Running;
    if (!isRunning)
        m_ended.insert_or_assign(bulk.id, bulk);
    if (!m_id && isRunning)
        follow(bulk.id, tr("Retrying %1").arg(bulkTitle(bulk)));
    if (m_id != bulk.id)
        return;
    if (!isRunning) {
        hide();
        m_id.reset();
        m_trial->follow({});
        return;
    }
    m_bulk = bulk;
    m_trial->follow(bulk);
    m_numbers->setText(bulkProgressText(bulk));
    setAccessibleDescription(m_numbers->text());
    update();
}

void BulkProgress::stop()
{
    if (!m_id)
        return;
    m_stop->setEnabled(false); // once
    devserver::api::then<devserver::api::Done>(
        m_context.backend.stopBulk(*m_id), this, [](const devserver::api::Done &) {},
        [this](const devserver::Error &error) {
            m_stop->setEnabled(true);
            Q_EMIT stopRefused(error);
        });
}

void BulkProgress::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const Theme &theme = m_context.theme;
    painter.fillRect(rect(), theme.color(Token::InfoBackground));
    const int top = height() - barHeight;
    painter.fillRect(0, top, width(), barHeight, theme.color(Token::Line));
    const int total = std::max(1, m_bulk.total);
    int left = 0;
    // As the words say it: what is only begun is not done.
    const std::pair<int, Token> parts[] = {{m_bulk.completed, Token::StateCompleted},
                                           {m_bulk.failedAgain, Token::StateFailed},
                                           {m_bulk.refused, Token::StateCancelled}};
    for (const auto &[count, token] : parts) {
        const int wide = width() * count / total;
        painter.fillRect(left, top, wide, barHeight, theme.color(token));
        left += wide;
    }
}

} // namespace console

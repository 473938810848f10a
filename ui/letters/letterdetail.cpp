// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/letterdetail.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/errorinfo.h"
#include "ui/core/format.h"
#include "ui/core/inspection.h"
#include "ui/core/letterhistorymodel.h"
#include "ui/core/letterwords.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/payloadview.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/settings.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTabWidget>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::LetterSummary;
using devserver::api::RunRecord;

LetterDetail::LetterDetail(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(new QLabel(this))
    , m_facts(new QLabel(this))
    , m_keeps(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_error(new QLabel(this))
    , m_stack(new QPlainTextEdit(this))
    , m_payload(new PayloadView(context, this))
    , m_attempts(new AttemptModel(this))
    , m_history(new LetterHistoryModel(this))
{
    m_title->setObjectName(u"deadTitle"_s);
    m_facts->setObjectName(u"deadFacts"_s);
    m_keeps->setObjectName(u"deadKeeps"_s);
    m_error->setObjectName(u"deadError"_s);
    m_stack->setObjectName(u"deadStack"_s);
    m_payload->setObjectName(u"deadPayload"_s);
    m_tabs->setObjectName(u"deadTabs"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    build();
    connect(&context.theme, &Theme::changed, this, &LetterDetail::showError);
}

void LetterDetail::build()
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_error->setFont(strong);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {m_title, m_facts, m_keeps, m_error}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_error->setWordWrap(true);
    m_stack->setReadOnly(true);
    m_stack->setFrameShape(QFrame::NoFrame);
    m_stack->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_stack->setAccessibleName(tr("Stack"));
    useCodeFont(m_stack);
    auto *error = new QWidget(m_tabs);
    auto *errorLayout = new QVBoxLayout(error);
    errorLayout->setContentsMargins(16, 10, 12, 0);
    errorLayout->setSpacing(6);
    errorLayout->addWidget(m_error);
    errorLayout->addWidget(m_stack, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Details of the dead letter"));
    m_tabs->addTab(error, tr("Error"));
    m_tabs->addTab(m_payload, tr("Payload"));
    m_tabs->addTab(makeTable(m_attempts, u"deadAttempts"_s, tr("Attempts")), tr("Attempts"));
    m_tabs->addTab(makeTable(m_history, u"deadHistory"_s, tr("History")), tr("History"));

    auto *first = new QHBoxLayout;
    first->setContentsMargins(16, 10, 16, 0);
    first->setSpacing(12);
    first->addWidget(m_title);
    first->addWidget(m_facts, 1);
    auto *second = new QHBoxLayout;
    second->setContentsMargins(16, 0, 16, 4);
    second->addWidget(m_keeps, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(first);
    layout->addLayout(second);
    layout->addWidget(m_tabs, 1);
}

QTableView *LetterDetail::makeTable(QAbstractItemModel *model, const QString &name,
                                    const QString &spoken)
{
    auto *table = new QTableView(m_tabs);
    table->setObjectName(name);
    table->setAccessibleName(spoken);
    table->setModel(model);
    table->setItemDelegate(new RowDelegate(m_context.theme, m_context.icons, table));
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(m_context.settings.rowHeight());
    auto *header = new ListHeader(m_context, table);
    table->setHorizontalHeader(header);
    // The table has no width yet that the header could share out.
    const std::vector<ColumnSpec> columns =
        model == m_history ? LetterHistoryModel::columns() : AttemptModel::columns();
    header->setColumns(columns);
    for (std::size_t at = 0; at < columns.size(); ++at) {
        header->resizeSection(static_cast<int>(at),
                              fontMetrics().averageCharWidth() * (columns[at].chars + 3));
    }
    header->setStretchLastSection(true);
    header->setSectionsMovable(false);
    return table;
}

QByteArray LetterDetail::dataOf(const RunRecord &record)
{
    if (record.events.empty())
        return {};
    const auto data = devserver::JsonValue::of(record.events.front().json).find("data");
    return data ? data->toBytes() : QByteArray();
}

void LetterDetail::showLetter(const LetterSummary &letter)
{
    if (m_letter == letter)
        return;
    const bool isOther = !m_letter || m_letter->run != letter.run;
    m_letter = letter;
    const devserver::TimePoint now = m_context.backend.now();
    m_title->setText(
        QString::fromUtf8(letter.functionName.isEmpty() ? letter.slug : letter.functionName));
    m_facts->setText(tr("%1   ·   dead since %2   ·   %3")
                         .arg(QString::fromLatin1(letter.run.toText()),
                              formatTime(letter.failedAt, now, TimeStyle::Absolute),
                              letterSentence(letter)));
    m_keeps->setText(keepsSentence(letter));
    if (isOther) {
        m_record.reset();
        m_error->setText(letterError(letter));
        m_stack->clear();
        m_payload->clear();
        m_history->clear();
    }
    if (m_request)
        m_request->cancel();
    m_request = m_context.backend.ask(devserver::api::RunRecordQuery{letter.run});
    devserver::api::then<RunRecord>(
        m_request, this,
        [this](const RunRecord &record) {
            m_record = std::make_shared<const RunRecord>(record);
            showRecord();
        },
        [this](const devserver::Error &error) {
            m_stack->setPlainText(tr("The run could not be read: %1").arg(error.message));
        });
}

void LetterDetail::clear()
{
    if (m_request)
        m_request->cancel();
    m_letter.reset();
    m_record.reset();
    m_title->clear();
    m_facts->clear();
    m_keeps->clear();
    m_error->clear();
    m_stack->clear();
    m_payload->clear();
    m_history->clear();
}

void LetterDetail::showRecord()
{
    m_payload->setPayload(dataOf(*m_record));
    Inspection inspection;
    inspection.subject.kind = Selection::Kind::Run;
    inspection.subject.run = m_record->run.id;
    inspection.run = m_record;
    m_attempts->setInspection(inspection, m_context.backend.now());
    m_history->setRecord(*m_record);
    showError();
}

void LetterDetail::showError()
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_context.theme.color(Token::StateFailed));
    colors.setColor(QPalette::Text, m_context.theme.color(Token::StateFailed)); // on the base
    m_error->setPalette(colors);
    if (!m_record)
        return;
    const devserver::RawJson stored =
        m_record->letter ? m_record->letter->error : m_record->run.output;
    const std::vector<ErrorInfo> chain = errorChain(stored);
    if (chain.empty()) {
        m_stack->setPlainText({});
        return;
    }
    const ErrorInfo &first = chain.front();
    m_error->setText(first.name.isEmpty() || first.message.isEmpty()
                         ? QString(first.name + first.message)
                         : QString(first.name + u": "_s + first.message));
    m_stack->setPlainText(chain.size() > 1 || first.stack.isEmpty() ? errorText(chain)
                                                                    : first.stack);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/bulksheet.h"

#include "ui/core/format.h"
#include "ui/core/letterwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/primarybutton.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::BulkPlan;
using devserver::RunId;
using devserver::api::BulkPreview;
using devserver::api::LetterIds;

namespace {

constexpr int usualRate = 5;
constexpr int usualStop = 3;
constexpr int partGap = 8;
constexpr int ringRoom = 5; ///< what a check box keeps behind its words

} // namespace

BulkSheet::BulkSheet(Context &context, SheetArea *over)
    : Sheet(context, over)
    , m_count(new QLabel(this))
    , m_canary(new QRadioButton(tr("One first, then the rest if it completes"), this))
    , m_paced(new QRadioButton(tr("All, at the rate below"), this))
    , m_now(new QRadioButton(tr("All at once"), this))
    , m_rate(new QSpinBox(this))
    , m_stops(new QCheckBox(tr("Stop when the same error comes back"), this))
    , m_stop(new QSpinBox(this))
    , m_go(new PrimaryButton(context.theme, QString(), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"deadSheet"_s);
    m_count->setObjectName(u"deadSheetCount"_s);
    m_canary->setObjectName(u"deadSheetCanary"_s);
    m_now->setObjectName(u"deadSheetNow"_s);
    m_paced->setObjectName(u"deadSheetPaced"_s);
    m_rate->setObjectName(u"deadSheetRate"_s);
    m_stops->setObjectName(u"deadSheetStops"_s);
    m_stop->setObjectName(u"deadSheetStop"_s);
    m_go->setObjectName(u"deadSheetGo"_s);
    m_cancel->setObjectName(u"deadSheetCancel"_s);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setTextFormat(Qt::PlainText);
    m_rate->setRange(1, 1000);
    m_rate->setValue(usualRate);
    m_rate->setAccessibleName(tr("Letters per second"));
    m_stop->setRange(1, 1000);
    m_stop->setValue(usualStop);
    m_stop->setAccessibleName(tr("How often the same error may come back"));
    m_canary->setChecked(true);
    m_stops->setChecked(true);
    build();
    connect(m_stops, &QCheckBox::toggled, m_stop, &QWidget::setEnabled);
    connect(m_go, &QPushButton::clicked, this, &BulkSheet::go);
    connect(m_cancel, &QPushButton::clicked, this, &BulkSheet::closeSheet);
    connect(this, &Sheet::closed, this, &BulkSheet::forget);
}

void BulkSheet::build()
{
    body().addWidget(m_count);
    auto *manner = new QVBoxLayout; // one choice, and so closer than what is chosen by itself
    manner->setSpacing(2);
    for (QRadioButton *choice : {m_canary, m_paced, m_now})
        manner->addWidget(choice);
    body().addLayout(manner);
    auto *pace = new QHBoxLayout;
    pace->setSpacing(partGap);
    auto *atMost = new QLabel(tr("At most"), this);
    auto *perSecond = new QLabel(tr("per second"), this);
    atMost->setObjectName(u"deadSheetAtMost"_s);
    pace->addWidget(atMost);
    pace->addWidget(m_rate);
    pace->addWidget(perSecond);
    // The whole line goes dim, or it would contradict "All at once".
    for (QWidget *part : std::initializer_list<QWidget *>{atMost, m_rate, perSecond})
        connect(m_now, &QRadioButton::toggled, part, &QWidget::setDisabled);
    pace->addStretch();
    body().addLayout(pace);
    auto *stop = new QHBoxLayout;
    stop->setSpacing(0);
    stop->addWidget(m_stops);
    stop->addSpacing(partGap - ringRoom);
    stop->addWidget(m_stop);
    stop->addSpacing(partGap);
    stop->addWidget(new QLabel(tr("times"), this));
    stop->addStretch();
    body().addLayout(stop);
    auto *note =
        new QLabel(tr("Finished steps are kept. To start a run from the beginning, use Edit and "
                      "retry and leave them out."),
                   this);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    body().addWidget(note);
    addButtons(m_cancel, m_go);
}

void BulkSheet::begin(const QString &what)
{
    forget();
    m_what = what;
    m_go->setText(tr("Counting…"));
    m_go->setEnabled(false);
    m_go->setDefault(false);
    m_count->hide();
    openSheet(tr("Retry letters %1").arg(what));
    m_canary->setFocus();
}

void BulkSheet::openFor(const devserver::api::LetterIdsQuery &query, const QString &what)
{
    begin(what);
    m_request = context().backend.ask(query);
    devserver::api::then<LetterIds>(
        m_request, this, [this](const LetterIds &ids) { preview(ids.runs); },
        [this](const devserver::Error &error) { showProblem(error); });
}

void BulkSheet::openFor(std::vector<RunId> runs, const QString &what)
{
    begin(what);
    preview(std::move(runs));
}

void BulkSheet::preview(std::vector<RunId> runs)
{
    m_runs = std::move(runs);
    setTitle(tr("Retry %1 %2").arg(lettersText(static_cast<int>(m_runs.size())), m_what));
    if (m_runs.empty()) {
        m_go->setText(tr("Retry"));
        sayCount(tr("None of them is open any more"));
        return;
    }
    m_request = context().backend.preview(plan());
    devserver::api::then<BulkPreview>(
        m_request, this, [this](const BulkPreview &counted) { showCount(counted); },
        [this](const devserver::Error &error) { showProblem(error); });
}

void BulkSheet::showCount(const BulkPreview &preview)
{
    m_eligible = preview.eligible;
    m_go->setText(m_eligible == 0 ? tr("Retry") : tr("Retry %1").arg(formatCount(m_eligible)));
    QStringList parts = {tr("%1 can be retried").arg(formatCount(preview.eligible))};
    if (preview.functionGone > 0) {
        parts.append(tr("%Ln cannot, (its|their) function is gone", nullptr, preview.functionGone));
    }
    if (preview.notOpen > 0) {
        parts.append(tr("%Ln (is|are) not open any more", nullptr, preview.notOpen));
    }
    if (parts.size() > 1) // else the title says it
        sayCount(parts.join(u"  ·  "_s));
    if (m_eligible == 0)
        return;
    m_go->setEnabled(true);
    m_go->setDefault(true);
    if (focusWidget() == nullptr || isAncestorOf(window()->focusWidget()))
        m_go->setFocus();
}

void BulkSheet::showProblem(const devserver::Error &error)
{
    m_go->setText(tr("Retry"));
    sayCount(tr("They could not be counted: %1").arg(error.message));
}

void BulkSheet::sayCount(const QString &words)
{
    m_count->setText(words);
    m_count->show();
    place();
}

BulkPlan BulkSheet::plan() const
{
    BulkPlan plan;
    plan.title = (lettersText(static_cast<int>(m_runs.size())) + u' ' + m_what).toUtf8();
    plan.runs = m_runs;
    plan.triesOneFirst = m_canary->isChecked();
    plan.perSecond = m_now->isChecked() ? 0 : m_rate->value();
    plan.stopAfterSame = m_stops->isChecked() ? m_stop->value() : 0;
    return plan;
}

void BulkSheet::go()
{
    const int count = m_eligible;
    m_go->setEnabled(false); // once
    devserver::api::then<devserver::api::BulkStarted>(
        context().backend.start(plan()), this,
        [this, count, runs = m_runs](const devserver::api::BulkStarted &begun) {
            closeSheet();
            Q_EMIT started(begun.bulk, runs, count);
        },
        [this](const devserver::Error &error) {
            m_go->setEnabled(true);
            Q_EMIT refused(error);
        });
}

void BulkSheet::forget()
{
    if (m_request)
        m_request->cancel();
    m_runs.clear();
    m_eligible = 0;
}

void BulkSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_cancel->hasFocus())
        closeSheet();
    else if (isEnter && m_go->isEnabled())
        go();
    else
        Sheet::keyPressEvent(event);
}

} // namespace console

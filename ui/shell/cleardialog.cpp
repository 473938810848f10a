// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/cleardialog.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/shell/projectname.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

constexpr int outerMargin = 20;
constexpr int gap = 14;
constexpr int charsInLine = 74;
constexpr int warningIcon = 18;

/// In the width of the dialog, so that its height is that of its lines.
QLabel *sentences(const QString &name, const QString &text, int indent, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFixedWidth(label->fontMetrics().averageCharWidth() * charsInLine - indent);
    return label;
}

} // namespace

Availability clearAvailability(const api::ServerState &server)
{
    using devserver::ErrorCode;
    Availability now{.isEnabled = true, .reason = {}, .text = {}};
    const ErrorCode code = server.error.code;
    const bool isFileBad = code == ErrorCode::Store || code == ErrorCode::StoreLocked
                           || code == ErrorCode::StoreReadOnly || code == ErrorCode::StoreDamaged
                           || code == ErrorCode::StoreFull;
    if (server.dataFile.isEmpty())
        now.reason =
            ClearDialog::tr("The data are only in memory: they are gone when the program ends");
    else if (server.phase == api::ServerPhase::Failed && isFileBad)
        now.reason = ClearDialog::tr("The data file cannot be used: %1").arg(server.error.message);
    else if (server.phase != api::ServerPhase::Serving)
        now.reason = ClearDialog::tr("The server does not run");
    now.isEnabled = now.reason.isEmpty();
    return now;
}

ClearDialog::ClearDialog(Context &context, QWidget *window)
    : QDialog(window)
    , m_context(context)
    , m_project(projectName(context.backend.server().dataFile).simplified())
    , m_warning(nullptr)
    , m_warningText(nullptr)
    , m_name(nullptr)
    , m_go(nullptr)
{
    setObjectName(u"clearDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Clear data of %1").arg(m_project));
    setAccessibleName(windowTitle());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(outerMargin, outerMargin, outerMargin, outerMargin);
    layout->setSpacing(gap);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    m_history = addChoice(u"clearHistory"_s, tr("Runs, events and dead letters"));
    m_everything = addChoice(u"clearEverything"_s, tr("Everything"));
    m_history.button->setChecked(true);
    addWarning();
    layout->addWidget(sentences(
        u"clearKept"_s,
        tr("The old file is kept: it goes to the trash, or stays beside the new one under another "
           "name. Saved views, favourites, drafts and muted groups stay. The server stops and "
           "starts again."),
        0, this));
    addName();
    addButtons();
    for (const Choice &choice : {m_history, m_everything})
        connect(choice.button, &QRadioButton::toggled, this, &ClearDialog::check);
    connect(m_name, &QLineEdit::textChanged, this, &ClearDialog::check);
    connect(&context.feed, &Feed::countersChanged, this, &ClearDialog::showFigures);
    connect(&context.catalog, &Catalog::changed, this, &ClearDialog::showFigures);
    // While it is open the server may stop by itself.
    connect(&context.backend, &api::ConsoleBackend::serverChanged, this, &ClearDialog::check);
    ask();
    showFigures();
    check();
    m_name->setFocus();
}

ClearDialog::~ClearDialog()
{
    if (m_reply)
        m_reply->cancel(); // it reads the whole file
}

ClearDialog::Choice ClearDialog::addChoice(const QString &name, const QString &text)
{
    auto *button = new QRadioButton(text, this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    const int indent = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth)
                       + style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
    auto *hint = sentences(name + u"Hint"_s, QString(), indent, this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto *row = new QHBoxLayout;
    row->addSpacing(indent);
    row->addWidget(hint);
    auto *block = new QVBoxLayout;
    block->setSpacing(2);
    block->addWidget(button);
    block->addLayout(row);
    static_cast<QVBoxLayout *>(layout())->addLayout(block);
    return {.button = button, .hint = hint};
}

void ClearDialog::addWarning()
{
    m_warning = new QWidget(this);
    m_warning->setObjectName(u"clearWarning"_s);
    auto *icon = new QLabel(m_warning);
    icon->setObjectName(u"clearWarningIcon"_s);
    const auto showIcon = [this, icon] {
        icon->setPixmap(m_context.icons.pixmap(u"warning"_s, Token::StateBackoff, warningIcon,
                                               devicePixelRatioF()));
    };
    showIcon();
    connect(&m_context.theme, &Theme::changed, icon, showIcon);
    constexpr int between = 8;
    m_warningText = sentences(u"clearWarningText"_s, QString(), warningIcon + between, m_warning);
    auto *row = new QHBoxLayout(m_warning);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(between);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(m_warningText, 1);
    layout()->addWidget(m_warning);
}

void ClearDialog::addName()
{
    const QString words = tr("To confirm, type the name of the project: %1").arg(m_project);
    QString shown = words; // a buddy makes it a text with a mnemonic
    auto *label = sentences(u"clearNameLabel"_s, shown.replace(u'&', u"&&"_s), 0, this);
    m_name = new QLineEdit(this);
    m_name->setObjectName(u"clearName"_s);
    m_name->setAccessibleName(tr("Name of the project"));
    m_name->setAccessibleDescription(words);
    label->setBuddy(m_name);
    auto *block = new QVBoxLayout;
    block->setSpacing(4);
    block->addWidget(label);
    block->addWidget(m_name);
    static_cast<QVBoxLayout *>(layout())->addLayout(block);
}

void ClearDialog::addButtons()
{
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(u"clearCancel"_s);
    cancel->setAccessibleName(cancel->text());
    m_go = new QPushButton(m_context.icons.icon(u"trash"_s), QString(), this);
    m_go->setObjectName(u"clearGo"_s);
    m_go->setDefault(true); // Enter does nothing until the name is right
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(m_go);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &ClearDialog::go);
}

void ClearDialog::ask()
{
    m_reply = m_context.backend.ask(api::StorageQuery{});
    api::then<api::StorageUse>(
        m_reply, this,
        [this](const api::StorageUse &use) {
            m_use = use;
            showFigures();
        },
        [this](const devserver::Error &error) {
            m_problem = error.message;
            showFigures();
        });
}

void ClearDialog::showFigures()
{
    const api::Counters counters = m_context.feed.counters().value_or(api::Counters{});
    const auto sized = [this](qint64 bytes) {
        return m_use                 ? formatSize(bytes)
               : m_problem.isEmpty() ? tr("counting the size")
                                     : tr("size not known: %1").arg(m_problem);
    };
    const api::StorageUse use = m_use.value_or(api::StorageUse{});
    const qint64 history = use.events + use.runs + use.steps + use.calls + use.letters + use.free;
    m_history.hint->setText(
        tr("%1, %2, %3 (%4). Apps and their functions stay, so that you can go on at once.")
            .arg(counters.all == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(counters.all)),
                 counters.events == 1 ? tr("1 event")
                                      : tr("%1 events").arg(formatCount(counters.events)),
                 counters.dead == 1 ? tr("1 dead letter")
                                    : tr("%1 dead letters").arg(formatCount(counters.dead)),
                 sized(history)));
    const auto apps = static_cast<int>(m_context.catalog.apps().size());
    const auto functions = static_cast<int>(m_context.catalog.functions().size());
    m_everything.hint->setText(
        tr("Also %1 with %2 (%3 in all). The file is empty afterwards; an app is there again when "
           "it registers the next time.")
            .arg(apps == 1 ? tr("1 app") : tr("%1 apps").arg(apps),
                 functions == 1 ? tr("1 function") : tr("%1 functions").arg(functions),
                 sized(history + use.other)));
    for (const Choice &choice : {m_history, m_everything})
        choice.button->setAccessibleDescription(choice.hint->text());
    showWarning();
}

/// Both choices end them.
void ClearDialog::showWarning()
{
    const api::Counters counters = m_context.feed.counters().value_or(api::Counters{});
    const qint64 busy = counters.running + counters.queued;
    QStringList parts;
    if (busy > 0)
        parts.append(busy == 1 ? tr("1 run is under way")
                               : tr("%1 runs are under way").arg(formatCount(busy)));
    if (counters.waiting > 0)
        parts.append(counters.waiting == 1
                         ? tr("1 run is waiting")
                         : tr("%1 runs are waiting").arg(formatCount(counters.waiting)));
    m_warning->setVisible(!parts.isEmpty());
    const bool isOne = busy + counters.waiting == 1;
    const QString what =
        parts.size() == 2 ? tr("%1, %2").arg(parts[0], parts[1]) : parts.join(u' ');
    m_warningText->setText(isOne ? tr("%1: it ends here, unfinished.").arg(what)
                                 : tr("%1: they end here, unfinished.").arg(what));
}

void ClearDialog::check()
{
    const QString words =
        scope() == api::ClearScope::History ? tr("Clear runs and events") : tr("Clear everything");
    if (m_go->text() != words) {
        m_go->setText(words);
        m_go->setAccessibleName(words);
    }
    const Availability can = clearAvailability(m_context.backend.server());
    const bool isNamed = m_name->text().simplified() == m_project;
    m_go->setEnabled(can.isEnabled && isNamed);
    m_go->setToolTip(!can.isEnabled ? can.reason
                     : isNamed      ? QString()
                                    : tr("Type the name of the project first"));
}

void ClearDialog::go()
{
    const api::ClearScope chosen = scope();
    accept();
    Q_EMIT confirmed(chosen);
}

api::ClearScope ClearDialog::scope() const
{
    return m_everything.button->isChecked() ? api::ClearScope::Everything
                                            : api::ClearScope::History;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/enginefailure.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/errorwords.h"
#include "ui/core/feed.h"
#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/primarybutton.h"

#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QSysInfo>

namespace console {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;
using devserver::api::ServerPhase;

namespace {

constexpr int boxMargin = 24;
constexpr int iconSize = 28;
constexpr int charsInLine = 62;

/// These are explained where the views are, with what to do about them.
bool hasPage(ErrorCode code)
{
    return code == ErrorCode::StoreFull || code == ErrorCode::StoreReadOnly
           || code == ErrorCode::StoreDamaged || code == ErrorCode::StoreLocked
           || code == ErrorCode::AddressInUse;
}

QLabel *words(const QString &name, const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFixedWidth(label->fontMetrics().averageCharWidth() * charsInLine);
    return label;
}

QLabel *warningSign(Context &context, QWidget *parent)
{
    auto *sign = new QLabel(parent);
    const auto show = [&context, sign] {
        sign->setPixmap(context.icons.pixmap(u"warning"_s, Token::StateFailed, iconSize,
                                             sign->window()->devicePixelRatioF()));
    };
    show();
    QObject::connect(&context.theme, &Theme::changed, sign, show);
    return sign;
}

} // namespace

EngineFailure::EngineFailure(Context &context, QWidget &window)
    : QObject(&window)
    , m_context(context)
    , m_window(window)
{
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &EngineFailure::watch);
    watch();
}

void EngineFailure::watch()
{
    const devserver::api::ServerState server = m_context.backend.server();
    if (server.phase == ServerPhase::Failed && m_wasServing && !hasPage(server.error.code))
        open();
    else if (server.phase == ServerPhase::Serving && m_box)
        m_box->close();
    m_wasServing = server.phase == ServerPhase::Serving;
}

void EngineFailure::open()
{
    if (m_box)
        return;
    m_box = new QDialog(&m_window);
    m_box->setObjectName(u"engineFailure"_s);
    m_box->setAttribute(Qt::WA_DeleteOnClose);
    m_box->setWindowModality(Qt::WindowModal);
    m_box->setWindowTitle(tr("The engine stopped"));
    m_box->setAccessibleName(m_box->windowTitle());
    auto *grid = new QGridLayout(m_box);
    grid->setContentsMargins(boxMargin, boxMargin, boxMargin, boxMargin);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(10);
    grid->addWidget(warningSign(m_context, m_box), 0, 0, Qt::AlignTop);
    auto *title = words(u"engineFailureTitle"_s, tr("The engine stopped by itself"), m_box);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    grid->addWidget(title, 0, 1);
    grid->addWidget(words(u"engineFailureText"_s, m_context.backend.server().error.message, m_box),
                    1, 1);
    const bool isKept = !m_context.backend.server().dataFile.isEmpty();
    auto *safe = words(
        u"engineFailureSafe"_s,
        isKept ? tr("Your data are safe: what was done up to then is in the data file, and runs go "
                    "on from there when the server is started again.")
               : tr("Nothing was kept in a file: the server begins anew."),
        m_box);
    safe->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(safe, 2, 1);
    m_answer = words(u"engineFailureAnswer"_s, QString(), m_box);
    m_answer->hide();
    grid->addWidget(m_answer, 3, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch(1);
    auto *save = new QPushButton(m_context.icons.icon(u"download"_s), tr("Save report…"), m_box);
    save->setObjectName(u"engineFailureSave"_s);
    save->setAutoDefault(false);
    auto *again = new PrimaryButton(m_context.theme, tr("Restart server"), m_box);
    again->setObjectName(u"engineFailureRestart"_s);
    again->setDefault(true);
    for (QPushButton *button : {save, static_cast<QPushButton *>(again)}) {
        button->setAccessibleName(button->text());
        row->addWidget(button);
    }
    grid->addLayout(row, 4, 0, 1, 2);
    connect(save, &QPushButton::clicked, this, &EngineFailure::saveReport);
    connect(again, &QPushButton::clicked, this, &EngineFailure::restart);
    m_box->open();
    again->setFocus();
}

void EngineFailure::restart()
{
    devserver::api::then<devserver::api::Done>(
        m_context.backend.startServer(m_context.backend.server().port), m_box,
        [this](const devserver::api::Done &) { m_box->close(); },
        [this](const devserver::Error &error) {
            m_answer->setText(tr("Not started: %1").arg(error.message));
            m_answer->show();
        });
}

void EngineFailure::saveReport()
{
    auto *dialog = new QFileDialog(m_box, tr("Save report"));
    dialog->setObjectName(u"engineFailureDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"txt"_s);
    dialog->selectFile(u"redrive-report.txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &EngineFailure::write);
    dialog->open();
}

void EngineFailure::write(const QString &path)
{
    if (!m_answer)
        return;
    const QByteArray text = report().toUtf8();
    QFile file(path); // a few lines
    const bool isDone =
        file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush();
    m_answer->setText(isDone ? tr("The report is in %1.").arg(QFileInfo(path).fileName())
                             : tr("The report was not written: %1").arg(file.errorString()));
    m_answer->show();
}

/// No event, no payload: a report may be shown to others.
QString EngineFailure::report() const
{
    const devserver::api::ServerState server = m_context.backend.server();
    QStringList lines = {
        QStringLiteral("Redrive " REDRIVE_VERSION),
        u"Qt %1, %2"_s.arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName()),
        errorDetails(server.error, m_context.backend.now()),
        u"Address: %1"_s.arg(server.address),
        u"Data file: %1"_s.arg(server.dataFile.isEmpty() ? u"none"_s : server.dataFile),
    };
    if (const auto &counters = m_context.feed.counters())
        lines.append(u"Runs: %1, running %2, waiting %3, queued %4"_s.arg(counters->all)
                         .arg(counters->running)
                         .arg(counters->waiting)
                         .arg(counters->queued));
    return lines.join(u'\n') + u'\n';
}

} // namespace console

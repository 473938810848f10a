// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/servertrouble.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/projectport.h"
#include "ui/core/serveraddress.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/otherdatafile.h"
#include "ui/widgets/primarybutton.h"

#include <QFileInfo>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;
using devserver::api::ServerPhase;
using devserver::api::ServerState;

namespace {

constexpr int iconSize = 28;
/// 8289 is what other dev servers use next to 8288.
constexpr quint16 portsAhead = 2;

bool isAboutDataFile(ErrorCode code)
{
    return code == ErrorCode::StoreLocked || code == ErrorCode::StoreReadOnly
           || code == ErrorCode::StoreDamaged || code == ErrorCode::StoreFull;
}

/// What apps are started with to find the server at another port of the same host.
QString settingFor(const ServerState &state, quint16 port)
{
    const QString address = reachable(state.address);
    const QString host = address.left(address.lastIndexOf(u':'));
    return u"INNGEST_DEV=http://%1:%2"_s.arg(host).arg(port);
}

/// It is said above.
QString withoutFile(const QString &message, const QString &file)
{
    const QString start = file + u": "_s;
    return !file.isEmpty() && message.startsWith(start) ? message.mid(start.size()) : message;
}

} // namespace

ServerTrouble::ServerTrouble(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_path(new QLabel(this))
    , m_system(new QLabel(this))
    , m_answer(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(u"serverTrouble"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(14);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(6);
    row->addLayout(column, 1);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setObjectName(u"serverTroubleTitle"_s);
    for (QLabel *label : {m_title, m_text, m_path, m_system, m_answer}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    for (QLabel *label : {m_text, m_system})
        label->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {m_text, m_path, m_system})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse); // paths are copied
    m_path->setObjectName(u"serverTroublePath"_s);
    useCodeFont(m_path);
    m_answer->setObjectName(u"serverTroubleAnswer"_s);
    m_answer->hide();
    column->addSpacing(4);
    m_buttons->setSpacing(8);
    column->addLayout(m_buttons);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &ServerTrouble::showState);
    connect(&context.theme, &Theme::changed, this, &ServerTrouble::showIcon); // the rest stays
    showState();
}

void ServerTrouble::showState()
{
    const ServerState state = m_context.backend.server();
    setVisible(state.phase == ServerPhase::Failed);
    if (state.phase == ServerPhase::Serving)
        m_taken.clear();
    if (state.phase != ServerPhase::Failed)
        return;
    showIcon();
    bool hadFocus = hasFocus();
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        if (QWidget *button = item->widget()) {
            hadFocus = hadFocus || button->hasFocus();
            button->hide();
            button->deleteLater(); // it may be what started the server
        }
        delete item;
    }
    m_answer->hide();
    m_system->clear();
    m_path->clear();
    explain(state.error);
    m_path->setVisible(!m_path->text().isEmpty());
    m_system->setVisible(!m_system->text().isEmpty());
    setAccessibleName(m_title->text());
    m_buttons->addStretch(1);
    if (hadFocus)
        focusMain(Qt::OtherFocusReason);
}

void ServerTrouble::showIcon()
{
    m_icon->setPixmap(
        m_context.icons.pixmap(u"warning"_s, Token::StateFailed, iconSize, devicePixelRatioF()));
}

void ServerTrouble::explain(const devserver::Error &error)
{
    const ServerState state = m_context.backend.server();
    if (error.code == ErrorCode::AddressInUse) {
        m_taken.insert(state.port);
        const quint16 other = otherPort();
        m_title->setText(state.portHolder.isEmpty()
                             ? tr("Port %1 is in use").arg(state.port)
                             : tr("Port %1 is used by %2").arg(state.port).arg(state.portHolder));
        m_text->setText(tr("Stop that program and try again, or let Redrive use another port "
                           "from now on. Your apps then need the new address:"));
        m_path->setText(settingFor(state, other));
        addStartButton(u"troubleOtherPort"_s, tr("Use port %1").arg(other), other);
    } else if (error.code == ErrorCode::StoreLocked) {
        m_title->setText(tr("Another Redrive has the data file open"));
        m_text->setText(tr("Stop it and try again, or choose another file."));
    } else if (error.code == ErrorCode::StoreDamaged) {
        m_title->setText(tr("The data file is damaged"));
        m_text->setText(tr("Nothing was changed in it. Choose another file, or move this one away "
                           "and try again."));
        m_system->setText(
            tr("The database says: %1").arg(withoutFile(error.message, state.dataFile)));
    } else if (error.code == ErrorCode::StoreFull) {
        m_title->setText(tr("The disk with the data file is full"));
        m_text->setText(tr("Make room and try again, or choose a file on another disk."));
    } else if (error.code == ErrorCode::StoreReadOnly) {
        m_title->setText(tr("Redrive cannot write to the data file"));
        m_text->setText(tr("Nothing was changed in it. Choose another file, or allow writing to "
                           "this one and to its folder and try again."));
        m_system->setText(
            tr("The system says: %1").arg(withoutFile(error.message, state.dataFile)));
    } else {
        m_title->setText(tr("The server does not run"));
        m_text->setText(error.message);
    }
    const bool isAboutFile = isAboutDataFile(error.code);
    if (isAboutFile)
        m_path->setText(state.dataFile);
    // It will be as it is the next time.
    const bool wantsOther =
        error.code == ErrorCode::StoreDamaged || error.code == ErrorCode::StoreReadOnly;
    if (wantsOther)
        addFileButton(state.dataFile);
    addStartButton(u"troubleTryAgain"_s, tr("Try again"), state.port);
    if (isAboutFile && !wantsOther)
        addFileButton(state.dataFile);
    if (isAboutFile && error.code != ErrorCode::StoreLocked && !state.dataFile.isEmpty())
        addFolderButton(QFileInfo(state.dataFile).path());
}

QPushButton *ServerTrouble::addButton(const QString &name, const QString &text)
{
    auto *button = new PrimaryButton(m_context.theme, text, this);
    button->setPrimary(m_buttons->count() == 0);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    m_buttons->addWidget(button);
    return button;
}

void ServerTrouble::addStartButton(const QString &name, const QString &text, quint16 port)
{
    connect(addButton(name, text), &QPushButton::clicked, this, [this, port] { start(port); });
}

void ServerTrouble::addFolderButton(const QString &folder)
{
    connect(addButton(u"troubleFolder"_s, tr("Open folder")), &QPushButton::clicked, this,
            [this, folder] { m_context.desktop.openUrl(QUrl::fromLocalFile(folder)); });
}

void ServerTrouble::addFileButton(const QString &dataFile)
{
    connect(addButton(u"troubleOtherFile"_s, tr("Choose another file…")), &QPushButton::clicked,
            this, [this, dataFile] {
                chooseDataFile(dataFile, this, [this](const QString &path) { openFile(path); });
            });
}

/// A window has one data file as long as it lives: another one takes its place.
void ServerTrouble::openFile(const QString &path)
{
    const ServerState state = m_context.backend.server();
    if (path == state.dataFile) {
        start(state.port);
        return;
    }
    const devserver::Result<void> launched = startWindowFor(m_context, path, state.port);
    if (launched) {
        window()->close();
        return;
    }
    m_answer->setText(
        tr("A window for %1 could not be started: %2").arg(path, launched.error().message));
    m_answer->show();
}

void ServerTrouble::focusMain(Qt::FocusReason reason)
{
    if (QLayoutItem *first = m_buttons->itemAt(0); first != nullptr && first->widget() != nullptr)
        first->widget()->setFocus(reason);
}

void ServerTrouble::focusInEvent(QFocusEvent *event)
{
    focusMain(event->reason());
}

/// Apps are told another port once: it is that of the project from then on, even if it serves only
/// when it is tried again. That is kept by what lives as long as the window.
void ServerTrouble::start(quint16 port)
{
    const ServerState before = m_context.backend.server();
    if (port != before.port)
        m_chosenPort = port;
    devserver::api::Reply *reply = m_context.backend.startServer(port);
    connect(reply, &devserver::api::Reply::failed, this, [this](const devserver::Error &error) {
        m_answer->setText(tr("Not started: %1").arg(error.message));
        m_answer->show();
    });
    if (m_chosenPort == 0 || port != m_chosenPort)
        return;
    Navigator *window = &m_context.navigator;
    connect(reply, &devserver::api::Reply::finished, window,
            [window, port, dataFile = before.dataFile] {
                rememberPort(
                    dataFile, port, window,
                    [window](const QString &problem) { window->tellProblem(problem); },
                    [window](const QString &problem) { window->takeBackProblem(problem); });
            });
}

/// The one that apps know by themselves, if that of the project is taken; else the next one.
quint16 ServerTrouble::otherPort() const
{
    const ServerState state = m_context.backend.server();
    if (!m_taken.contains(usualPort) && m_taken.contains(projectPort(state.dataFile)))
        return usualPort;
    int port = state.port;
    do {
        port = port + portsAhead > 0xffff ? usualPort : port + portsAhead;
    } while (m_taken.contains(static_cast<quint16>(port)));
    return static_cast<quint16>(port);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/runwindow.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/runs/runpanel.h"
#include "ui/shell/colorline.h"
#include "ui/shell/projectname.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/spot.h"
#include "ui/widgets/taborder.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize firstSize(1000, 640);

} // namespace

RunWindow::RunWindow(Context &context, devserver::RunId run, QWidget *mainWindow)
    : QWidget(mainWindow, Qt::Window)
    , m_run(run)
    , m_panel(new RunPanel(context, this))
{
    setObjectName(u"runWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    const QString project = projectName(context.backend.server().dataFile);
    setWindowTitle(tr("%1 - %2 - Redrive (local)").arg(project, shortId(run.toText())));
    resize(firstSize);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *line = new ColorLine(context.theme, this);
    line->setProject(project);
    layout->addWidget(line);
    layout->addWidget(m_panel, 1);
    connect(m_panel, &RunPanel::wentMeanwhile, this, &QWidget::close);
    m_panel->showRun(run);
    m_panel->setFocus(); // its drawing: Space or Enter would press the first button
    context.actions.bind("help.manual"_ba, this,
                         [&context] { context.navigator.openManual("timeline"_ba); });
}

bool RunWindow::focusNextPrevChild(bool next)
{
    return moveFocusAsRead(this, next);
}

QJsonObject RunWindow::saveSpot() const
{
    return {{"run"_L1, QString::fromLatin1(m_run.toText())},
            {"geometry"_L1, QString::fromLatin1(saveGeometry().toBase64())},
            {"panel"_L1, m_panel->saveSpot()},
            {"widgets"_L1, widgetSpot(*this)}};
}

void RunWindow::restoreSpot(const QJsonObject &spot)
{
    restoreGeometry(QByteArray::fromBase64(spot["geometry"_L1].toString().toLatin1()));
    m_panel->restoreSpot(spot["panel"_L1].toObject());
    showWidgetSpot(*this, spot["widgets"_L1].toObject());
}

void RunWindow::keyPressEvent(QKeyEvent *event)
{
    const bool isClose = event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close);
    if (isClose)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace console

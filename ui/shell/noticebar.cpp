// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/noticebar.h"

#include "devserver/model/change.h"
#include "ui/core/filtertext.h"
#include "ui/widgets/navigator.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text, int count)
{
    return QCoreApplication::translate("NoticeBar", text, nullptr, count);
}

InfoText::Button showButton(const std::vector<devserver::RunId> &runs, Navigator &navigator)
{
    const QString text = tr("Show %n run(s)", static_cast<int>(runs.size()));
    if (runs.size() == 1)
        return {text, [run = runs.front(), &navigator] { navigator.openRun(run); }};
    QByteArrayList ids;
    for (const devserver::RunId &run : runs)
        ids.append(run.toText());
    return {text,
            [filter = filterTermText("id"_ba, ids), &navigator] { navigator.filterRuns(filter); }};
}

} // namespace

QByteArray appBarId(devserver::AppId app)
{
    return "app:" + app.toText();
}

InfoText noticeBar(const devserver::Notice &notice, Navigator &navigator)
{
    QString text = QString::fromUtf8(notice.text); // as in the log
    text.replace(0, 1, text.left(1).toUpper());
    InfoText info{.id = notice.about.isEmpty() ? notice.text : notice.about,
                  .kind = InfoKind::Info,
                  .text = text,
                  .buttons = {},
                  .details = {}};
    if (notice.isPassing)
        info.lasts = passingBar;
    if (!notice.runs.empty())
        info.buttons.push_back(showButton(notice.runs, navigator));
    return info;
}

} // namespace console

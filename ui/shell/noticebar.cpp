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

InfoText noticeBar(const devserver::Notice &notice, Navigator &navigator)
{
    InfoText info{.id = notice.text,
                  .kind = InfoKind::Info,
                  .text = QString::fromUtf8(notice.text),
                  .buttons = {},
                  .details = {}};
    if (!notice.runs.empty())
        info.buttons.push_back(showButton(notice.runs, navigator));
    return info;
}

} // namespace console

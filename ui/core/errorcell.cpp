// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/errorcell.h"

#include "ui/core/filtertext.h"

namespace console {

using namespace Qt::StringLiterals;

bool saysNothing(const QByteArray &errorName)
{
    const QByteArray name = errorName.toLower();
    return name.isEmpty() || name == "error" || name == "exception";
}

Cell errorCell(const QByteArray &name, const QByteArray &message)
{
    const QString lead = QString::fromUtf8(name);
    const QString line = QString::fromUtf8(message).trimmed().section(u'\n', 0, 0).trimmed();
    const QString colon = lead.isEmpty() || line.isEmpty() ? QString() : u": "_s;
    Cell cell{.text = lead + colon + line};
    if (saysNothing(name))
        cell.brief = line;
    else
        cell.keptStart = static_cast<int>(lead.size() + colon.size());
    return cell;
}

QString errorTerm(const QByteArray &words)
{
    const QByteArray more = "\u2026"_ba; // behind what a row has no more of
    const QByteArray found = words.endsWith(more) ? words.chopped(more.size()) : words;
    return found.isEmpty() ? QString() : filterTermText("error"_ba, {found});
}

QString sameErrorTerm(const devserver::api::RunSummary &run)
{
    if (!run.fingerprint.isEmpty())
        return filterTermText("sig"_ba, {run.fingerprint});
    const QByteArray &value = saysNothing(run.errorName) && !run.errorMessage.isEmpty()
                                  ? run.errorMessage
                                  : run.errorName;
    return errorTerm(value);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/openrequest.h"

namespace console {

using namespace Qt::StringLiterals;

namespace {

const QString verb = u"open"_s;
const QString run = u"run"_s;

} // namespace

devserver::Result<OpenRequest> takeOpenRequest(QStringList &arguments)
{
    const qsizetype at = arguments.indexOf(verb);
    if (at < 0 || arguments.value(at + 1) != run)
        return OpenRequest(); // the value of an option, or a mistake that is told with the options
    const QStringList words = arguments.mid(at);
    arguments = arguments.first(at);
    const OpenRequest request = fromWords(words);
    if (words.size() != 3 || request.run.isNull())
        return devserver::failure(devserver::ErrorCode::InvalidInput,
                                  u"open run: the ID of a run is expected, and nothing after it"_s);
    return request;
}

QStringList toWords(const OpenRequest &request)
{
    return request.run.isNull() ? QStringList()
                                : QStringList{verb, run, QString::fromLatin1(request.run.toText())};
}

OpenRequest fromWords(const QStringList &words)
{
    if (words.size() < 3 || words[0] != verb || words[1] != run)
        return {};
    return {.run = devserver::RunId::fromText(words[2].toLatin1()).value_or(devserver::RunId())};
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/result.h"
#include "ui/core/errorwords.h"
#include "ui/widgets/infobar.h"

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

InfoText errorBar(const QByteArray &id, const QString &what, const devserver::Error &error,
                  devserver::TimePoint now, std::function<void()> again, const QString &dataFile)
{
    InfoText info{.id = id,
                  .kind = InfoKind::Error,
                  .text = error.message.isEmpty() ? what : QString(what + u": "_s + error.message),
                  .buttons = {},
                  .details = errorFacts(error, now, dataFile)};
    if (again)
        info.buttons.push_back({InfoBarStack::tr("Try again"), std::move(again)});
    return info;
}

} // namespace console

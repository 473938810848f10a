// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/serveraddress.h"

namespace console {

using namespace Qt::StringLiterals;

QString reachable(const QString &address)
{
    const qsizetype colon = address.lastIndexOf(u':');
    const QStringView host = QStringView(address).left(colon);
    if (host == u"0.0.0.0"_s)
        return u"127.0.0.1"_s + address.mid(colon);
    if (host == u"[::]"_s)
        return u"[::1]"_s + address.mid(colon);
    return address;
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/errorwords.h"

#include "ui/core/format.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ErrorWords", text);
}

} // namespace

QString errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidJson:
        return u"InvalidJson"_s;
    case ErrorCode::InvalidInput:
        return u"InvalidInput"_s;
    case ErrorCode::TooLarge:
        return u"TooLarge"_s;
    case ErrorCode::NotFound:
        return u"NotFound"_s;
    case ErrorCode::Conflict:
        return u"Conflict"_s;
    case ErrorCode::Unauthorized:
        return u"Unauthorized"_s;
    case ErrorCode::Forbidden:
        return u"Forbidden"_s;
    case ErrorCode::Unsupported:
        return u"Unsupported"_s;
    case ErrorCode::AddressInUse:
        return u"AddressInUse"_s;
    case ErrorCode::Network:
        return u"Network"_s;
    case ErrorCode::Timeout:
        return u"Timeout"_s;
    case ErrorCode::StoreLocked:
        return u"StoreLocked"_s;
    case ErrorCode::StoreFull:
        return u"StoreFull"_s;
    case ErrorCode::StoreDamaged:
        return u"StoreDamaged"_s;
    case ErrorCode::Store:
        return u"Store"_s;
    case ErrorCode::Stopping:
        return u"Stopping"_s;
    }
    Q_UNREACHABLE();
}

QString errorDetails(const devserver::Error &error, devserver::TimePoint at)
{
    return tr("Code: %1").arg(errorCodeName(error.code)) + u'\n' + errorDetails(error.message, at);
}

QString errorDetails(const QString &text, devserver::TimePoint at)
{
    return tr("Text: %1").arg(text) + u'\n'
           + tr("Time: %1").arg(formatTimeExactly(at, TimeStyle::Absolute));
}

} // namespace console

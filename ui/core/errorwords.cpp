// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/errorwords.h"

#include "ui/core/format.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

namespace console {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ErrorWords", text);
}

/// What kind of thing went wrong, for whoever does not know the code.
QString errorCodeWords(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidJson:
        return tr("The text is not valid JSON");
    case ErrorCode::InvalidInput:
        return tr("The server does not accept this input");
    case ErrorCode::TooLarge:
        return tr("It is over a size limit");
    case ErrorCode::NotFound:
        return tr("It does not exist, or not any more");
    case ErrorCode::Conflict:
        return tr("It is in another state by now");
    case ErrorCode::Unauthorized:
        return tr("A key is missing or wrong");
    case ErrorCode::Forbidden:
        return tr("The host or origin of the request is not allowed");
    case ErrorCode::Unsupported:
        return tr("This version cannot do it");
    case ErrorCode::AddressInUse:
        return tr("The port is in use");
    case ErrorCode::Network:
        return tr("There is no connection, or it broke");
    case ErrorCode::Timeout:
        return tr("There was no answer in time");
    case ErrorCode::StoreLocked:
        return tr("Another server has the data file open");
    case ErrorCode::StoreFull:
        return tr("The disk with the data file is full");
    case ErrorCode::StoreReadOnly:
        return tr("The data file may not be written to");
    case ErrorCode::StoreDamaged:
        return tr("The data file is damaged, or is no database");
    case ErrorCode::Store:
        return tr("The data file could not be read or written");
    case ErrorCode::Stopping:
        return tr("The server is stopping");
    }
    Q_UNREACHABLE();
}

bool isOfStore(ErrorCode code)
{
    return code == ErrorCode::StoreLocked || code == ErrorCode::StoreFull
           || code == ErrorCode::StoreReadOnly || code == ErrorCode::StoreDamaged
           || code == ErrorCode::Store;
}

/// What helps; empty: the message says all.
QString errorAdvice(ErrorCode code)
{
    switch (code) {
    case ErrorCode::StoreLocked:
        return tr("Stop the other server, then try again.");
    case ErrorCode::StoreFull:
        return tr("Make room on its disk, then try again.");
    case ErrorCode::StoreReadOnly:
        return tr("Allow writing to it and to its folder, then try again.");
    case ErrorCode::StoreDamaged:
        return tr("Open a copy of it, or another data file.");
    case ErrorCode::Store:
        return tr("Look whether its disk is there and can be written to, then try again.");
    default:
        return {};
    }
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
    case ErrorCode::StoreReadOnly:
        return u"StoreReadOnly"_s;
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
    return tr("%1 (code %2)").arg(errorCodeWords(error.code), errorCodeName(error.code)) + u'\n'
           + errorDetails(error.message, at);
}

QString errorFacts(const devserver::Error &error, devserver::TimePoint at, const QString &dataFile)
{
    const QString words = errorCodeWords(error.code);
    const QString file = QFileInfo(dataFile).fileName();
    QStringList lines{isOfStore(error.code) && !file.isEmpty() ? tr("%1: %2").arg(words, file)
                                                               : QString(words + u'.')};
    if (const QString advice = errorAdvice(error.code); !advice.isEmpty())
        lines.append(advice);
    lines.append(tr("Time: %1").arg(formatTimeExactly(at, TimeStyle::Absolute)));
    return lines.join(u'\n');
}

QString errorDetails(const QString &text, devserver::TimePoint at)
{
    return tr("Message: %1").arg(text) + u'\n'
           + tr("Time: %1").arg(formatTimeExactly(at, TimeStyle::Absolute));
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/projectplaces.h"

#include "ui/widgets/settings.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QStringList>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype groupLength = 16;

/// Data files, newest first.
QString orderKey()
{
    return u"places/order"_s;
}

} // namespace

ProjectPlaces::ProjectPlaces(Settings &settings, const QString &dataFile)
    : m_settings(settings)
    , m_dataFile(dataFile.isEmpty() ? QString() : QFileInfo(dataFile).absoluteFilePath())
    , m_group(groupOf(m_dataFile))
{}

/// A path would be read as a path of groups.
QString ProjectPlaces::groupOf(const QString &dataFile)
{
    const QByteArray hash =
        QCryptographicHash::hash(dataFile.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"places/"_s + QString::fromLatin1(hash.first(groupLength));
}

bool ProjectPlaces::isKnown() const
{
    return !m_dataFile.isEmpty()
           && m_settings.value(m_group + u"/dataFile"_s).toString() == m_dataFile;
}

QVariant ProjectPlaces::value(const QString &key, const QVariant &fallback) const
{
    return isKnown() ? m_settings.value(m_group + u'/' + key, fallback) : fallback;
}

void ProjectPlaces::touch()
{
    if (m_dataFile.isEmpty())
        return;
    if (isKnown() && m_settings.value(orderKey()).toStringList().value(0) == m_dataFile)
        return;
    m_settings.prepend(orderKey(), m_dataFile);
    m_settings.setValue(m_group + u"/dataFile"_s, m_dataFile);
    QStringList order = m_settings.value(orderKey()).toStringList();
    while (order.size() > most) {
        const QString oldest = order.takeLast();
        m_settings.drop(orderKey(), oldest);
        m_settings.remove(groupOf(oldest));
    }
}

void ProjectPlaces::setValue(const QString &key, const QVariant &value)
{
    if (isKnown())
        m_settings.setValue(m_group + u'/' + key, value);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

class QWidget;

namespace console {

/// A short text that explains how something works, in a small window beside what it explains.
/// \a name  of the window: `deadRule`; asked again, the open one comes to the front
void showHelpNote(QWidget *parent, const QString &name, const QString &title,
                  const QStringList &paragraphs);

} // namespace console

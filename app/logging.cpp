// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/logging.h"

#include <QLoggingCategory>

namespace console {

void setLogLevel(LogLevel level)
{
    QString rules;
    switch (level) {
    case LogLevel::Debug:
        rules = QStringLiteral("devserver.*.debug=true\nconsole.*.debug=true");
        break;
    case LogLevel::Info:
        rules = QStringLiteral("*.debug=false");
        break;
    case LogLevel::Warning:
        rules = QStringLiteral("*.debug=false\n*.info=false");
        break;
    case LogLevel::Error:
        rules = QStringLiteral("*.debug=false\n*.info=false\n*.warning=false");
        break;
    }
    QLoggingCategory::setFilterRules(rules);
    qSetMessagePattern(QStringLiteral("%{time hh:mm:ss.zzz} %{type} %{category} %{message}"));
}

} // namespace console

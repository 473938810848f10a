// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/linewrap.h"

#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QCoreApplication>
#include <QPlainTextEdit>
#include <QToolButton>

namespace console {

using namespace Qt::StringLiterals;

void followLineWrap(QPlainTextEdit *text, const Settings &settings)
{
    const auto follow = [text, &settings] {
        const auto mode =
            settings.wrapsLines() ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap;
        if (mode != text->lineWrapMode()) // it lays out anew
            text->setLineWrapMode(mode);
    };
    text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    follow();
    QObject::connect(&settings, &Settings::changed, text, follow);
}

QToolButton *makeWrapButton(Context &context, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    const QString words = QCoreApplication::translate("LineWrap", "Wrap lines");
    button->setObjectName(name);
    button->setIcon(context.icons.icon(u"wrap"_s, Token::TextDim));
    button->setAutoRaise(true);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(words);
    button->setAccessibleName(words);
    const auto follow = [button, &context] { button->setChecked(context.settings.wrapsLines()); };
    follow();
    QObject::connect(&context.settings, &Settings::changed, button, follow);
    QObject::connect(button, &QToolButton::clicked, &context.settings, &Settings::setWrapsLines);
    return button;
}

} // namespace console

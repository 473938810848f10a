// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/linklabel.h"

#include "ui/core/theme.h"

#include <QFocusEvent>

namespace console {

using namespace Qt::StringLiterals;

LinkText::LinkText(QWidget *parent)
    : QLabel(parent)
{}

void LinkText::setWords(const QString &html)
{
    setText(html);
    setFocusPolicy(html.contains(u"<a "_s) ? Qt::StrongFocus : Qt::NoFocus);
}

void LinkText::focusInEvent(QFocusEvent *event)
{
    QLabel::focusInEvent(event);
    const bool isBack = event->reason() == Qt::BacktabFocusReason;
    if (isBack || event->reason() == Qt::TabFocusReason)
        focusNextPrevChild(!isBack);
}

QString linkAmongWords(const QString &target, const QString &html)
{
    return u"<a href=\"%1\" style=\"text-decoration:underline\">%2</a>"_s.arg(
        target.toHtmlEscaped(), html);
}

void setLoneLink(QLabel *label, const QString &html, const QString &target)
{
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    const QString text = linkAmongWords(target, html);
    // Not while it stays the same: what the keys have chosen in a text goes with the text.
    if (text != label->text())
        label->setText(text);
}

void keepLinkColour(QLabel *label, Theme &theme)
{
    QObject::connect(&theme, &Theme::changed, label, [label] {
        const QString text = label->text();
        label->clear();
        label->setText(text);
    });
}

} // namespace console

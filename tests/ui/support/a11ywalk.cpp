// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QComboBox>
#include <QCoreApplication>
#include <QHelpEvent>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QToolButton>
#include <QToolTip>
#include <QWidget>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int smallestTarget = 24;

QString spokenName(const QWidget *widget)
{
    if (!widget->accessibleName().isEmpty())
        return widget->accessibleName();
    QAccessibleInterface *interface =
        QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
    return interface == nullptr ? QString() : interface->text(QAccessible::Name);
}

/// Whether someone who points at the widget is told its whole text.
bool tellsWhenPointedAt(const QWidget *widget)
{
    if (!widget->toolTip().isEmpty())
        return true;
    auto *asked = const_cast<QWidget *>(widget);
    const QPoint middle = asked->rect().center();
    QHelpEvent pointing(QEvent::ToolTip, middle, asked->mapToGlobal(middle));
    QToolTip::hideText();
    QCoreApplication::sendEvent(asked, &pointing);
    const bool isTold = QToolTip::isVisible() && !QToolTip::text().isEmpty();
    QToolTip::hideText();
    return isTold;
}

void checkButton(const QAbstractButton *button, QStringList &findings)
{
    const auto *tool = qobject_cast<const QToolButton *>(button);
    const bool isIconOnly =
        !button->icon().isNull()
        && (button->text().isEmpty()
            || (tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly));
    if (isIconOnly && button->toolTip().isEmpty())
        findings.append(nameOf(button) + u": only an icon and no tooltip"_s);
    if (button->width() < smallestTarget || button->height() < smallestTarget)
        findings.append(u"%1: %2x%3 is under %4 px"_s.arg(nameOf(button))
                            .arg(button->width())
                            .arg(button->height())
                            .arg(smallestTarget));
    const int missing = button->sizeHint().width() - button->width();
    const bool isMeantToGive = button->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored
                               && tellsWhenPointedAt(button);
    if (!button->text().isEmpty() && !isIconOnly && missing > 1 && !isMeantToGive
        && !button->inherits("console::RailButton"))
        findings.append(
            u"%1: `%2` is cut off by %3 px"_s.arg(nameOf(button), button->text()).arg(missing));
}

void checkLabel(const QLabel *label, QStringList &findings)
{
    if (label->text().isEmpty())
        return;
    // As the text needs it, whatever the label says that it would put up with.
    const bool isCut = label->wordWrap()
                           ? label->heightForWidth(label->width()) > label->height() + 1
                           : label->sizeHint().width() > label->width() + 1;
    if (isCut && !tellsWhenPointedAt(label))
        findings.append(u"%1: `%2` is cut off"_s.arg(nameOf(label), label->text()));
}

} // namespace

QStringList a11yFindings(const QWidget *root)
{
    QStringList findings;
    QMap<QString, QString> mnemonics;
    for (const QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisible() || isPartOfQt(widget) || widget->window() != root->window())
            continue;
        if (canHaveFocus(widget) && spokenName(widget).isEmpty())
            findings.append(nameOf(widget) + u": no accessible name"_s);
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            checkButton(button, findings);
            const QString mnemonic = QKeySequence::mnemonic(button->text()).toString();
            if (mnemonic.isEmpty())
                continue;
            if (mnemonics.contains(mnemonic))
                findings.append(u"%1: %2 is the mnemonic of %3, too"_s.arg(nameOf(button), mnemonic,
                                                                           mnemonics[mnemonic]));
            mnemonics.insert(mnemonic, nameOf(button));
        }
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            checkLabel(label, findings);
    }
    return findings;
}

QStringList cutOffFindings(const QWidget *root)
{
    const auto canBeScrolledTo = [root](const QWidget *widget) {
        for (const QWidget *up = widget->parentWidget(); up != nullptr && up != root;
             up = up->parentWidget()) {
            if (qobject_cast<const QAbstractScrollArea *>(up) != nullptr)
                return true;
        }
        return false;
    };
    QStringList findings;
    for (const QWidget *widget : root->findChildren<QWidget *>()) {
        const bool isText = qobject_cast<const QLabel *>(widget) != nullptr
                            || qobject_cast<const QAbstractButton *>(widget) != nullptr
                            || qobject_cast<const QLineEdit *>(widget) != nullptr
                            || qobject_cast<const QComboBox *>(widget) != nullptr;
        if (!isText || !widget->isVisible() || isPartOfQt(widget) || widget->size().isEmpty()
            || widget->window() != root->window() || canBeScrolledTo(widget))
            continue;
        const QRect seen = widget->visibleRegion().boundingRect();
        if (seen.width() < widget->width() || seen.height() < widget->height())
            findings.append(u"%1: of %2x%3 only %4x%5 can be seen"_s.arg(nameOf(widget))
                                .arg(widget->width())
                                .arg(widget->height())
                                .arg(seen.width())
                                .arg(seen.height()));
    }
    return findings;
}

} // namespace console::test

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/spot.h"

#include "ui/widgets/listtable.h"

#include <QAbstractButton>
#include <QTabWidget>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *rememberedName = "redriveIsRemembered";

template<typename Widget, typename Visit>
void eachNamed(const QWidget &root, Visit visit)
{
    for (Widget *widget : root.findChildren<Widget *>()) {
        // Windows of their own, such as dialogs, are not a part of it.
        if (!widget->objectName().isEmpty() && widget->window() == root.window())
            visit(widget);
    }
}

} // namespace

void remember(QAbstractButton *button)
{
    button->setProperty(rememberedName, true);
}

QJsonObject widgetSpot(const QWidget &root)
{
    QJsonObject spot;
    eachNamed<QTabWidget>(root, [&spot](const QTabWidget *tabs) {
        spot.insert(tabs->objectName(), tabs->currentIndex());
    });
    eachNamed<QAbstractButton>(root, [&spot](const QAbstractButton *button) {
        if (button->property(rememberedName).toBool())
            spot.insert(button->objectName(), button->isChecked());
    });
    eachNamed<ListTable>(root, [&spot](const ListTable *table) {
        spot.insert(table->objectName(), table->saveSpot());
    });
    return spot;
}

void showWidgetSpot(const QWidget &root, const QJsonObject &spot)
{
    eachNamed<QTabWidget>(root, [&spot](QTabWidget *tabs) {
        tabs->setCurrentIndex(spot[tabs->objectName()].toInt(tabs->currentIndex()));
    });
    eachNamed<QAbstractButton>(root, [&spot](QAbstractButton *button) {
        const bool wasChecked = spot[button->objectName()].toBool(button->isChecked());
        if (button->property(rememberedName).toBool() && button->isChecked() != wasChecked)
            button->click(); // as a person would: whoever listens to clicks hears it, too
    });
    eachNamed<ListTable>(root, [&spot](ListTable *table) {
        table->restoreSpot(spot[table->objectName()].toObject());
    });
}

} // namespace console

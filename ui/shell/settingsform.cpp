// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/settingsform.h"

#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace console {

SettingsForm makeSettingsPage(const QString &title, const QString &resetName, QWidget *parent)
{
    SettingsForm page{.widget = new QWidget(parent), .content = nullptr, .reset = nullptr};
    page.content = new QVBoxLayout;
    page.content->setSpacing(10);
    page.reset = new QPushButton(QCoreApplication::translate("SettingsPages", "Reset this page"),
                                 page.widget);
    page.reset->setObjectName(resetName);
    page.reset->setAccessibleName(page.reset->text());
    page.reset->setAutoDefault(false);
    QSizePolicy policy = page.reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // all pages begin at the same height
    page.reset->setSizePolicy(policy);
    auto *heading = new QLabel(title, page.widget);
    QFont font = heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    auto *row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(page.reset);
    auto *layout = new QVBoxLayout(page.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(row);
    layout->addLayout(page.content, 1);
    return page;
}

QLabel *makeHint(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QFormLayout *makeFields(QWidget *parent)
{
    auto *form = new QFormLayout(parent);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    return form;
}

QLabel *addField(QFormLayout *form, const QString &label, QWidget *field)
{
    constexpr int captionChars = 14;
    auto *caption = new QLabel(label, form->parentWidget());
    caption->setMinimumWidth(caption->fontMetrics().averageCharWidth() * captionChars);
    caption->setBuddy(field);
    form->addRow(caption, field);
    return caption;
}

} // namespace console

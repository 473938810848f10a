// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/troublepage.h"

#include "ui/widgets/card.h"
#include "ui/widgets/context.h"
#include "ui/widgets/servertrouble.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int cardWidth = 640;
constexpr int margin = 24;

} // namespace

TroublePage::TroublePage(Context &context, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"troublePage"_s);
    setAccessibleName(tr("Server"));
    auto *card = new Card(context.theme, this);
    card->setMaximumWidth(cardWidth);
    card->setMinimumWidth(cardWidth / 2);
    auto *content = new QVBoxLayout(card);
    content->setContentsMargins(margin, margin, margin, margin);
    auto *trouble = new ServerTrouble(context, card);
    content->addWidget(trouble);
    setFocusProxy(trouble);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(card, 4);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(row);
    layout->addStretch(3);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/view.h"

#include "ui/widgets/infobar.h"

#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

View::View(Context &context, const QByteArray &name, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_name(name)
    , m_infoBars(new InfoBarStack(context.theme, this))
    , m_body(new QVBoxLayout)
{
    setObjectName(QString::fromLatin1(name) + u"View"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_infoBars);
    layout->addLayout(m_body, 1);
}

Place View::place() const
{
    return {.view = m_name, .filter = {}, .subject = {}};
}

void View::showPlace(const Place &place)
{
    Q_UNUSED(place)
}

void View::showError(const QByteArray &id, const QString &what, const devserver::Error &error)
{
    m_infoBars->show({.id = id,
                      .kind = InfoKind::Error,
                      .text = what + u": "_s + error.message,
                      .buttons = {},
                      .details = {}});
}

} // namespace console

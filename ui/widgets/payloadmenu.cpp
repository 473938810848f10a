// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/payloadmenu.h"

#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/navigator.h"

namespace console {

using namespace Qt::StringLiterals;

PayloadMenu::PayloadMenu(Context &context, const PayloadOrigin &origin, QWidget *parent)
    : QMenu(parent)
    , m_context(context)
    , m_origin(origin)
{
    setObjectName(u"payloadMenu"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setToolTipsVisible(true);
}

QAction *PayloadMenu::add(const QString &name, const QString &text)
{
    QAction *action = addAction(text);
    action->setObjectName(name);
    action->setEnabled(false);
    return action;
}

void PayloadMenu::addPartActions()
{
    m_value = add(u"payloadCopyValue"_s, tr("Copy value"));
    m_path = add(u"payloadCopyPath"_s, tr("Copy path"));
    addSeparator();
    m_only = add(u"payloadOnlyThis"_s, tr("Only this value"));
    m_compose = add(u"payloadCompose"_s, tr("Use in composer"));
    connect(m_value, &QAction::triggered, this,
            [this] { m_context.desktop.copy(QString::fromUtf8(m_part.value)); });
    connect(m_path, &QAction::triggered, this, [this] { m_context.desktop.copy(m_part.path); });
    connect(m_only, &QAction::triggered, this, [this] {
        if (const std::optional<QString> filter = payloadFilter(m_origin.role, m_part))
            m_context.navigator.go({.view = m_origin.view, .filter = *filter, .subject = {}});
    });
    connect(m_compose, &QAction::triggered, this, [this] {
        if (const std::optional<PayloadDraft> draft = payloadDraft(m_origin.role, m_part))
            m_context.navigator.composeEvent(draft->name, draft->data);
    });
}

void PayloadMenu::describe(QAction *action, bool isPossible, const QString &whyNot)
{
    action->setEnabled(isPossible);
    action->setToolTip(isPossible ? QString() : whyNot);
}

void PayloadMenu::setPart(const PayloadPart &part)
{
    m_part = part;
    describe(m_value, true, {});
    describe(m_path, !part.path.isEmpty(), tr("This is the whole payload."));
    const std::optional<QString> filter = payloadFilter(m_origin.role, part);
    describe(m_only, filter.has_value(),
             m_origin.role == PayloadRole::Other
                 ? tr("No list can be filtered by this payload.")
                 : tr("Lists are filtered by single values of an event or of an output."));
    if (filter)
        m_only->setToolTip(*filter);
    describe(m_compose, payloadDraft(m_origin.role, part).has_value(),
             tr("The data of an event are an object."));
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/savedchips.h"

#include "ui/widgets/context.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/statechips.h"

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int spacing = 4;
constexpr int mostChars = 28; ///< of a name

QString shortened(const QString &name)
{
    return name.size() <= mostChars ? name : QString(name.first(mostChars - 1) + u'\u2026');
}

} // namespace

SavedChips::SavedChips(Context &context, FilterEdit &edit, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_edit(edit)
{
    setAccessibleName(tr("Saved views"));
    auto *layout = new FlowLayout(spacing, this);
    layout->setContentsMargins(0, 0, 0, 0);
    hide();
    connect(&context.savedViews, &SavedViews::changed, this, &SavedChips::list);
    connect(&edit, &QLineEdit::textChanged, this, &SavedChips::showWhichIsOn);
    list();
}

void SavedChips::list()
{
    const std::vector<SavedView> wanted = m_context.savedViews.pinned(m_edit.viewName());
    if (wanted == m_views)
        return;
    m_views = wanted;
    for (Chip *chip : std::exchange(m_chips, {})) {
        chip->hide();
        chip->setObjectName({});
        layout()->removeWidget(chip);
        chip->deleteLater(); // it may be what led here
    }
    for (std::size_t at = 0; at < m_views.size(); ++at) {
        const SavedView &saved = m_views[at];
        const QString hint = shortened(saved.name) == saved.name
                                 ? saved.filter
                                 : saved.name + u"\n"_s + saved.filter;
        auto *chip =
            new Chip(m_context, u"star"_s, Token::Accent, shortened(saved.name), hint, this);
        chip->setObjectName(m_edit.objectName() + u"Saved%1"_s.arg(at));
        chip->setAccessibleName(saved.name);
        connect(chip, &QAbstractButton::clicked, this, [this, at] { click(at); });
        layout()->addWidget(chip);
        m_chips.push_back(chip);
    }
    setVisible(!m_chips.empty());
    showWhichIsOn();
    updateGeometry();
}

void SavedChips::showWhichIsOn()
{
    const QString now = m_edit.text().trimmed();
    for (std::size_t at = 0; at < m_chips.size(); ++at)
        m_chips[at]->setChecked(m_views[at].filter == now);
}

void SavedChips::click(std::size_t at)
{
    const SavedView saved = m_views[at];
    if (m_chips[at]->isChecked())
        m_edit.setLine({});
    else
        m_context.navigator.openSavedView(saved);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/idlabel.h"

#include "ui/core/format.h"
#include "ui/widgets/codefont.h"

#include <QEvent>

#include <utility>

namespace console {

IdLabel::IdLabel(std::function<int()> room, QWidget *parent)
    : QLabel(parent)
    , m_room(std::move(room))
{
    useCodeFont(this);
    setForegroundRole(QPalette::PlaceholderText);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    parent->installEventFilter(this);
}

void IdLabel::setId(const QString &id, const QString &spoken)
{
    m_id = id;
    setToolTip(id);
    setAccessibleName(spoken);
    fit();
}

bool IdLabel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        fit(); // the same text changes nothing, and asks for no layout again
    return QLabel::eventFilter(watched, event);
}

void IdLabel::fit()
{
    const bool isWhole = fontMetrics().horizontalAdvance(m_id) <= m_room();
    const QString text = isWhole ? m_id : shortId(m_id.toUtf8());
    if (text != this->text()) // setting it would lose what is selected
        setText(text);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/idlabel.h"

#include "ui/core/format.h"
#include "ui/widgets/codefont.h"

#include <QEvent>
#include <QLayout>

#include <algorithm>
#include <utility>

namespace console {

namespace {

/// Asks the widgets: what a layout within another one knows may be older.
int widthBeside(const QWidget *id, const QLayout &row)
{
    int width = 0;
    int shown = 0;
    for (int at = 0; at < row.count(); ++at) {
        QLayoutItem *item = row.itemAt(at);
        if (item->layout() != nullptr)
            width += widthBeside(id, *item->layout());
        else if (item->widget() != id && !item->isEmpty())
            width += item->widget()->sizeHint().width();
        else if (item->spacerItem() != nullptr)
            width += item->sizeHint().width();
        shown += item->spacerItem() != nullptr || item->isEmpty() ? 0 : 1;
    }
    return width + std::max(shown - 1, 0) * row.spacing();
}

} // namespace

IdLabel::IdLabel(QWidget *parent)
    : QLabel(parent)
{
    useCodeFont(this);
    setForegroundRole(QPalette::PlaceholderText);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    parent->installEventFilter(this);
}

void IdLabel::standIn(const QLayout *row, std::function<int()> unseen)
{
    m_row = row;
    m_unseen = std::move(unseen);
}

int IdLabel::room() const
{
    if (m_row == nullptr)
        return 0;
    int room = parentWidget()->width() - widthBeside(this, *m_row) - (m_unseen ? m_unseen() : 0);
    for (const QObject *around = m_row; const auto *layout = qobject_cast<const QLayout *>(around);
         around = layout->parent()) {
        const QMargins margins = layout->contentsMargins();
        room -= margins.left() + margins.right();
    }
    return room;
}

void IdLabel::setId(const QString &id, const QString &spoken)
{
    const bool isOther = id != m_id;
    m_id = id;
    setToolTip(id);
    setAccessibleName(spoken);
    if (isOther)
        chooseText();
}

bool IdLabel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::FontChange)
        chooseText();
    else if (event->type() == QEvent::LayoutRequest)
        shrink();
    return QLabel::eventFilter(watched, event);
}

/// With some room for the times to become longer.
void IdLabel::chooseText()
{
    const int spare = m_spare * fontMetrics().averageCharWidth();
    showWhole(fontMetrics().horizontalAdvance(m_id) + spare <= room());
}

void IdLabel::shrink()
{
    if (m_isWhole && fontMetrics().horizontalAdvance(m_id) > room())
        showWhole(false);
}

void IdLabel::showWhole(bool isWhole)
{
    m_isWhole = isWhole;
    const QString text = isWhole ? m_id : shortId(m_id.toUtf8());
    if (text != this->text()) // setting it would lose what is selected
        setText(text);
}

} // namespace console

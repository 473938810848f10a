// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/addressline.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QWheelEvent>

namespace console {

namespace {

constexpr QChar canEnd(0x200B); ///< no width: a line may end here
constexpr QChar staysOne(0x2060);

/// The signs of an address are percent-encoded, so that it has none of these two itself.
QString withLineEnds(const QString &address)
{
    QString text;
    for (const QChar letter : address) {
        const bool isPartStart = letter == u'?' || letter == u'&';
        if (isPartStart)
            text += canEnd;
        text += letter;
        if (isPartStart || letter == u'-')
            text += staysOne;
    }
    return text;
}

} // namespace

AddressLine::AddressLine(QWidget *parent)
    : ExactTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFocusPolicy(Qt::ClickFocus);
    setFrameShape(NoFrame);
    setUndoRedoEnabled(false);
    setLineWrapMode(WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
}

void AddressLine::setAddress(const QString &address)
{
    const QString text = withLineEnds(address);
    if (text != exact()) // what is selected stays so
        setPlainText(text);
    fitHeight();
}

QMimeData *AddressLine::createMimeDataFromSelection() const
{
    QMimeData *selected = ExactTextEdit::createMimeDataFromSelection();
    selected->setText(selected->text().remove(canEnd).remove(staysOne));
    return selected;
}

void AddressLine::resizeEvent(QResizeEvent *event)
{
    ExactTextEdit::resizeEvent(event);
    fitHeight();
}

void AddressLine::changeEvent(QEvent *event)
{
    ExactTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

/// There is nothing to scroll to: it goes on to what is around.
void AddressLine::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

void AddressLine::fitHeight()
{
    double height = 0; // in lines, the layout says
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        height += document()->documentLayout()->blockBoundingRect(block).height();
    setFixedHeight(static_cast<int>(height + 0.999));
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/headercap.h"

#include "ui/core/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace console {

namespace {

/// Stands above the scroll bar, as high as the header and with its ground.
class HeaderCap final : public QWidget
{
public:
    HeaderCap(QWidget &header, Theme &theme)
        : m_header(header)
        , m_theme(theme)
    {
        header.installEventFilter(this);
        setFixedHeight(header.height());
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == &m_header && event->type() == QEvent::Resize)
            setFixedHeight(m_header.height());
        return QWidget::eventFilter(watched, event);
    }

    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.color(Token::Window));
        painter.fillRect(0, height() - 1, width(), 1, m_theme.color(Token::Line));
    }

private:
    QWidget &m_header;
    Theme &m_theme;
};

} // namespace

void capScrollBar(QTableView &table, Theme &theme)
{
    capScrollBar(table, *table.horizontalHeader(), theme);
}

void capScrollBar(QAbstractScrollArea &area, QWidget &header, Theme &theme)
{
    area.addScrollBarWidget(new HeaderCap(header, theme), Qt::AlignTop);
}

} // namespace console

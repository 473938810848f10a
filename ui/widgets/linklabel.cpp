// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/linklabel.h"

#include "ui/core/theme.h"

#include <QFocusEvent>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// Shows the link of its label with or without a line.
class LoneLink final : public QObject
{
public:
    explicit LoneLink(QLabel *label)
        : QObject(label)
        , m_label(label)
    {
        label->setTextFormat(Qt::RichText);
        label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        label->installEventFilter(this);
        QObject::connect(label, &QLabel::linkHovered, this, [this](const QString &target) {
            m_isHovered = !target.isEmpty();
            show();
        });
    }

    [[nodiscard]] static LoneLink *of(QLabel *label)
    {
        for (QObject *child : label->children()) {
            if (auto *known = dynamic_cast<LoneLink *>(child))
                return known;
        }
        return new LoneLink(label); // of the label
    }

    void set(const QString &html, const QString &target)
    {
        m_html = html;
        m_target = target;
        show();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
            // Not while it has the focus: what the keys have chosen in a text goes with the text.
            m_hasFocus = event->type() == QEvent::FocusIn;
            show();
        } else if (event->type() == QEvent::Leave) {
            m_isHovered = false; // of what follows the text, nothing is told
            show();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void show()
    {
        const QString line = m_isHovered || m_hasFocus ? u"underline"_s : u"none"_s;
        const QString text = u"<a href=\"%1\" style=\"text-decoration:%2\">%3</a>"_s.arg(
            m_target.toHtmlEscaped(), line, m_html);
        if (text != m_label->text())
            m_label->setText(text);
    }

    QLabel *m_label;
    QString m_html;
    QString m_target;
    bool m_isHovered = false;
    bool m_hasFocus = false;
};

} // namespace

LinkText::LinkText(QWidget *parent)
    : QLabel(parent)
{}

void LinkText::focusInEvent(QFocusEvent *event)
{
    QLabel::focusInEvent(event);
    const bool isBack = event->reason() == Qt::BacktabFocusReason;
    if (isBack || event->reason() == Qt::TabFocusReason)
        focusNextPrevChild(!isBack);
}

QString linkAmongWords(const QString &target, const QString &html)
{
    return u"<a href=\"%1\" style=\"text-decoration:underline\">%2</a>"_s.arg(
        target.toHtmlEscaped(), html);
}

void setLoneLink(QLabel *label, const QString &html, const QString &target)
{
    LoneLink::of(label)->set(html, target);
}

void keepLinkColour(QLabel *label, Theme &theme)
{
    QObject::connect(&theme, &Theme::changed, label, [label] {
        const QString text = label->text();
        label->clear();
        label->setText(text);
    });
}

} // namespace console

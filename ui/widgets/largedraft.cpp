// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/largedraft.h"

#include "ui/core/format.h"
#include "ui/widgets/bigtextview.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/rule.h"

#include <QApplication>
#include <QDropEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int between = 8;                  ///< what stands in the row
constexpr int sides = 12 + 8 + 2 * between; ///< pixels of the row that nothing has

} // namespace

LargeDraft::LargeDraft(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_words(new QLabel(this))
    , m_view(new BigTextView(context.theme, this))
{
    setObjectName(u"composerLarge"_s);
    useWordsFont();
    setAutoFillBackground(true);
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::PreventContextMenu); // the editor's is about its own text
    m_words->setObjectName(u"composerLargeWords"_s);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_view->setObjectName(u"composerLargeText"_s);
    m_view->setAccessibleName(tr("Data as JSON"));
    m_view->setFocusPolicy(Qt::NoFocus);
    QToolButton *edit = m_edit =
        makeButton(u"composerLargeEdit"_s, u"edit"_s, tr("Edit here"),
                   tr("Takes a moment, and is slow with a text of this size"));
    QToolButton *remove = m_remove =
        makeButton(u"composerLargeRemove"_s, u"close"_s, tr("Remove"), tr("Ctrl+Z brings it back"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(between);
    row->addWidget(m_words, 1);
    row->addWidget(edit);
    row->addWidget(remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(makeRule(this));
    layout->addWidget(m_view, 1);
    connect(edit, &QToolButton::clicked, this, &LargeDraft::editWanted);
    connect(remove, &QToolButton::clicked, this, &LargeDraft::removeWanted);
    connect(m_view, &BigTextView::copyRequested, this, &LargeDraft::copySelected);
    hide();
}

QToolButton *LargeDraft::makeButton(const QString &name, const QString &icon, const QString &text,
                                    const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(m_context.icons.icon(icon));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

/// Not that of the code, which would be inherited from the editor where nothing else is said.
void LargeDraft::useWordsFont()
{
    QFont words = QApplication::font();
    words.setFamilies(words.families());
    if (words.pointSizeF() > 0)
        words.setPointSizeF(words.pointSizeF());
    setFont(words);
}

void LargeDraft::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        useWordsFont();
}

void LargeDraft::setText(const QByteArray &text)
{
    m_text = text;
    m_view->setText(LineIndex::of(text), true);
    arrange();
    setVisible(!text.isEmpty());
}

void LargeDraft::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// Where there is little room the buttons lose their words, then only the size is said.
void LargeDraft::arrange()
{
    const QString size = formatSize(m_text.size());
    const QString words = tr("%1, to read and send").arg(size);
    const auto fits = [this, &words] {
        const int buttons = m_edit->sizeHint().width() + m_remove->sizeHint().width();
        return sides + buttons + m_words->fontMetrics().horizontalAdvance(words) <= width();
    };
    for (const Qt::ToolButtonStyle style : {Qt::ToolButtonTextBesideIcon, Qt::ToolButtonIconOnly}) {
        m_edit->setToolButtonStyle(style);
        m_remove->setToolButtonStyle(style);
        if (fits())
            break;
    }
    m_words->setText(fits() ? words : size);
}

void LargeDraft::showAs(const LineIndexPtr &lines)
{
    m_view->setText(lines, true);
}

/// All of it is the text, not what is on the screen instead.
void LargeDraft::copySelected()
{
    const QByteArray selected = m_view->selectedBytes();
    m_context.desktop.copy(
        QString::fromUtf8(selected == m_view->text()->text() ? m_text : selected));
}

void LargeDraft::goTo(qsizetype byte)
{
    if (m_view->text()->text() != m_text)
        m_view->setText(LineIndex::of(m_text), true); // the places are its own
    m_view->goTo(byte);
}

void LargeDraft::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void LargeDraft::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    Q_EMIT dropped(event->mimeData());
}

void LargeDraft::takeKey(QKeyEvent *event)
{
    // Not sent: what it does not take would come back from its parent, which asks.
    static_cast<QObject *>(m_view)->event(event);
}

} // namespace console

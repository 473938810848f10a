// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectorheader.h"

#include "ui/core/format.h"
#include "ui/core/subjectfacts.h"
#include "ui/widgets/context.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSize = 20;
constexpr double titleScale = 1.08;

} // namespace

InspectorHeader::InspectorHeader(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_icon(new QLabel(this))
    , m_title(new ElidedLabel(this))
    , m_state(new QLabel(this))
    , m_kind(new ElidedLabel(this))
    , m_another(makeButton(u"inspAnother"_s, u"another"_s, tr("Open another inspector")))
    , m_pin(makeButton(u"inspPin"_s, u"pin"_s, tr("Pin: keep showing this")))
{
    setObjectName(u"inspHeader"_s);
    m_icon->setObjectName(u"inspIcon"_s);
    m_icon->setContentsMargins(0, 0, 8, 0); // goes with the icon: no icon, no gap
    m_title->setObjectName(u"inspTitle"_s);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont font = this->font();
    font.setWeight(QFont::DemiBold);
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * titleScale);
    m_title->setFont(font);
    m_state->setObjectName(u"inspHeaderState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setMinimumWidth(1);             // it is cut before the dock becomes wider
    m_state->setContentsMargins(0, 0, 8, 0); // goes with the word
    m_kind->setObjectName(u"inspKind"_s);
    m_kind->setForegroundRole(QPalette::PlaceholderText);
    m_kind->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_pin->setCheckable(true);
    m_pin->setAccessibleName(tr("Pin"));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    auto *below = new QHBoxLayout;
    below->setSpacing(0);
    below->addWidget(m_state);
    below->addWidget(m_kind, 1);
    words->addLayout(below);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 2, 2, 3);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addLayout(words, 1);
    row->addWidget(m_another, 0, Qt::AlignVCenter);
    row->addWidget(m_pin, 0, Qt::AlignVCenter);
    row->setSpacing(2);
    connect(m_another, &QToolButton::clicked, this, &InspectorHeader::anotherRequested);
    connect(m_pin, &QToolButton::toggled, this, [this](bool isOn) {
        m_pin->setIcon(m_context.icons.icon(u"pin"_s, isOn ? Token::Accent : Token::TextDim));
        Q_EMIT pinChanged(isOn);
    });
}

QToolButton *InspectorHeader::makeButton(const QString &name, const QString &icon,
                                         const QString &words)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(m_context.icons.icon(icon, Token::TextDim));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(words);
    button->setAccessibleName(words);
    return button;
}

void InspectorHeader::setFacts(const SubjectFacts &facts)
{
    const QString title = visibleText(facts.title);
    m_title->setText(title);
    m_title->setToolTip(title);
    m_kind->setText(visibleText(facts.kind));
    m_word = facts.word;
    m_tried = facts.tried;
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_context.theme.color(facts.token));
    m_state->setPalette(colors);
    m_icon->setVisible(!facts.icon.isEmpty());
    if (!facts.icon.isEmpty()) {
        m_icon->setPixmap(
            m_context.icons.pixmap(facts.icon, facts.token, iconSize, devicePixelRatioF()));
        const QString words = facts.word.isEmpty() ? facts.kind : facts.word;
        m_icon->setToolTip(words);
        m_icon->setAccessibleName(words);
    }
    m_pin->show();
    m_another->show();
    layout()->activate();
    fitState();
}

void InspectorHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitState();
}

/// The word always; how often it was tried, and then the kind, only in whole.
void InspectorHeader::fitState()
{
    const QFontMetrics metrics = m_state->fontMetrics();
    const int gap = m_word.isEmpty() ? 0 : m_state->contentsMargins().right();
    const int room = m_title->width() - gap; // both stand below it
    const QString whole = m_tried.isEmpty() ? m_word : QString(m_word + u" · "_s + m_tried);
    const int kind = metrics.horizontalAdvance(m_kind->text());
    const bool isWhole = metrics.horizontalAdvance(whole) + kind <= room;
    m_state->setText(isWhole ? whole : metrics.elidedText(m_word, Qt::ElideRight, room));
    m_state->setToolTip(whole + u'\n' + m_kind->text());
    m_state->setVisible(!m_word.isEmpty());
    m_kind->setVisible(m_word.isEmpty()
                       || metrics.horizontalAdvance(m_state->text()) + kind <= room);
}

void InspectorHeader::clear()
{
    m_title->clear();
    m_kind->clear();
    m_word.clear();
    m_tried.clear();
    m_state->hide();
    m_icon->hide();
    m_another->hide();
    m_pin->setVisible(isPinned());
}

QString InspectorHeader::title() const
{
    return m_title->text();
}

bool InspectorHeader::isPinned() const
{
    return m_pin->isChecked();
}

void InspectorHeader::setPinned(bool isPinned)
{
    m_pin->setChecked(isPinned);
}

void InspectorHeader::setFull(const QString &why)
{
    m_another->setEnabled(why.isEmpty());
    m_another->setToolTip(why.isEmpty() ? m_another->accessibleName() : why);
}

} // namespace console

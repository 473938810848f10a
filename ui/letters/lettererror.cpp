// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/lettererror.h"

#include "ui/core/theme.h"
#include "ui/widgets/actionbuttons.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/frameslist.h"
#include "ui/widgets/helpnote.h"
#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int titleGap = 4; ///< what it is the title of is close

QString headline(const ErrorInfo &error)
{
    return error.name.isEmpty() || error.message.isEmpty()
               ? QString(error.name + error.message)
               : QString(error.name + u": "_s + error.message);
}

QLabel *selectable(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setAccessibleName(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

LetterError::LetterError(Context &context, QWidget *parent)
    : QScrollArea(parent)
    , m_context(context)
    , m_error(selectable({}, this))
    , m_rule(new QPushButton(context.icons.icon(u"help"_s), tr("Show rule"), this))
    , m_copy(new QPushButton(context.icons.icon(u"copy"_s), tr("Copy"), this))
{
    setObjectName(u"deadErrorPane"_s);
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    m_error->setObjectName(u"deadError"_s);
    m_error->setAccessibleName(tr("Error"));
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_error->setFont(strong);
    m_rule->setObjectName(u"deadShowRule"_s);
    m_rule->setAccessibleName(tr("Show the rule that makes the groups"));
    m_rule->setToolTip(tr("Why these letters are one group"));
    m_rule->setAutoDefault(false);
    connect(m_rule, &QPushButton::clicked, this, &LetterError::showRule);
    m_copy->setObjectName(u"deadErrorCopy"_s);
    m_copy->setAccessibleName(tr("Copy the error"));
    m_copy->setToolTip(tr("Copy message and stack"));
    m_copy->setAutoDefault(false);
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(12, 10, 12, 8);
    m_layout->setSpacing(8);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_error, 1);
    top->addWidget(m_rule, 0, Qt::AlignTop);
    top->addWidget(makeActionButton(context, "dead.findError"_ba, u"deadFindError"_s, content), 0,
                   Qt::AlignTop);
    top->addWidget(m_copy, 0, Qt::AlignTop);
    m_layout->addLayout(top);
    m_layout->addStretch(1);
    setWidget(content);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        m_context.desktop.copy(m_chain.empty() ? m_error->text() : errorText(m_chain));
    });
    connect(&context.theme, &Theme::changed, this, &LetterError::paintWords);
    paintWords();
}

void LetterError::paintWords()
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_context.theme.color(Token::StateFailed));
    colors.setColor(QPalette::Text, m_context.theme.color(Token::StateFailed)); // on the base
    m_error->setPalette(colors);
}

void LetterError::setSignature(const QByteArray &signature)
{
    m_signature = signature;
    m_rule->setEnabled(!signature.isEmpty());
}

/// As the engine does it (semantics §9.4).
void LetterError::showRule()
{
    showHelpNote(
        this, u"deadRule"_s, tr("Which letters are one group"),
        {tr("Letters of one function form a group if their errors have the same signature. It is "
            "made of:"),
         tr("1.  the name of the error,"),
         tr("2.  its message, without words that contain a digit (numbers, IDs, dates) and "
            "without text in double quotes,"),
         tr("3.  the first line of the stack, without line numbers."),
         tr("The group shows the newest message. The signature of this one is %1; the filter "
            "finds it as sig:%1.")
             .arg(QString::fromUtf8(m_signature))});
}

void LetterError::showSummary(const QString &summary)
{
    m_chain.clear();
    m_error->setText(summary);
    m_copy->setEnabled(!summary.isEmpty());
    build();
}

void LetterError::showChain(std::vector<ErrorInfo> chain)
{
    if (!m_hasProblem && (chain.empty() || chain == m_chain))
        return;
    m_chain = std::move(chain);
    if (!m_chain.empty())
        m_error->setText(headline(m_chain.front()));
    build();
}

void LetterError::showProblem(const QString &text)
{
    m_chain.clear();
    build();
    auto *layout = new QVBoxLayout(m_stack);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(selectable(text, m_stack));
    auto *again = new QPushButton(tr("Try again"), m_stack);
    again->setObjectName(u"deadTryAgain"_s);
    again->setAccessibleName(again->text());
    again->setAutoDefault(false);
    connect(again, &QPushButton::clicked, this, &LetterError::tryAgainWanted);
    layout->addWidget(again, 0, Qt::AlignLeft);
    m_stack->show();
    m_hasProblem = true;
}

void LetterError::build()
{
    m_hasProblem = false;
    delete std::exchange(m_stack, new QWidget(widget()));
    m_stack->setObjectName(u"deadStack"_s);
    m_layout->insertWidget(1, m_stack);
    if (m_chain.empty())
        return;
    auto *layout = new QVBoxLayout(m_stack);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (const ErrorInfo &error : m_chain) {
        if (&error != &m_chain.front()) {
            auto *cause = selectable(tr("Caused by %1").arg(headline(error)), m_stack);
            cause->setFont(m_error->font());
            layout->addWidget(cause);
        }
        addStack(error, *layout);
    }
    m_stack->show();
}

void LetterError::addStack(const ErrorInfo &error, QVBoxLayout &layout)
{
    if (!error.frames.empty() || !error.stack.isEmpty()) {
        auto *title = new QLabel(tr("Stack"), m_stack);
        title->setFont(m_error->font());
        layout.addWidget(title);
        layout.addSpacing(titleGap - layout.spacing());
    }
    if (!error.frames.empty()) {
        auto *frames = new FramesList(m_context, m_stack);
        frames->setFrames(error.frames);
        layout.addWidget(frames);
    } else if (!error.stack.isEmpty()) {
        QLabel *stack = selectable(error.stack, m_stack);
        useCodeFont(stack);
        layout.addWidget(stack);
    }
}

} // namespace console

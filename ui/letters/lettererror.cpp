// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/lettererror.h"

#include "ui/core/filtertext.h"
#include "ui/core/theme.h"
#include "ui/widgets/actionbuttons.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/frameslist.h"
#include "ui/widgets/helpnote.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/wrappedtext.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int titleGap = 4; ///< what it is the title of is close
constexpr int buttonGap = 8;

QString headline(const ErrorInfo &error)
{
    return error.name.isEmpty() || error.message.isEmpty()
               ? QString(error.name + error.message)
               : QString(error.name + u": "_s + error.message);
}

} // namespace

LetterError::LetterError(Context &context, QWidget *parent)
    : QScrollArea(parent)
    , m_context(context)
    , m_error(new WrappedText(tr("Error"), {}, this))
    , m_runs(addButton(u"deadErrorRuns"_s, u"filter"_s, tr("Find in runs"),
                       tr("Runs that died with this error")))
    , m_copy(addButton(u"deadErrorCopy"_s, u"copy"_s, tr("Copy"), tr("Copy message and stack")))
    , m_markdown(addButton(u"deadErrorMarkdown"_s, u"copy"_s, tr("Copy as Markdown"),
                           tr("Copy message and stack for an issue")))
    , m_rule(addButton(u"deadShowRule"_s, u"help"_s, tr("Show rule"),
                       tr("Why these letters are one group")))
{
    setObjectName(u"deadErrorPane"_s);
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_error->setObjectName(u"deadError"_s);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_error->setFont(strong);
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(12, 10, 12, 8);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_error);
    m_layout->addLayout(makeButtons());
    m_layout->addStretch(1);
    setWidget(content);
    connect(&context.theme, &Theme::changed, this, &LetterError::paintWords);
    paintWords();
}

QPushButton *LetterError::addButton(const QString &name, const QString &icon, const QString &text,
                                    const QString &tip)
{
    auto *button = new QPushButton(m_context.icons.icon(icon), text, this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

/// As in the inspector, which shows the same error elsewhere.
QLayout *LetterError::makeButtons()
{
    m_copy->setAccessibleName(tr("Copy the error"));
    m_rule->setAccessibleName(tr("Show the rule that makes the groups"));
    connect(m_runs, &QPushButton::clicked, this,
            [this] { m_context.navigator.filterRuns(filterTermText("sig"_ba, {m_signature})); });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        m_context.desktop.copy(m_chain.empty() ? m_error->words() : errorText(m_chain));
    });
    connect(m_markdown, &QPushButton::clicked, this,
            [this] { m_context.desktop.copy(errorMarkdown(m_chain, m_function)); });
    connect(m_rule, &QPushButton::clicked, this, &LetterError::showRule);
    auto *row = new FlowLayout(buttonGap);
    row->addWidget(m_runs);
    row->addWidget(makeActionButton(m_context, "dead.findError"_ba, u"deadFindError"_s, this));
    for (QPushButton *button : {m_copy, m_markdown, m_rule})
        row->addWidget(button);
    row->breakBefore(m_copy);
    return row;
}

void LetterError::paintWords()
{
    m_error->setColor(m_context.theme.color(Token::StateFailed));
}

void LetterError::setLetter(const QByteArray &signature, const QString &function)
{
    m_signature = signature;
    m_function = function;
    for (QPushButton *button : {m_runs, m_rule})
        button->setEnabled(!signature.isEmpty());
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
    m_error->setWords(summary);
    m_copy->setEnabled(!summary.isEmpty());
    build();
}

void LetterError::showChain(std::vector<ErrorInfo> chain)
{
    if (!m_hasProblem && (chain.empty() || chain == m_chain))
        return;
    m_chain = std::move(chain);
    if (!m_chain.empty())
        m_error->setWords(shownMessage(headline(m_chain.front()), tr("Copy")));
    build();
}

void LetterError::showProblem(const QString &text)
{
    m_chain.clear();
    build();
    auto *layout = new QVBoxLayout(m_stack);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *words = new QLabel(text, m_stack);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(words);
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
    m_markdown->setEnabled(!m_chain.empty());
    delete std::exchange(m_stack, new QWidget(widget()));
    m_stack->setObjectName(u"deadStack"_s);
    m_layout->insertWidget(2, m_stack); // below the buttons
    if (m_chain.empty())
        return;
    auto *layout = new QVBoxLayout(m_stack);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (const ErrorInfo &error : m_chain) {
        if (&error != &m_chain.front()) {
            auto *cause = new WrappedText(
                tr("Cause"), shownMessage(tr("Caused by %1").arg(headline(error)), tr("Copy")),
                m_stack);
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
        connect(frames, &FramesList::problem, this, &LetterError::problem);
        layout.addWidget(frames);
    } else if (!error.stack.isEmpty()) {
        auto *stack = new WrappedText(tr("Stack"), shownPart(error.stack, tr("Copy")), m_stack);
        useCodeFont(stack);
        layout.addWidget(stack);
    }
}

} // namespace console

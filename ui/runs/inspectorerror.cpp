// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectorerror.h"

#include "devserver/api/filter.h"
#include "ui/core/filtertext.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/frameslist.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/wrappedtext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 16;
constexpr int side = 12; ///< as what stands in the other tabs
constexpr int causeIndent = 14;
constexpr int searchedChars = 80;
constexpr double titleScale = 1.2;

void setBold(QLabel *label, double scale)
{
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * scale);
    label->setFont(font);
}

QLabel *selectable(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    // One long word must not make the page wider than the dock.
    QSizePolicy policy = label->sizePolicy();
    policy.setHorizontalPolicy(QSizePolicy::Ignored);
    label->setSizePolicy(policy);
    return label;
}

/// Why the error is no trouble any more; empty as long as it is.
QString pastNote(const Inspection &inspection)
{
    if (inspection.isCancelledWhileTried())
        return InspectorError::tr("The run was cancelled while it was tried again.");
    const bool isOfWholeRun = inspection.subject.kind == Selection::Kind::Run;
    if (!isOfWholeRun || !inspection.run || !inspection.run->letter)
        return {};
    switch (inspection.run->run.status) {
    case devserver::RunStatus::Completed:
        return InspectorError::tr("Mended: the run has completed since.");
    case devserver::RunStatus::Cancelled:
        return InspectorError::tr("An earlier error: the run was cancelled since.");
    case devserver::RunStatus::Failed:
        return {};
    default:
        return InspectorError::tr("An earlier error: the run was retried and goes on.");
    }
}

} // namespace

InspectorError::InspectorError(Context &context, QWidget *parent)
    : QScrollArea(parent)
    , m_context(context)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&context.theme, &Theme::changed, this, [this] {
        if (m_isBuilt)
            build();
    });
}

void InspectorError::setInspection(const Inspection &inspection)
{
    std::vector<ErrorInfo> chain = errorChain(inspection.error());
    const bool isSame = m_isBuilt && chain == m_chain
                        && inspection.fingerprint() == m_inspection.fingerprint()
                        && pastNote(inspection) == pastNote(m_inspection);
    m_inspection = inspection;
    if (isSame)
        return;
    m_chain = std::move(chain);
    m_isBuilt = true;
    build();
}

void InspectorError::build()
{
    m_content = new QWidget;
    m_content->setObjectName(u"inspErrorContent"_s);
    m_content->setBackgroundRole(QPalette::Base);
    m_content->setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(side, margin, side, margin);
    layout->setSpacing(12);
    if (m_chain.empty()) {
        auto *none = new QLabel(tr("No error."), m_content);
        none->setForegroundRole(QPalette::PlaceholderText);
        none->setAlignment(Qt::AlignCenter);
        layout->addWidget(none, 1);
    } else {
        if (const QString past = pastNote(m_inspection); !past.isEmpty()) {
            QLabel *note = selectable(past, m_content);
            note->setObjectName(u"inspErrorPast"_s);
            layout->addWidget(note);
        }
        addError(layout, m_chain.front(), false);
        for (std::size_t i = 1; i < m_chain.size(); ++i) {
            auto *cause = new QVBoxLayout;
            cause->setSpacing(8);
            cause->setContentsMargins(causeIndent * static_cast<int>(i), 6, 0, 0);
            addError(cause, m_chain[i], true);
            layout->addLayout(cause);
        }
        layout->addStretch(1);
    }
    setWidget(m_content); // deletes the one before
}

void InspectorError::addName(QVBoxLayout *layout, const ErrorInfo &error, bool isCause)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    QLabel *name = selectable(error.name.isEmpty() ? tr("Error") : error.name, m_content);
    name->setObjectName(isCause ? u"inspCauseName"_s : u"inspErrorName"_s);
    setBold(name, isCause ? 1.0 : titleScale);
    QPalette palette = name->palette();
    palette.setColor(QPalette::Text, m_context.theme.color(Token::StateFailed));
    name->setForegroundRole(QPalette::Text);
    name->setPalette(palette);
    row->addWidget(name, 1);
    layout->addLayout(row);
    QStringList facts;
    if (const QString code = error.tellingCode(); !code.isEmpty())
        facts.append(tr("Code %1").arg(code));
    if (error.isFinal)
        facts.append(tr("not retried"));
    if (facts.isEmpty())
        return;
    QLabel *line = selectable(facts.join(u" · "_s), m_content);
    line->setObjectName(u"inspErrorFacts"_s);
    line->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(line);
}

void InspectorError::addError(QVBoxLayout *layout, const ErrorInfo &error, bool isCause)
{
    if (isCause) {
        auto *caused = new QLabel(tr("Caused by"), m_content);
        caused->setForegroundRole(QPalette::PlaceholderText);
        layout->addWidget(caused);
    }
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    addName(words, error, isCause);
    auto *message =
        new WrappedText(tr("Message"), shownMessage(error.message, tr("Copy")), m_content);
    message->setObjectName(isCause ? u"inspCauseMessage"_s : u"inspErrorMessage"_s);
    message->setVisible(!error.message.isEmpty());
    words->addWidget(message);
    layout->addLayout(words);
    if (!isCause)
        addButtons(layout);
    addStack(layout, error);
}

void InspectorError::addStack(QVBoxLayout *layout, const ErrorInfo &error)
{
    if (!error.frames.empty() || !error.stack.isEmpty()) {
        auto *title = new QLabel(tr("Stack"), m_content);
        setBold(title, 1.0);
        layout->addSpacing(4);
        layout->addWidget(title);
    }
    if (!error.frames.empty()) {
        auto *frames = new FramesList(m_context, m_content);
        frames->setFrames(error.frames);
        connect(frames, &FramesList::problem, this, &InspectorError::problem);
        connect(frames, &FramesList::located, this, [this] {
            for (FramesList *other : m_content->findChildren<FramesList *>())
                other->checkFiles();
        });
        layout->addWidget(frames);
    } else if (!error.stack.isEmpty()) {
        auto *stack = new WrappedText(tr("Stack"), shownPart(error.stack, tr("Copy")), m_content);
        useCodeFont(stack);
        layout->addWidget(stack);
    }
    if (!error.data.isEmpty()) {
        auto *title = new QLabel(tr("Data"), m_content);
        setBold(title, 1.0);
        layout->addWidget(title);
        auto *value = new WrappedText(
            tr("Data"), shownPart(QString::fromUtf8(error.data), tr("the tab Raw")), m_content);
        useCodeFont(value);
        layout->addWidget(value);
    }
}

QPushButton *InspectorError::addButton(const QString &name, const QString &text,
                                       const QString &icon)
{
    auto *button = new QPushButton(text, m_content);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    if (!icon.isEmpty())
        button->setIcon(m_context.icons.icon(icon));
    return button;
}

void InspectorError::addButtons(QVBoxLayout *layout)
{
    auto *row = new FlowLayout(8);
    QPushButton *find = addButton(u"inspErrorFind"_s, tr("Find in runs"), u"filter"_s);
    QPushButton *search =
        addButton(u"inspErrorLetters"_s, tr("Find in dead letters"), u"nav-dead"_s);
    find->setToolTip(tr("Runs with this error: %1").arg(filterOfThisError()));
    search->setToolTip(tr("Search the message in dead letters"));
    QPushButton *copy = addButton(u"inspErrorCopy"_s, tr("Copy"), u"copy"_s);
    QPushButton *markdown = addButton(u"inspErrorMarkdown"_s, tr("Copy as Markdown"), u"copy"_s);
    for (QPushButton *button : {find, search, copy, markdown})
        row->addWidget(button);
    row->breakBefore(copy);
    layout->addLayout(row);
    connect(copy, &QPushButton::clicked, this,
            [this] { m_context.desktop.copy(errorText(m_chain)); });
    connect(markdown, &QPushButton::clicked, this,
            [this] { m_context.desktop.copy(errorMarkdown(m_chain, m_inspection.title())); });
    connect(find, &QPushButton::clicked, this, &InspectorError::findThisError);
    connect(search, &QPushButton::clicked, this, &InspectorError::searchLetters);
}

/// The signature if the error that is shown is the one of the dead letter; else what it says.
QString InspectorError::filterOfThisError() const
{
    const ErrorInfo &shown = m_chain.front();
    const QByteArray fingerprint = m_inspection.fingerprint();
    if (!fingerprint.isEmpty()) {
        const std::vector<ErrorInfo> known = errorChain(m_inspection.run->letter->error);
        const bool isSame = !known.empty() && known.front().name == shown.name
                            && known.front().message == shown.message;
        if (isSame)
            return filterTermText("sig"_ba, {fingerprint});
    }
    const QString words = searchedWords();
    return filterTermText("error"_ba, {(words.isEmpty() ? shown.name : words).toUtf8()});
}

QString InspectorError::searchedWords() const
{
    return m_chain.front().message.section(u'\n', 0, 0).left(searchedChars).trimmed();
}

void InspectorError::findThisError()
{
    m_context.navigator.filterRuns(filterOfThisError());
}

void InspectorError::searchLetters()
{
    const QString words = searchedWords();
    const QString value = words.isEmpty() ? m_chain.front().name : words;
    m_context.navigator.go(
        {.view = "dead"_ba, .filter = filterTermText("error"_ba, {value.toUtf8()}), .subject = {}});
}

} // namespace console

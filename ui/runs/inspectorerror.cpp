// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectorerror.h"

#include "devserver/api/filter.h"
#include "ui/core/filtertext.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/frameslist.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 16;
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
    return label;
}

} // namespace

InspectorError::InspectorError(Context &context, QWidget *parent)
    : QScrollArea(parent)
    , m_context(context)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&context.theme, &Theme::changed, this, [this] {
        if (m_isBuilt)
            build();
    });
}

void InspectorError::setInspection(const Inspection &inspection)
{
    std::vector<ErrorInfo> chain = errorChain(inspection.error());
    const bool isSame =
        m_isBuilt && chain == m_chain && inspection.fingerprint() == m_inspection.fingerprint();
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
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(12);
    if (m_chain.empty()) {
        auto *none = new QLabel(tr("No error."), m_content);
        none->setForegroundRole(QPalette::PlaceholderText);
        none->setAlignment(Qt::AlignCenter);
        layout->addWidget(none, 1);
    } else {
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

void InspectorError::addError(QVBoxLayout *layout, const ErrorInfo &error, bool isCause)
{
    if (isCause) {
        auto *caused = new QLabel(tr("Caused by"), m_content);
        caused->setForegroundRole(QPalette::PlaceholderText);
        layout->addWidget(caused);
    }
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *name = new QLabel(error.name.isEmpty() ? tr("Error") : error.name, m_content);
    name->setTextFormat(Qt::PlainText);
    name->setObjectName(isCause ? u"inspCauseName"_s : u"inspErrorName"_s);
    setBold(name, isCause ? 1.0 : titleScale);
    QPalette palette = name->palette();
    palette.setColor(QPalette::Text, m_context.theme.color(Token::StateFailed));
    name->setForegroundRole(QPalette::Text);
    name->setPalette(palette);
    row->addWidget(name);
    if (!error.code.isEmpty() && error.code != error.name) {
        auto *code = new QLabel(error.code, m_content);
        useCodeFont(code);
        code->setForegroundRole(QPalette::PlaceholderText);
        row->addWidget(code);
    }
    if (error.isFinal) {
        auto *final = new QLabel(tr("not retried"), m_content);
        final->setForegroundRole(QPalette::PlaceholderText);
        row->addWidget(final);
    }
    row->addStretch(1);
    layout->addLayout(row);
    auto *message = selectable(error.message, m_content);
    message->setObjectName(isCause ? u"inspCauseMessage"_s : u"inspErrorMessage"_s);
    message->setAccessibleName(tr("Message"));
    layout->addWidget(message);
    if (!isCause)
        addButtons(layout);
    addStack(layout, error);
}

void InspectorError::addStack(QVBoxLayout *layout, const ErrorInfo &error)
{
    if (!error.frames.empty()) {
        auto *title = new QLabel(tr("Stack"), m_content);
        setBold(title, 1.0);
        layout->addWidget(title);
        auto *frames = new FramesList(m_context, m_content);
        frames->setFrames(error.frames);
        connect(frames, &FramesList::problem, this, &InspectorError::problem);
        layout->addWidget(frames);
    } else if (!error.stack.isEmpty()) {
        QLabel *stack = selectable(error.stack, m_content);
        useCodeFont(stack);
        layout->addWidget(stack);
    }
    if (!error.data.isEmpty()) {
        auto *title = new QLabel(tr("Data"), m_content);
        setBold(title, 1.0);
        layout->addWidget(title);
        QLabel *value = selectable(QString::fromUtf8(error.data.left(8192)), m_content);
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
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    QPushButton *copy = addButton(u"inspErrorCopy"_s, tr("Copy"), u"copy"_s);
    QPushButton *markdown = addButton(u"inspErrorMarkdown"_s, tr("Copy as Markdown"), {});
    QPushButton *find = addButton(u"inspErrorFind"_s, tr("Find this error"), u"filter"_s);
    QPushButton *search = addButton(u"inspErrorLetters"_s, tr("In dead letters"), {});
    search->setToolTip(tr("Search the message in dead letters"));
    const bool canFind = !m_inspection.fingerprint().isEmpty();
    find->setEnabled(canFind);
    if (!canFind)
        find->setToolTip(tr("Errors have a signature once the run has failed for good."));
    for (QPushButton *button : {copy, markdown, find, search})
        row->addWidget(button);
    row->addStretch(1);
    layout->addLayout(row);
    connect(copy, &QPushButton::clicked, this,
            [this] { m_context.desktop.copy(errorText(m_chain)); });
    connect(markdown, &QPushButton::clicked, this,
            [this] { m_context.desktop.copy(errorMarkdown(m_chain, m_inspection.title())); });
    connect(find, &QPushButton::clicked, this, &InspectorError::findThisError);
    connect(search, &QPushButton::clicked, this, &InspectorError::searchLetters);
}

void InspectorError::findThisError()
{
    m_context.navigator.filterRuns(filterTermText("sig"_ba, {m_inspection.fingerprint()}));
}

void InspectorError::searchLetters()
{
    QString words = m_chain.front().message.section(u'\n', 0, 0).left(searchedChars);
    words.replace(u'"', u' ');
    m_context.navigator.go({.view = "dead"_ba, .filter = u'"' + words + u'"', .subject = {}});
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/editdialog.h"

#include "devserver/api/consolebackend.h"
#include "devserver/model/jsonvalue.h"
#include "ui/core/format.h"
#include "ui/core/jsonformat.h"
#include "ui/core/letterwords.h"
#include "ui/core/textdiff.h"
#include "ui/core/theme.h"
#include "ui/letters/elidedlabel.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/exacttext.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/jsonhighlighter.h"
#include "ui/widgets/primarybutton.h"
#include "ui/widgets/settings.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTextBlock>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

using devserver::api::LetterSummary;

namespace {

constexpr int checkIconSize = 16;
constexpr int buttonGap = 8;
constexpr int textMargin = 8; // as other payloads

QString letterName(const LetterSummary &letter)
{
    return QString::fromUtf8(letter.functionName.isEmpty() ? letter.slug : letter.functionName);
}

void markLines(QPlainTextEdit *edit, const QList<int> &lines, const QColor &color)
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const int line : lines) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(edit->document()->findBlockByNumber(line));
        mark.format.setBackground(color);
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    edit->setExtraSelections(marks);
}

} // namespace

EditDialog::EditDialog(Context &context, const LetterSummary &letter, const QByteArray &sent,
                       QWidget *parent)
    : AskingDialog(parent)
    , m_context(context)
    , m_old(new ExactTextEdit(this))
    , m_new(new ExactTextEdit(this))
    , m_why(new QLineEdit(this))
    , m_statusIcon(new QLabel(this))
    , m_status(new QLabel(this))
    , m_note(new QLabel(this))
    , m_keeps(new QCheckBox(tr("Keep finished steps"), this))
    , m_go(nullptr)
{
    setObjectName(u"deadEditDialog"_s);
    setWindowTitle(tr("Edit and retry %1").arg(letterName(letter)));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(980, 560);
    m_old->setObjectName(u"deadEditOld"_s);
    m_new->setObjectName(u"deadEditNew"_s);
    m_note->setObjectName(u"deadEditNote"_s);
    m_keeps->setObjectName(u"deadEditKeep"_s);
    const QString keeps = keepsSentence(letter);
    m_keeps->setToolTip(keeps);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = new PrimaryButton(context.theme, tr("Retry as a new run"), this);
    buttons->addButton(m_go, QDialogButtonBox::AcceptRole);
    buttons->setObjectName(u"deadEditButtons"_s);
    buttons->layout()->setSpacing(buttonGap);
    m_go->setObjectName(u"deadEditGo"_s);
    m_go->setDefault(true);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_keeps);
    foot->addWidget(makeKept(keeps), 1);
    foot->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(10);
    layout->addLayout(makeTitle(letter));
    layout->addLayout(makeSides(sent), 1);
    layout->addLayout(makeWhy());
    layout->addWidget(m_note);
    layout->addLayout(foot);
    // In the text Enter is a new line.
    for (const Qt::Key enter : {Qt::Key_Return, Qt::Key_Enter})
        connect(new QShortcut(Qt::ControlModifier | enter, this), &QShortcut::activated, m_go,
                &QPushButton::click);
    m_go->setToolTip(tr("Ctrl+Enter"));
    connect(m_new, &QPlainTextEdit::textChanged, this, &EditDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const auto edited = devserver::RawJson::parse(m_new->exact().toUtf8()))
            Q_EMIT chosen(*edited, m_keeps->isChecked(), m_why->text().trimmed());
    });
    setChanged(
        [this] { return m_old->exact() != m_new->exact() || !m_why->text().trimmed().isEmpty(); });
    check();
    m_new->setFocus();
}

QLayout *EditDialog::makeSides(const QByteArray &sent)
{
    const QString text = heldText(formatJson(sent, {.longestString = 0}).text);
    for (ExactTextEdit *edit : {m_old, m_new}) {
        edit->setFont(codeFont(font()));
        edit->setLineWrapMode(QPlainTextEdit::NoWrap);
        edit->setTabChangesFocus(true);
        edit->document()->setDocumentMargin(textMargin);
        edit->setPlainText(text);
        new JsonHighlighter(m_context.theme, edit->document());
    }
    m_old->setReadOnly(true);
    auto *sides = new QHBoxLayout;
    sides->setSpacing(12);
    sides->addWidget(makeSide(tr("As it was sent"), m_old, nullptr));
    sides->addWidget(makeSide(tr("As it will be sent"), m_new, makeStatus()));
    return sides;
}

/// Which one it is: the list may lie behind the dialog.
QLayout *EditDialog::makeTitle(const LetterSummary &letter)
{
    auto *name = new QLabel(letterName(letter), this);
    name->setObjectName(u"deadEditName"_s);
    name->setTextFormat(Qt::PlainText);
    QFont strong = name->font();
    strong.setPointSizeF(strong.pointSizeF() * 1.15);
    strong.setWeight(QFont::DemiBold);
    name->setFont(strong);
    const TimeStyle style = m_context.settings.timeStyle();
    auto *facts = new ElidedLabel(this);
    facts->setObjectName(u"deadEditFacts"_s);
    facts->setForegroundRole(QPalette::PlaceholderText);
    facts->setText(
        QStringList{tr("died %1").arg(formatTime(letter.failedAt, m_context.backend.now(), style)),
                    letterError(letter), QString::fromLatin1(letter.run.toText())}
            .join(u"  ·  "_s));
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(name);
    row->addWidget(facts, 1);
    return row;
}

/// Above the data that are edited.
QWidget *EditDialog::makeStatus()
{
    auto *status = new QWidget(this);
    auto *row = new QHBoxLayout(status);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_statusIcon);
    row->addWidget(m_status);
    m_status->setObjectName(u"deadEditStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    return status;
}

void EditDialog::showStatus(const QString &problem, qint64 size)
{
    const bool isGood = problem.isEmpty();
    m_status->setText(isGood ? tr("Valid JSON · %1").arg(formatSize(size)) : problem);
    const Token token = isGood ? Token::StateCompleted : Token::StateFailed;
    m_statusIcon->setPixmap(
        m_context.icons.pixmap(isGood ? u"state-completed"_s : u"state-failed"_s, token,
                               checkIconSize, devicePixelRatioF()));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText,
                    m_context.theme.color(isGood ? Token::TextDim : Token::StateFailed));
    m_status->setPalette(colors);
}

/// Why it is changed: for those who read the history later.
QLayout *EditDialog::makeWhy()
{
    constexpr int longest = 500;
    auto *title = new QLabel(tr("&Note"), this);
    title->setBuddy(m_why);
    m_why->setObjectName(u"deadEditWhy"_s);
    m_why->setAccessibleName(tr("Note"));
    m_why->setPlaceholderText(tr("Why it is changed; kept in the history of both runs"));
    m_why->setMaxLength(longest);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(m_why, 1);
    return row;
}

/// What the tick means at the moment.
QLabel *EditDialog::makeKept(const QString &keeps)
{
    auto *kept = new QLabel(this);
    kept->setObjectName(u"deadEditKept"_s);
    kept->setForegroundRole(QPalette::PlaceholderText);
    const auto say = [kept, keeps](bool areKept) {
        kept->setText(areKept ? keeps : tr("Every step runs again."));
    };
    connect(m_keeps, &QCheckBox::toggled, kept, say);
    say(m_keeps->isChecked());
    return kept;
}

QWidget *EditDialog::makeSide(const QString &title, ExactTextEdit *edit, QWidget *beside)
{
    auto *side = new QWidget(this);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *label = new QLabel(title, side);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setBuddy(edit);
    edit->setAccessibleName(title);
    auto *top = new QHBoxLayout;
    top->addWidget(label);
    top->addStretch();
    if (beside != nullptr)
        top->addWidget(beside);
    layout->addLayout(top);
    layout->addWidget(edit, 1);
    return side;
}

void EditDialog::check()
{
    const QByteArray text = m_new->exact().toUtf8();
    const auto edited = devserver::RawJson::parse(text);
    QString problem;
    if (!edited)
        problem = edited.error().message;
    else if (!devserver::JsonValue::of(*edited).isObject())
        problem = tr("The data must be an object.");
    m_go->setEnabled(problem.isEmpty());
    showStatus(problem, text.size());
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_context.theme.color(Token::TextDim));
    m_note->setPalette(colors); // it may have told of a refusal
    markChanges();
    m_note->setText(m_old->exact() == m_new->exact()
                        ? tr("Nothing is changed yet.")
                        : tr("A new run gets the changed data; the letter closes "
                             "and keeps the old data."));
}

void EditDialog::markChanges()
{
    QList<int> removed;
    QList<int> added;
    int oldLine = 0;
    int newLine = 0;
    for (const DiffLine &line : diffLines(m_old->exact(), m_new->exact())) {
        if (line.kind == DiffLine::Kind::Removed)
            removed.append(oldLine);
        if (line.kind == DiffLine::Kind::Added)
            added.append(newLine);
        oldLine += line.kind == DiffLine::Kind::Added ? 0 : 1;
        newLine += line.kind == DiffLine::Kind::Removed ? 0 : 1;
    }
    markLines(m_old, removed, m_context.theme.color(Token::DiffRemoved));
    markLines(m_new, added, m_context.theme.color(Token::DiffAdded));
}

void EditDialog::showRefusal(const QString &why)
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_context.theme.color(Token::StateFailed));
    m_note->setPalette(colors);
    m_note->setText(why);
}

} // namespace console

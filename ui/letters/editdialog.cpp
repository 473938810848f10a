// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/editdialog.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/jsonformat.h"
#include "ui/core/textdiff.h"
#include "ui/core/theme.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/jsonhighlighter.h"
#include "ui/widgets/primarybutton.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

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

EditDialog::EditDialog(Context &context, const QByteArray &sent, const QString &keeps,
                       QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_old(new QPlainTextEdit(this))
    , m_new(new QPlainTextEdit(this))
    , m_why(new QLineEdit(this))
    , m_note(new QLabel(this))
    , m_keeps(new QCheckBox(tr("Keep finished steps"), this))
    , m_go(nullptr)
{
    setObjectName(u"deadEditDialog"_s);
    setWindowTitle(tr("Edit and retry"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(980, 560);
    m_old->setObjectName(u"deadEditOld"_s);
    m_new->setObjectName(u"deadEditNew"_s);
    m_note->setObjectName(u"deadEditNote"_s);
    m_keeps->setObjectName(u"deadEditKeep"_s);
    m_keeps->setToolTip(keeps);
    const QString text = QString::fromUtf8(formatJson(sent, {.longestString = 0}).text);
    for (QPlainTextEdit *edit : {m_old, m_new}) {
        edit->setFont(codeFont(font()));
        edit->setLineWrapMode(QPlainTextEdit::NoWrap);
        edit->setTabChangesFocus(true);
        edit->setPlainText(text);
        new JsonHighlighter(context.theme, edit->document());
    }
    m_old->setReadOnly(true);
    auto *sides = new QHBoxLayout;
    sides->setSpacing(12);
    sides->addWidget(makeSide(tr("As it was sent"), m_old));
    sides->addWidget(makeSide(tr("As it will be sent"), m_new));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = new PrimaryButton(context.theme, tr("Start new run"), this);
    buttons->addButton(m_go, QDialogButtonBox::AcceptRole);
    buttons->setObjectName(u"deadEditButtons"_s);
    m_go->setObjectName(u"deadEditGo"_s);
    m_go->setDefault(true);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_keeps);
    foot->addWidget(makeKept(keeps), 1);
    foot->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(10);
    layout->addLayout(sides, 1);
    layout->addLayout(makeWhy());
    layout->addWidget(m_note);
    layout->addLayout(foot);
    connect(m_new, &QPlainTextEdit::textChanged, this, &EditDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const auto edited = devserver::RawJson::parse(m_new->toPlainText().toUtf8()))
            Q_EMIT chosen(*edited, m_keeps->isChecked(), m_why->text().trimmed());
    });
    check();
    m_new->setFocus();
}

/// Why it is changed: for those who read the history later.
QLayout *EditDialog::makeWhy()
{
    constexpr int longest = 500;
    auto *title = new QLabel(tr("&Note"), this);
    title->setForegroundRole(QPalette::PlaceholderText);
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

QWidget *EditDialog::makeSide(const QString &title, QPlainTextEdit *edit)
{
    auto *side = new QWidget(this);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *label = new QLabel(title, side);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setBuddy(edit);
    edit->setAccessibleName(title);
    layout->addWidget(label);
    layout->addWidget(edit, 1);
    return side;
}

void EditDialog::check()
{
    const auto edited = devserver::RawJson::parse(m_new->toPlainText().toUtf8());
    QString problem;
    if (!edited)
        problem = edited.error().message;
    else if (!devserver::JsonValue::of(*edited).isObject())
        problem = tr("The data must be an object.");
    m_go->setEnabled(problem.isEmpty());
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText,
                    m_context.theme.color(problem.isEmpty() ? Token::TextDim : Token::StateFailed));
    m_note->setPalette(colors);
    markChanges();
    const bool isSame = m_old->toPlainText() == m_new->toPlainText();
    m_note->setText(!problem.isEmpty() ? problem
                    : isSame           ? tr("Nothing is changed yet.")
                             : tr("A new run gets the changed data; the letter is resolved "
                                  "and keeps the data it has."));
}

void EditDialog::markChanges()
{
    QList<int> removed;
    QList<int> added;
    int oldLine = 0;
    int newLine = 0;
    for (const DiffLine &line : diffLines(m_old->toPlainText(), m_new->toPlainText())) {
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

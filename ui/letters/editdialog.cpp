// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/editdialog.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/draft.h"
#include "ui/core/format.h"
#include "ui/core/jsonformat.h"
#include "ui/core/letterwords.h"
#include "ui/core/runwords.h"
#include "ui/core/textdiff.h"
#include "ui/core/theme.h"
#include "ui/widgets/bigtextview.h"
#include "ui/widgets/codeedit.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/draftloader.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/exacttext.h"
#include "ui/widgets/facingscroll.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/jsoneditor.h"
#include "ui/widgets/primarybutton.h"
#include "ui/widgets/settings.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

using devserver::api::LetterSummary;

namespace {

constexpr int checkIconSize = 16;
constexpr int buttonGap = 8;
constexpr int factGap = 6;
constexpr int textMargin = 6; // as the editor

/// Lines of both sides that differ, and which stand beside each other.
struct Changes {
    std::vector<NumberedEdit::Difference> removed;
    std::vector<NumberedEdit::Difference> added;
    FacingScroll::Lines beside;
};

Changes changesOf(const QByteArray &before, const QByteArray &after)
{
    Changes changes;
    int oldLine = 0;
    int newLine = 0;
    // As they are shown: what differs is told by its characters.
    for (const DiffLine &line : diffLines(heldText(before), heldText(after))) {
        if (line.kind == DiffLine::Kind::Removed)
            changes.removed.push_back({oldLine, line.markStart, line.markLength});
        if (line.kind == DiffLine::Kind::Added)
            changes.added.push_back({newLine, line.markStart, line.markLength});
        if (line.kind != DiffLine::Kind::Added)
            changes.beside.after.push_back(newLine);
        if (line.kind != DiffLine::Kind::Removed)
            changes.beside.before.push_back(oldLine);
        oldLine += line.kind == DiffLine::Kind::Added ? 0 : 1;
        newLine += line.kind == DiffLine::Kind::Removed ? 0 : 1;
    }
    return changes;
}

QByteArray formatted(const QByteArray &json)
{
    const FormattedJson lines = formatJson(json, {.longestString = 0});
    return lines.error ? json : lines.text;
}

/// As people write it. What is too large to be edited stays as it came.
QByteArray laidOut(const QByteArray &json)
{
    const QByteArray lines = formatted(json);
    return lines.size() > JsonEditor::mostEdited ? json : lines;
}

} // namespace

EditDialog::EditDialog(Context &context, const LetterSummary &letter, const QByteArray &sent,
                       QWidget *parent)
    : AskingDialog(parent)
    , m_context(context)
    , m_old(new CodeEdit(context.theme, this))
    , m_oldLarge(new BigTextView(context.theme, this))
    , m_new(new JsonEditor(context, this))
    , m_scroll(new FacingScroll(m_old, m_new))
    , m_loader(new DraftLoader(*this))
    , m_why(new QLineEdit(this))
    , m_statusIcon(new QLabel(this))
    , m_status(new ElidedLabel(this))
    , m_load(makeLoad())
    , m_note(new QLabel(this))
    , m_keeps(new QCheckBox(tr("Keep finished steps"), this))
    , m_go(new PrimaryButton(context.theme, tr("Retry as a new run"), this))
{
    setObjectName(u"deadEditDialog"_s);
    setWindowTitle(tr("Edit and retry %1").arg(visibleText(functionOf(letter))));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(980, 560);
    m_old->setObjectName(u"deadEditOld"_s);
    m_oldLarge->setObjectName(u"deadEditOldLarge"_s);
    m_new->setObjectName(u"deadEditNew"_s);
    m_status->setObjectName(u"deadEditStatus"_s);
    m_note->setObjectName(u"deadEditNote"_s);
    m_note->setMinimumHeight(m_note->fontMetrics().height()); // nothing moves when it is empty
    m_keeps->setObjectName(u"deadEditKeep"_s);
    m_go->setObjectName(u"deadEditGo"_s);
    m_go->setDefault(true);
    m_go->setToolTip(tr("Ctrl+Enter"));
    makeLayout(letter);
    setTabOrder(m_oldLarge, m_load); // as they stand: above the new text
    setTabOrder(m_load, m_new);
    connectParts();
    setChanged([this] {
        return (m_isRead && m_new->draftText() != m_before) || !m_why->text().trimmed().isEmpty();
    });
    m_new->setShape(DraftShape::Object);
    read(sent);
    m_new->setFocus();
}

void EditDialog::makeLayout(const LetterSummary &letter)
{
    // Until it is registered the data cannot be changed: that is said where it is asked for.
    const QString keeps = keepsSentence(letter, m_context.backend.now(), true);
    m_keeps->setToolTip(keeps);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_go, QDialogButtonBox::AcceptRole);
    buttons->setObjectName(u"deadEditButtons"_s);
    buttons->layout()->setSpacing(buttonGap);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &EditDialog::go);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_keeps);
    foot->addWidget(makeKept(keeps), 1);
    foot->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(10);
    layout->addLayout(makeTitle(letter));
    layout->addLayout(makeSides(), 1);
    layout->addLayout(makeWhy());
    layout->addWidget(m_note);
    layout->addLayout(foot);
}

void EditDialog::connectParts()
{
    // In the text Enter is a new line; the editor takes these keys itself.
    for (const Qt::Key enter : {Qt::Key_Return, Qt::Key_Enter})
        connect(new QShortcut(Qt::ControlModifier | enter, this), &QShortcut::activated, m_go,
                &QPushButton::click);
    connect(m_new, &JsonEditor::sendRequested, m_go, &QPushButton::click);
    connect(m_new, &JsonEditor::checked, this, &EditDialog::check);
    connect(m_new, &JsonEditor::fileDropped, m_loader, &DraftLoader::read);
    connect(m_new, &JsonEditor::tooLarge, this, [this](qsizetype size) {
        sayNote(tr("The text has %1, the limit is %2: nothing was pasted")
                    .arg(formatSize(size), formatSize(mostEventBytes)),
                false);
    });
    connect(m_loader, &DraftLoader::loaded, this,
            [this](const QByteArray &text) { m_new->setDraftText(text.trimmed()); });
    connect(m_loader, &DraftLoader::failed, this,
            [this](const QString &problem) { sayNote(problem, false); });
    connect(&m_context.theme, &Theme::changed, this, &EditDialog::dress);
}

/// Off the GUI thread if it takes longer than a blink. Large data are laid out for the screen only.
void EditDialog::read(const QByteArray &sent)
{
    m_sent = sent;
    if (sent.size() <= JsonEditor::mostEdited) {
        const QByteArray lines = laidOut(sent);
        showData(lines, LineIndex::of(heldText(lines).toUtf8()));
        return;
    }
    m_new->setDraftText("{\n  \n}"_ba); // what shows when it is removed
    m_new->document()->clearUndoRedoStacks();
    // What is read comes in the place of what would be written meanwhile.
    m_new->setEnabled(false);
    m_load->setEnabled(false);
    m_old->setFocus();
    m_go->setEnabled(false);
    m_status->setText(tr("Reading…"));
    m_reading.start([sent](const CancelFlag &) { return LineIndex::of(formatted(sent)); },
                    [this](const LineIndexPtr &lines) { showData(m_sent, lines); });
}

/// \a lines  the same, as it is read
void EditDialog::showData(const QByteArray &text, const LineIndexPtr &lines)
{
    const bool isLarge = text.size() > JsonEditor::mostEdited;
    const bool isWaitedFor = focusWidget() == m_old; // nobody went elsewhere meanwhile
    m_old->setVisible(!isLarge);
    m_oldLarge->setVisible(isLarge);
    if (isLarge)
        m_oldLarge->setText(lines, true);
    else
        m_old->setText(lines, true);
    m_new->setDraftText(text);
    if (!isLarge)
        m_new->document()->clearUndoRedoStacks(); // there was nothing before
    m_new->forgetLarge();
    m_before = m_new->draftText();
    m_isRead = true;
    m_new->setEnabled(true);
    m_load->setEnabled(true);
    if (isWaitedFor)
        m_new->setFocus();
    check();
}

QLayout *EditDialog::makeSides()
{
    for (QAbstractScrollArea *edit :
         std::initializer_list<QAbstractScrollArea *>{m_old, m_oldLarge, m_new})
        edit->setFrameShape(QFrame::StyledPanel);
    m_old->document()->setDocumentMargin(textMargin);
    m_old->showNumbers(m_context.theme);
    m_old->setSide(NumberedEdit::Side::Before);
    m_new->setSide(NumberedEdit::Side::After);
    m_oldLarge->hide();
    connect(m_oldLarge, &BigTextView::copyRequested, this,
            [this] { m_context.desktop.copy(QString::fromUtf8(m_oldLarge->selectedBytes())); });
    auto *sides = new QHBoxLayout;
    sides->setSpacing(12);
    QWidget *before = makeSide(tr("As it was sent"), makeOld(), {});
    QWidget *after = makeSide(tr("As it will be sent"), m_new, {m_statusIcon, m_status, m_load});
    m_sides = {before, after};
    for (QWidget *side : std::as_const(m_sides))
        sides->addWidget(side, 1);
    keepSides();
    return sides;
}

void EditDialog::keepSides()
{
    const int least = fontMetrics().horizontalAdvance(tr("As it will be sent") + u"00000"_s)
                      + checkIconSize + m_load->sizeHint().width() + 5 * factGap;
    for (QWidget *side : std::as_const(m_sides))
        side->setMinimumWidth(least);
}

void EditDialog::changeEvent(QEvent *event)
{
    AskingDialog::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        keepSides();
}

QWidget *EditDialog::makeOld()
{
    auto *both = new QWidget(this);
    auto *layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_old);
    layout->addWidget(m_oldLarge);
    for (QWidget *edit : std::initializer_list<QWidget *>{m_old, m_oldLarge})
        edit->setAccessibleName(tr("As it was sent"));
    both->setFocusProxy(m_old);
    return both;
}

QToolButton *EditDialog::makeLoad()
{
    auto *load = new QToolButton(this);
    load->setObjectName(u"deadEditLoad"_s);
    load->setIcon(m_context.icons.icon(u"folder"_s));
    load->setText(tr("Load…"));
    load->setAccessibleName(tr("Load…"));
    load->setToolTip(tr("Take the data from a JSON file"));
    load->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    load->setFocusPolicy(Qt::TabFocus);
    connect(load, &QToolButton::clicked, this,
            [this] { m_loader->ask(QFileInfo(m_context.backend.server().dataFile).path()); });
    return load;
}

/// Which one it is: the list may lie behind the dialog.
QLayout *EditDialog::makeTitle(const LetterSummary &letter)
{
    auto *name = new QLabel(visibleText(functionOf(letter)), this);
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
                    letterError(letter)}
            .join(u"  ·  "_s));
    auto *dot = new QLabel(u"·"_s, this); // as those between the facts
    dot->setForegroundRole(QPalette::PlaceholderText);
    auto *run = new QLabel(QString::fromLatin1(letter.run.toText()), this);
    run->setObjectName(u"deadEditRun"_s);
    run->setForegroundRole(QPalette::PlaceholderText);
    run->setTextInteractionFlags(Qt::TextSelectableByMouse);
    useCodeFont(run);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(name);
    row->addSpacing(12);
    row->addWidget(facts);
    row->addSpacing(factGap);
    row->addWidget(dot);
    row->addSpacing(factGap);
    row->addWidget(run);
    row->addStretch(1);
    return row;
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

QWidget *EditDialog::makeSide(const QString &title, QWidget *edit, const QList<QWidget *> &beside)
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
    top->setSpacing(factGap);
    top->addStrut(m_load->sizeHint().height());
    top->addWidget(label);
    top->addStretch();
    for (QWidget *widget : beside) {
        if (widget == m_load)
            top->addSpacing(factGap); // it is no part of what is said before it
        top->addWidget(widget);
    }
    layout->addLayout(top);
    layout->addWidget(edit, 1);
    return side;
}

/// What is wrong with the data; empty: nothing.
QString EditDialog::status() const
{
    if (const std::optional<DraftProblem> &problem = m_new->problem())
        return tr("Line %1, column %2: %3")
            .arg(problem->line)
            .arg(problem->column)
            .arg(problem->message);
    if (const qsizetype size = m_new->draftSize(); size > mostEventBytes)
        return tr("The data have %1, the limit is %2")
            .arg(formatSize(size), formatSize(mostEventBytes));
    return {};
}

void EditDialog::check()
{
    if (!m_isRead || m_new->isChecking())
        return;
    const QString problem = status();
    const bool isGood = problem.isEmpty();
    const QByteArray text = m_new->draftText();
    m_go->setEnabled(isGood);
    say(isGood ? tr("Valid JSON · %1").arg(formatSize(text.size())) : problem, isGood);
    sayNote(!isGood            ? QString()
            : text == m_before ? tr("Nothing is changed yet.")
                               : tr("A new run gets the changed data; the letter closes "
                                    "and keeps the old data."),
            true);
    compare();
    if (std::exchange(m_wantsGo, false))
        go();
}

void EditDialog::go()
{
    if (m_new->isChecking()) {
        m_wantsGo = true; // what was typed last counts
        return;
    }
    if (!m_isRead || !status().isEmpty())
        return;
    const QByteArray text = m_new->draftText();
    // What nobody changed goes as it came, however it is laid out here.
    Q_EMIT chosen(devserver::RawJson::fromTrusted(text == m_before ? m_sent : text),
                  m_keeps->isChecked(), m_why->text().trimmed());
}

/// Off the GUI thread. Of large data nothing is marked: it would take too long to be of use.
void EditDialog::compare()
{
    const QByteArray now = m_new->draftText();
    const auto mark = [this](Changes changes) {
        m_scroll->setLines(std::move(changes.beside));
        m_old->setDifferences(std::move(changes.removed));
        m_new->setDifferences(std::move(changes.added));
    };
    m_comparing.cancel();
    if (now == m_before || std::max(now.size(), m_before.size()) > JsonEditor::mostEdited)
        mark({});
    else
        m_comparing.start(
            [before = m_before, now](const CancelFlag &) { return changesOf(before, now); }, mark);
}

void EditDialog::say(const QString &status, bool isGood)
{
    m_status->setText(status);
    m_isGood = isGood;
    dress();
}

void EditDialog::sayNote(const QString &note, bool isGood)
{
    m_note->setText(note);
    m_isNoteGood = isGood;
    dress();
}

/// In the colours of the theme.
void EditDialog::dress()
{
    m_statusIcon->setPixmap(m_context.icons.pixmap(
        m_isGood ? u"check"_s : u"error"_s, m_isGood ? Token::StateCompleted : Token::StateFailed,
        checkIconSize, devicePixelRatioF()));
    for (const auto &[label, isGood] :
         {std::pair<QLabel *, bool>(m_status, m_isGood), {m_note, m_isNoteGood}}) {
        QPalette colors = palette();
        colors.setColor(QPalette::WindowText,
                        m_context.theme.color(isGood ? Token::TextDim : Token::StateFailed));
        label->setPalette(colors);
    }
}

void EditDialog::showRefusal(const QString &why)
{
    sayNote(why, false);
}

} // namespace console

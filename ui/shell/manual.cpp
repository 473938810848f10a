// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/manual.h"

#include "ui/core/theme.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/viewtable.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/view.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QRegularExpression>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextList>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

/// Outside of any namespace, as the macro wants it: in a static library nobody else does it.
static void loadManual()
{
    Q_INIT_RESOURCE(manual);
}

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize firstSize(920, 680);
constexpr int margin = 24;
constexpr int contentsMargin = 8;
constexpr int contentsHeight = 12; ///< of an entry, beside its text
constexpr int aboveHeading = 12;   ///< that comes to the top
constexpr int belowTop = 20;       ///< of the view: what is read
constexpr int indent = 24;         ///< of a list

QString manualText()
{
    loadManual();
    QFile file(u":/manual/manual.html"_s); // compiled in
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// `{run.retry}` is the keys of that action, which look as any `<kbd>` does: a cap around them. Of
/// an action without keys it is the name, which the palette finds, unless that stands before it.
QString withKeys(QString text, const ActionRegistry &actions)
{
    static const QRegularExpression pattern(u"(</b> )?\\{([a-z]+\\.[A-Za-z]+)\\}"_s);
    QRegularExpressionMatch match;
    qsizetype at = 0;
    while ((at = text.indexOf(pattern, at, &match)) >= 0) {
        const QString name = match.captured(1);
        const QByteArray id = match.captured(2).toLatin1();
        const QAction *action = actions.spec(id) == nullptr ? nullptr : actions.action(id);
        const QString keys =
            action == nullptr ? QString() : action->shortcut().toString(QKeySequence::NativeText);
        QString shown;
        if (!keys.isEmpty())
            shown = name + u"<kbd>%1</kbd>"_s.arg(keys.toHtmlEscaped());
        else if (!name.isEmpty())
            shown = u"</b>"_s;
        else if (action != nullptr)
            shown = u"<i>%1</i>"_s.arg(action->text().toHtmlEscaped());
        text.replace(match.capturedStart(), match.capturedLength(), shown);
        at = match.capturedStart() + shown.size();
    }
    // A cap has the space of the text inside its edges, as it has outside.
    const QString inside = u"<span class=\"edge\">&nbsp;</span>"_s;
    text.replace(u"<kbd>"_s, u"<span class=\"key\">"_s + inside);
    // A sign that follows keeps a distance from the cap, and stays on its line.
    static const QRegularExpression beforeSign(u"</kbd>(?=[:.,;)])"_s);
    text.replace(beforeSign, inside + u"</span>&nbsp;"_s);
    return text.replace(u"</kbd>"_s, inside + u"</span>"_s);
}

/// Qt leaves a space of the block's font between the two.
void moveBulletsFromText(QTextDocument *document)
{
    constexpr int stretch = 200; ///< in percent; the text itself has its own font
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        if (block.textList() == nullptr)
            continue;
        QTextCursor cursor(block);
        QTextCharFormat format = cursor.blockCharFormat();
        format.setFontStretch(stretch);
        cursor.setBlockCharFormat(format);
    }
}

bool isIn(const QDockWidget *dock, const QWidget *focus)
{
    return dock != nullptr && focus != nullptr && dock->isVisible() && dock->isAncestorOf(focus);
}

} // namespace

Manual::Manual(Context &context, QWidget *mainWindow)
    : QWidget(mainWindow, Qt::Window)
    , m_context(context)
    , m_contents(new QListWidget(this))
    , m_text(new QTextBrowser(this))
{
    setObjectName(u"manualWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Manual - Redrive"));
    setAccessibleName(tr("Manual"));
    resize(firstSize);
    m_contents->setObjectName(u"manualContents"_s);
    m_contents->setAccessibleName(tr("Contents"));
    m_contents->setFrameShape(QFrame::NoFrame);
    m_contents->viewport()->setAutoFillBackground(false); // not as what is read
    m_text->setObjectName(u"manualText"_s);
    m_text->setAccessibleName(tr("Text of the manual"));
    m_text->setOpenLinks(false);
    m_text->installEventFilter(this);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(margin);
    m_text->document()->setIndentWidth(indent);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *side = new QVBoxLayout;
    side->setContentsMargins(contentsMargin, contentsMargin, contentsMargin, contentsMargin);
    side->addWidget(m_contents);
    row->addLayout(side);
    row->addWidget(m_text, 1);
    static const QRegularExpression heading(u"<h2><a name=\"([a-z]+)\"></a>([^<]+)</h2>"_s);
    auto found = heading.globalMatch(manualText());
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        m_sections.push_back({.name = match.captured(1).toLatin1(), .title = match.captured(2)});
        m_contents->addItem(match.captured(2));
    }
    fitContents();
    showText();
    connect(m_contents, &QListWidget::currentRowChanged, this, &Manual::jumpTo);
    connect(m_text, &QTextBrowser::anchorClicked, this,
            [this](const QUrl &link) { showSection(link.fragment().toLatin1()); });
    connect(m_text->verticalScrollBar(), &QScrollBar::valueChanged, this, &Manual::follow);
    connect(&context.theme, &Theme::changed, this, &Manual::showText);
    connect(&context.settings, &Settings::changed, this, [this] { // keys, size of the text
        fitContents();
        showText();
    });
    // Asked in here it leads to what had the focus in the main window.
    if (const auto *window = qobject_cast<MainWindow *>(mainWindow))
        context.actions.bind("help.manual"_ba, this,
                             [this, window] { showSection(manualSection(*window)); });
}

/// As wide as the longest title.
void Manual::fitContents()
{
    const int height = m_contents->fontMetrics().height() + contentsHeight;
    int width = 0;
    for (int row = 0; row < m_contents->count(); ++row) {
        QListWidgetItem *item = m_contents->item(row);
        item->setSizeHint({0, height});
        width = std::max(width, m_contents->fontMetrics().horizontalAdvance(item->text()));
    }
    m_contents->setFixedWidth(width + height);
}

void Manual::showText()
{
    const QScopedValueRollback jumping(m_isJumping, true);
    const int at = m_text->verticalScrollBar()->value();
    m_text->document()->setDefaultStyleSheet(
        u"h2 { margin-top: 28px; } p, li { margin-bottom: 6px; } a { color: %1; } "
        "code, .key { font-family: '%2'; } .key, .edge { background-color: %3; } "
        ".edge { font-family: '%4'; }"_s.arg(
            m_context.theme.color(Token::Accent).name(), codeFont(font()).family(),
            m_context.theme.color(Token::Line).name(), font().family()));
    m_text->setHtml(withKeys(manualText(), m_context.actions));
    moveBulletsFromText(m_text->document());
    // Also the last heading comes to the top.
    QTextFrameFormat frame = m_text->document()->rootFrame()->frameFormat();
    frame.setBottomMargin(firstSize.height());
    m_text->document()->rootFrame()->setFrameFormat(frame);
    m_text->verticalScrollBar()->setValue(at);
}

void Manual::showSection(const QByteArray &name)
{
    int row = 0;
    for (int at = 0; at < m_contents->count(); ++at) {
        if (m_sections[static_cast<std::size_t>(at)].name == name)
            row = at;
    }
    m_contents->setCurrentRow(row);
    jumpTo(row); // also if it was the current one
}

void Manual::jumpTo(int row)
{
    if (m_isJumping || row < 0 || row >= m_contents->count())
        return;
    const QScopedValueRollback jumping(m_isJumping, true);
    m_text->scrollToAnchor(QString::fromLatin1(m_sections[static_cast<std::size_t>(row)].name));
    QScrollBar *bar = m_text->verticalScrollBar();
    bar->setValue(bar->value() - aboveHeading);
}

void Manual::follow()
{
    if (m_isJumping)
        return;
    const QScopedValueRollback jumping(m_isJumping, true);
    QTextBlock block = m_text->cursorForPosition(QPoint(margin, belowTop)).block();
    while (block.isValid() && block.blockFormat().headingLevel() != 2)
        block = block.previous();
    for (int row = 0; row < m_contents->count(); ++row) {
        if (m_contents->item(row)->text() == block.text())
            m_contents->setCurrentRow(row);
    }
}

void Manual::keyPressEvent(QKeyEvent *event)
{
    const bool isClose = event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close);
    if (isClose)
        close();
    else
        QWidget::keyPressEvent(event);
}

/// Below the last passage there is room for its heading to come to the top: End stops before it.
bool Manual::eventFilter(QObject *watched, QEvent *event)
{
    const bool isEnd = watched == m_text && event->type() == QEvent::KeyPress
                       && static_cast<QKeyEvent *>(event)->key() == Qt::Key_End;
    if (isEnd)
        showSection(m_sections.back().name);
    return isEnd || QWidget::eventFilter(watched, event);
}

void openManual(Context &context, QWidget *mainWindow, const QByteArray &section)
{
    auto *manual = mainWindow->findChild<Manual *>(u"manualWindow"_s, Qt::FindDirectChildrenOnly);
    if (manual == nullptr)
        manual = new Manual(context, mainWindow);
    manual->setWindowState(manual->windowState() & ~Qt::WindowMinimized);
    manual->show(); // before the jump: a text that has no width yet has no places
    manual->raise();
    manual->activateWindow();
    manual->showSection(section);
}

QByteArray manualSection(const MainWindow &window)
{
    const QWidget *focus = QApplication::focusWidget();
    if (focus == nullptr || focus->window()->objectName() == u"manualWindow"_s)
        focus = window.focusWidget(); // it has it again when that one closes
    for (const PanelEntry &entry : panelTable()) {
        if (isIn(window.dock(entry.name), focus))
            return entry.name;
    }
    const View *view = window.currentView();
    if (const QWidget *line = view == nullptr ? nullptr : view->filterLine();
        line != nullptr && focus != nullptr && (line == focus || line->isAncestorOf(focus)))
        return "filter"_ba;
    for (const QWidget *at = focus; at != nullptr && view != nullptr; at = at->parentWidget()) {
        if (at->objectName() == u"timelineView"_s)
            return "timeline"_ba;
    }
    return view == nullptr ? "start"_ba : view->name();
}

} // namespace console

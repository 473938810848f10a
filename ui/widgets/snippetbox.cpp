// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/snippetbox.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/serveraddress.h"
#include "ui/widgets/card.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"

#include <QFile>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

static void initSnippetResources()
{
    Q_INIT_RESOURCE(snippets);
}

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Snippet {
    const char *title;
    const char *path;
};

constexpr Snippet snippets[] = {{"TypeScript", ":/snippets/typescript/app.mjs"},
                                {"Python", ":/snippets/python/app.py"},
                                {"curl", ":/snippets/curl/send.sh"}};

constexpr auto copiedFor = 2s;
constexpr double codeMargin = 11; // its text begins where that of the tabs does

QString read(const char *path)
{
    QFile file(QString::fromLatin1(path)); // compiled in, a few hundred bytes
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    Q_UNUSED(isOpen)
    return QString::fromUtf8(file.readAll());
}

/// Has room for either of its texts: nothing moves, and neither is cut.
class CopyButton final : public QToolButton
{
public:
    using QToolButton::QToolButton;

    static QString usual() { return SnippetBox::tr("Copy"); }

    static QString done() { return SnippetBox::tr("Copied"); }

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics = fontMetrics();
        const int longer =
            std::max(metrics.horizontalAdvance(usual()), metrics.horizontalAdvance(done()));
        const QSize size = QToolButton::sizeHint();
        return {size.width() + longer - metrics.horizontalAdvance(text()), size.height()};
    }

    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
};

} // namespace

SnippetBox::SnippetBox(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_tabs(new QTabBar(this))
    , m_copy(new CopyButton(this))
    , m_frame(new Card(context.theme, this))
    , m_code(new QPlainTextEdit(m_frame))
{
    initSnippetResources();
    m_tabs->setObjectName(u"snippetTabs"_s);
    m_tabs->setAccessibleName(tr("Language"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    setFocusProxy(m_tabs);
    for (const Snippet &snippet : snippets)
        m_tabs->addTab(QString::fromLatin1(snippet.title));
    m_copy->setObjectName(u"snippetCopy"_s);
    m_copy->setText(CopyButton::usual());
    m_copy->setAccessibleName(tr("Copy the code"));
    m_copy->setIcon(context.icons.icon(u"copy"_s));
    m_copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    m_code->setObjectName(u"snippetCode"_s);
    m_code->setAccessibleName(tr("Code"));
    m_code->setReadOnly(true);
    m_code->setTabChangesFocus(true);
    m_code->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_code->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_code->document()->setDocumentMargin(codeMargin);
    m_code->setFrameShape(QFrame::NoFrame);
    // All lines are seen; else one bar would call for the other while the width is not settled.
    m_code->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_code->viewport()->setAutoFillBackground(false); // the corners of the frame are round
    auto *inside = new QVBoxLayout(m_frame);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(m_code);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *row = new QHBoxLayout;
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(m_copy);
    layout->addLayout(row);
    layout->addWidget(m_frame);
    layout->addStretch(1);
    connect(m_tabs, &QTabBar::currentChanged, this, &SnippetBox::showText);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &SnippetBox::showText);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        m_context.desktop.copy(text());
        m_copy->setText(CopyButton::done());
        QTimer::singleShot(copiedFor, m_copy, [this] { m_copy->setText(CopyButton::usual()); });
    });
    showText();
}

QString SnippetBox::text() const
{
    const QString address = reachable(m_context.backend.server().address);
    QString text = read(snippets[m_tabs->currentIndex()].path);
    return text.replace(u"{{server}}"_s, u"http://"_s + address);
}

int SnippetBox::textWidth() const
{
    const QString address = u"http://"_s + reachable(m_context.backend.server().address);
    const QFontMetrics metrics(m_code->font());
    int widest = 0;
    for (const Snippet &snippet : snippets) {
        const QStringList lines = read(snippet.path).replace(u"{{server}}"_s, address).split(u'\n');
        for (const QString &line : lines)
            widest = std::max(widest, metrics.horizontalAdvance(line));
    }
    return widest
           + 2
                 * (static_cast<int>(m_code->document()->documentMargin()) + m_code->frameWidth()
                    + 2);
}

void SnippetBox::showText()
{
    const QString now = text().trimmed(); // an empty line at the end is none to read
    if (m_code->toPlainText() == now)
        return;
    m_code->setPlainText(now);
    const QFontMetrics metrics(m_code->font());
    const int margin = static_cast<int>(m_code->document()->documentMargin());
    // One pixel more, or the last line would be reached by scrolling only.
    const int lines = static_cast<int>(now.count(u'\n')) + 1;
    m_code->setFixedHeight(metrics.lineSpacing() * lines + 2 * margin + 1);
}

} // namespace console

// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/frameslist.h"

#include "ui/core/errorinfo.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostFunctionChars = 24;

} // namespace

FramesList::FramesList(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
}

void FramesList::clear()
{
    m_check.cancel();
    m_links.clear();
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void FramesList::setFrames(const std::vector<StackFrame> &frames)
{
    if (frames == m_frames)
        return;
    clear();
    m_frames = frames;
    const QString folder = commonFolder(frames);
    m_functionChars = 0;
    for (const StackFrame &frame : frames) {
        if (!frame.isOwn)
            continue;
        const qsizetype chars =
            frame.function.isEmpty() ? tr("(anonymous)").size() : frame.function.size();
        m_functionChars = std::max(m_functionChars, static_cast<int>(chars) + 1);
    }
    m_functionChars = std::min(m_functionChars, mostFunctionChars);
    std::vector<StackFrame> library;
    // Own frames first; the library ones in one fold behind them.
    for (const StackFrame &frame : frames) {
        if (frame.isOwn)
            m_layout->addWidget(addFrame(frame, folder, m_layout));
        else
            library.push_back(frame);
    }
    if (!library.empty())
        addLibrary(library);
    checkFiles();
}

QWidget *FramesList::addFrame(const StackFrame &frame, const QString &folder, QVBoxLayout *layout)
{
    Q_UNUSED(layout)
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto *function = new QLabel(line);
    useCodeFont(function);
    const QString name = frame.function.isEmpty() ? tr("(anonymous)") : frame.function;
    const int width = function->fontMetrics().averageCharWidth()
                      * (frame.isOwn ? m_functionChars : mostFunctionChars);
    function->setText(function->fontMetrics().elidedText(name, Qt::ElideMiddle, width));
    function->setToolTip(name);
    function->setFixedWidth(width);
    function->setForegroundRole(frame.isOwn ? QPalette::WindowText : QPalette::PlaceholderText);
    row->addWidget(function);
    const QString place = frameText(frame, folder);
    if (!frame.isOwn || frame.file.isEmpty()) {
        auto *label = new QLabel(place, line);
        useCodeFont(label);
        label->setForegroundRole(QPalette::PlaceholderText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        label->setToolTip(frame.file);
        row->addWidget(label, 1);
        return line;
    }
    auto *link = new QToolButton(line);
    link->setObjectName(u"frameLink"_s);
    link->setText(place);
    link->setToolTip(tr("Open %1").arg(frameText(frame, {})));
    link->setAccessibleName(tr("Open %1 in the editor").arg(place));
    link->setAutoRaise(true);
    link->setCursor(Qt::PointingHandCursor);
    link->setFocusPolicy(Qt::StrongFocus);
    useCodeFont(link);
    QPalette palette = link->palette();
    palette.setColor(QPalette::ButtonText, m_context.theme.color(Token::Accent));
    link->setPalette(palette);
    connect(&m_context.theme, &Theme::changed, link, [this, link] {
        QPalette changed = link->palette();
        changed.setColor(QPalette::ButtonText, m_context.theme.color(Token::Accent));
        link->setPalette(changed);
    });
    auto *note = new QLabel(line);
    note->setObjectName(u"frameNote"_s);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(link);
    row->addWidget(note, 1);
    connect(link, &QToolButton::clicked, this, [this, frame] { open(frame); });
    m_links.push_back({.button = link, .note = note, .file = frame.file});
    return line;
}

void FramesList::addLibrary(const std::vector<StackFrame> &frames)
{
    auto *fold = new QToolButton(this);
    fold->setObjectName(u"framesLibrary"_s);
    fold->setText(tr("library (%1)").arg(frames.size()));
    fold->setAccessibleName(tr("Library frames, %1").arg(frames.size()));
    fold->setIcon(m_context.icons.icon(u"chevron-right"_s, Token::TextDim));
    fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold->setAutoRaise(true);
    fold->setCheckable(true);
    fold->setFocusPolicy(Qt::StrongFocus);
    auto *box = new QWidget(this);
    box->setObjectName(u"framesLibraryBox"_s);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (const StackFrame &frame : frames)
        layout->addWidget(addFrame(frame, {}, layout));
    box->hide();
    m_layout->addWidget(fold, 0, Qt::AlignLeft);
    m_layout->addWidget(box);
    connect(fold, &QToolButton::toggled, this, [this, fold, box](bool isOpen) {
        box->setVisible(isOpen);
        fold->setIcon(
            m_context.icons.icon(isOpen ? u"chevron-down"_s : u"chevron-right"_s, Token::TextDim));
    });
}

void FramesList::checkFiles()
{
    QStringList files;
    for (const Link &link : m_links)
        files.append(link.file);
    if (files.isEmpty())
        return;
    m_check.start(
        [files](const CancelFlag &isCancelled) {
            std::vector<bool> exist;
            for (const QString &file : files)
                exist.push_back(!isCancelled.load() && QFileInfo::exists(file));
            return exist;
        },
        [this](const std::vector<bool> &exist) {
            for (std::size_t i = 0; i < std::min(exist.size(), m_links.size()); ++i)
                m_links[i].note->setText(exist[i] ? QString() : tr("not on this machine"));
        });
}

void FramesList::open(const StackFrame &frame)
{
    const QString command = m_context.settings.editorCommand();
    const auto line = editorCommandLine(command, frame);
    if (!line) {
        // No editor was chosen: what the desktop opens such files with.
        m_context.desktop.openUrl(QUrl::fromLocalFile(frame.file));
        return;
    }
    if (!m_context.desktop.launch(line->first, line->second))
        Q_EMIT problem(
            tr("%1 cannot be started. Choose an editor in the settings.").arg(line->first));
}

} // namespace console
